"""Text of the templates to black's shape, without black, as far as that is certain.

A module is taken apart into its top-level statements, and those into logical lines. Blank
lines between them follow black's rules; `wrapping` breaks what is too long. A statement
with anything in it that is not known for certain is handed to black, alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .breaking import WIDTH, fits
from .pieces import UnsureError
from .wrapping import wrap

_DEFINITIONS = ("class ", "def ", "async def ", "@")
_QUOTES = '"""'
# Such a line is looked at more closely, although it may be whole and short enough.
_CLOSER_LOOK = re.compile(r"[\\'#()\[\]{}]|e\+|,$")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPED = re.compile(r"\\(?:[xuU][0-9a-f]*[A-F]|N\{)|\\\s*\n")


def arrange(text: str, black: Callable[[str], str]) -> str:
    """Return a module in black's shape; `black` formats what is not certain."""
    out: list[str] = []
    before = ""
    for statement, blanks in _statements(text):
        try:
            lines = _arranged(statement, is_first=before in ("", "#"))
        except UnsureError:
            lines = black("\n".join(statement) + "\n").rstrip("\n").split("\n")
        kind = _kind(statement)
        out += [""] * _blank_lines(before, kind, blanks)
        out += lines
        before = kind
    return "\n".join([*out, ""])


def _statements(text: str) -> Iterator[tuple[list[str], int]]:
    """Yield top-level statements, and how many blank lines stood in front of each."""
    lines = text.split("\n")
    at, blanks, end = 0, 0, len(lines)
    while at < end:
        line = lines[at]
        if not line or line.isspace():
            blanks += 1
            at += 1
            continue
        start = at
        if line.startswith(_QUOTES):
            at = _behind_text(lines, at)
        else:
            while lines[at].startswith("@"):
                at = _behind_block(lines, at + 1)
            at = _behind_block(lines, at + 1)
        stop = at
        while not lines[stop - 1].strip():
            stop -= 1
        yield lines[start:stop], blanks
        blanks = at - stop


def _behind_block(lines: list[str], at: int) -> int:
    """Return where a statement ends of which one line was read."""
    end = len(lines)
    while at < end and (
        not lines[at] or lines[at][0] in " )]}" or lines[at].startswith("else:")
    ):
        at += 1
    return at


def _behind_text(lines: list[str], at: int) -> int:
    """Return the line behind a text in triple quotes; it begins in line `at`."""
    if _QUOTES in lines[at].lstrip()[3:]:
        return at + 1
    while at + 1 < len(lines):
        at += 1
        if _QUOTES in lines[at]:
            return at + 1
    raise UnsureError


def _kind(statement: list[str]) -> str:
    first = statement[0]
    if first.startswith(_DEFINITIONS):
        return "def"
    if first.startswith(("from ", "import ")):
        return "import"
    return first[0] if first[0] in '"#' else "other"


def _blank_lines(before: str, kind: str, blanks: int) -> int:
    if not before:
        return 0
    if kind == "def":
        return 0 if before == "#" and not blanks else 2
    if before == '"':
        return 1
    if before == "def":
        return 2
    if before == "import" and kind != "import":
        return 1
    return min(blanks, 2)


def _arranged(statement: list[str], *, is_first: bool) -> list[str]:
    """Return the lines of one top-level statement."""
    out: list[str] = []
    spacing = _Spacing()
    at, blanks, end = 0, 0, len(statement)
    while at < end:
        line = statement[at]
        stripped = line.lstrip(" ")
        if not stripped:
            blanks += 1
            at += 1
            continue
        depth, odd = divmod(len(line) - len(stripped), 4)
        if odd or line[-1].isspace():
            raise UnsureError
        text, start = stripped, at
        at += 1
        if stripped.startswith(_QUOTES):
            at = _behind_text(statement, start)
            text = "\n".join([stripped, *statement[start + 1 : at]])
            is_doc = spacing.documents(depth) or (is_first and not out)
            made = [_text(text, depth, is_doc)]
        elif not _CLOSER_LOOK.search(stripped):
            made = [line] if fits(line) else wrap(text, depth)
        elif "#" in stripped and _is_commented(stripped):
            if stripped[0] != "#" and not fits(line):
                raise UnsureError
            made = [line]
        else:
            if stripped[-1] in "([{":
                at = _behind_brackets(statement, start)
                text = "\n".join(map(str.strip, statement[start:at]))
            made = wrap(text, depth)
        out += [""] * spacing.in_front(text, depth, blanks)
        out += made
        blanks = 0
    return out


