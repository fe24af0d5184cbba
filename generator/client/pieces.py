"""One logical line of Python to what can be split: bracket pairs and their items.

Only what the templates write is understood. Whatever else raises `UnsureError`, and black
decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKENS = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|[()\[\]{},#]|\s+|[^"\'()\[\]{},\s#]+'
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_DEEPEST = 40
_UPPER_ESCAPE = re.compile(r"\\(?:[xuU][0-9a-f]*[A-F]|N)")
_UNESCAPED_SINGLE = re.compile(r"(([^\\]|^)(\\\\)*)'")
_ESCAPED_SINGLE = re.compile(r"([^\\]|^)\\((?:\\\\)*)'")
_UNESCAPED_DOUBLE = re.compile(r'(([^\\]|^)(\\\\)*)"')
_ESCAPED_DOUBLE = re.compile(r'([^\\]|^)\\((?:\\\\)*)"')


class UnsureError(Exception):
    """This is not among what is known to come out as black would write it."""


@dataclass(slots=True)
class Item:
    """What stands between two commas."""

    parts: list[str | Group]  # names with their operators, strings, " ", bracket pairs
    flat: str  # all of it on one line
    is_magic: bool  # a trailing comma somewhere inside keeps it apart


@dataclass(slots=True)
class Group:
    """A bracket pair."""

    opening: str
    closing: str
    items: list[Item]
    has_comma: bool  # behind the last item
    is_atom: bool  # a tuple, list or dict; no call and no subscript
    flat: str
    is_magic: bool

    @property
    def explodes(self) -> bool:
        """Whether its own trailing comma puts each item on a line."""
        if not self.has_comma:
            return False
        if self.opening == "{":
            return True
        if self.opening == "[":
            return self.is_atom or len(self.items) > 1
        return not self.is_atom or len(self.items) > 1


def parse(text: str) -> list[Item]:
    """Return the items of a logical line; more than one where commas stand outside."""
    stack: list[tuple[list[str | Group], list[Item], str, bool]] = []
    parts: list[str | Group] = []
    items: list[Item] = []
    for token in _TOKENS.findall(text):
        first = token[0]
        if first in "\"'":
            prefix = parts[-1] if parts else ""
            if isinstance(prefix, str) and prefix[-1:].isalnum():
                if prefix not in ("b", "body=b", "content=b"):
                    raise UnsureError
                parts[-1] = prefix + quoted(token)
            else:
                parts.append(quoted(token))
        elif first in "([{":
            if len(stack) > _DEEPEST:
                raise UnsureError
            stack.append((parts, items, first, _is_atom(parts)))
            parts, items = [], []
        elif first in ")]}":
            items_of, has_comma = _closed(items, parts)
            if not stack or _CLOSING[stack[-1][2]] != first:
                raise UnsureError
            parts, items, opening, is_atom = stack.pop()
            parts.append(_group(opening, first, items_of, has_comma, is_atom))
        elif first == ",":
            items.append(_item(parts))
            parts = []
        elif first.isspace():
            if parts and parts[-1] != " ":
                parts.append(" ")
        elif first == "#" or "e+" in token or "\\" in token:
            raise UnsureError
        else:
            parts.append(token)
    if stack:
        raise UnsureError
    return _closed(items, parts)[0]


def _is_atom(parts: list[str | Group]) -> bool:
    """Tell whether a bracket that opens behind these parts calls or indexes nothing."""
    if not parts:
        return True
    last = parts[-1]
    if isinstance(last, Group):
        return False
    return last[-1] in "\"' =*:-|"


def _closed(items: list[Item], parts: list[str | Group]) -> tuple[list[Item], bool]:
    if parts and parts != [" "]:
        items.append(_item(parts))
        return items, False
    return items, bool(items)


def _item(parts: list[str | Group]) -> Item:
    if parts and parts[-1] == " ":
        parts.pop()
    if not parts:
        raise UnsureError
    return Item(
        parts,
        flat(parts),
        any(isinstance(part, Group) and part.is_magic for part in parts),
    )


def flat(parts: list[str | Group]) -> str:
    """Return parts on one line."""
    return "".join([p if isinstance(p, str) else p.flat for p in parts])


def _group(
    opening: str, closing: str, items: list[Item], has_comma: bool, is_atom: bool
) -> Group:
    if opening == "(" and is_atom and len(items) == 1 and not has_comma:
        raise UnsureError  # black may take such brackets away
    inside = ", ".join([item.flat for item in items])
    text = f"{opening}{inside}{',' if has_comma else ''}{closing}"
    made = Group(opening, closing, items, has_comma, is_atom, text, False)
    made.is_magic = made.explodes or any(item.is_magic for item in items)
    return made


def quoted(literal: str) -> str:
    """Return a string in the quotes that black prefers: those that need fewer escapes."""
    body = literal[1:-1]
    if "\\" not in body:
        return literal if literal[0] == '"' or '"' in body else f'"{body}"'
    if _UPPER_ESCAPE.search(body):
        raise UnsureError
    if literal[0] == '"':
        mine, other = '"', "'"
        escaped_other, escaped_mine = _ESCAPED_SINGLE, _ESCAPED_DOUBLE
        unescaped_other = _UNESCAPED_SINGLE
    else:
        mine, other = "'", '"'
        escaped_other, escaped_mine = _ESCAPED_DOUBLE, _ESCAPED_SINGLE
        unescaped_other = _UNESCAPED_DOUBLE
    body = _twice(escaped_other, rf"\1\2{other}", body)
    turned = _twice(escaped_mine, rf"\1\2{mine}", body)
    turned = _twice(unescaped_other, rf"\1\\{other}", turned)
    before, after = body.count("\\"), turned.count("\\")
    if after > before or (after == before and mine == '"'):
        return f"{mine}{body}{mine}"
    return f"{other}{turned}{other}"


def _twice(pattern: re.Pattern[str], new: str, text: str) -> str:
    """Replace twice: what overlaps is found the second time."""
    return pattern.sub(new, pattern.sub(new, text))