class _Spacing:
    """How many blank lines stand between two lines of one statement."""

    def __init__(self) -> None:
        self._before = ""
        self._depth = 0
        self._is_class_doc = False
        self._definitions: list[int] = []  # depths of the classes and functions around

    def documents(self, depth: int) -> bool:
        """Tell whether a text at this depth is the docstring of what stands before."""
        return depth == self._depth + 1 and self._before.startswith(_DEFINITIONS)

    def in_front(self, text: str, depth: int, blanks: int) -> int:
        """Return the blank lines in front of a line; it is the next one's forerunner."""
        made = self._count(text, depth, min(blanks, 1)) if self._before else 0
        self._is_class_doc = (
            text.startswith(_QUOTES)
            and self.documents(depth)
            and self._before.startswith("class ")
        )
        if text.startswith(_DEFINITIONS[:3]):
            self._definitions.append(depth)
        self._before, self._depth = text, depth
        return made

    def _count(self, text: str, depth: int, blanks: int) -> int:
        is_behind = False
        while self._definitions and self._definitions[-1] >= depth:
            self._definitions.pop()
            is_behind = True
        if self._is_class_doc:
            return 1
        if text.startswith(_QUOTES) and self.documents(depth):
            return 0
        if text.startswith(_DEFINITIONS):
            if self._before.startswith("@"):
                return 0
            if depth > self._depth and self._before.startswith(_DEFINITIONS):
                return blanks
            return 1 if depth else 2
        if is_behind:
            if not depth:
                raise UnsureError
            return 1
        if not depth and not text.startswith("else:"):
            raise UnsureError
        if _is_import(self._before) and not _is_import(text) and depth == self._depth:
            return 1
        return blanks


def _is_import(text: str) -> bool:
    return text.startswith(("from ", "import "))


def _is_commented(text: str) -> bool:
    """Tell whether a line is a comment, or code that is followed by one."""
    if text[0] == "#":
        return True
    if "#" not in _STRING.sub("", text):
        return False
    if "\\" in text or "'" in text or not re.search(r"[^([{,]  # \S", text):
        raise UnsureError
    return True


def _behind_brackets(lines: list[str], at: int) -> int:
    """Return the line behind the bracket that opens at the end of a line."""
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if line.startswith(indent) and line[len(indent) : len(indent) + 1] in ")]}":
            return number + 1
    raise UnsureError


def _text(text: str, depth: int, is_doc: bool) -> str:
    """Return a text in triple quotes; a docstring is indented anew, as black does it."""
    pad = "    " * depth
    body = text[3:-3]
    if not text.endswith(_QUOTES) or len(text) < 7 or _ESCAPED.search(text):
        raise UnsureError
    if not is_doc:
        return pad + text
    if "\t" in body or not body.strip():
        raise UnsureError
    first, *rest = body.split("\n")
    indent = min((len(r) - len(r.lstrip()) for r in rest if r.strip()), default=0)
    lines = [pad + r[indent:].rstrip() if r.strip() else "" for r in rest]
    if not any(lines):
        lines = []
    elif not rest[-1].strip():
        lines[-1] = pad
    elif len(lines[-1]) + 3 > WIDTH:
        raise UnsureError
    body = "\n".join([first.strip(), *lines])
    # No quote may stand next to the three.
    start, end = " " * (body[0] == '"'), " " * (body[-1] == '"')
    return f"{pad}{_QUOTES}{start}{body}{end}{_QUOTES}"
