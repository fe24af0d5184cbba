"""Expressions to lines: a bracket pair is opened, or alternatives stand below each other.

Everything here appends the lines of one expression to `out`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .pieces import Group, Item, UnsureError, flat

WIDTH = 88
# Characters of one column each, and of two, in any version of Unicode.
_NARROW = (
    "\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c"
    "\u038e-\u03a1\u03a3-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2190-\u2199\u2500-\u257f"
)
_WIDE = (
    "\u3001-\u3029\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
    "\U0001f300-\U0001f320\U0001f337-\U0001f37c\U0001f3a0-\U0001f3ca"
    "\U0001f400-\U0001f43e\U0001f442-\U0001f4fc\U0001f500-\U0001f53d"
    "\U0001f600-\U0001f64f\U0001f680-\U0001f6c5\U0001f90c-\U0001f93a"
    "\U0001f947-\U0001f9ff\U0001fa80-\U0001fa86\U0001fa90-\U0001faac"
    "\U0001fab0-\U0001fabd\u2705\u274c\u26a1\u2728\u2757"
)
# Compiled when they are needed: that takes longer than reading all of this.
_KNOWN = f"[{_NARROW}{_WIDE}]*"
_WIDER = f"[{_WIDE}]"
_OPERATORS = frozenset(
    ["|", "or", "and", "if", "else", "for", "in", "not", "is", "==", "!=", "<", ">",
     "<=", ">=", "+", "-", "*", "/", "//", "%", "&", "^", "<<", ">>", "@"]
)  # fmt: skip


def fits(line: str) -> bool:
    """Tell whether a line is at most as wide as black allows."""
    if line.isascii():
        return len(line) <= WIDTH
    if not is_known(line):
        if len(line) * 2 <= WIDTH:
            return True
        raise UnsureError
    return len(line) + len(re.findall(_WIDER, line)) <= WIDTH


def is_known(text: str) -> bool:
    """Tell whether the width of every character is certain."""
    return re.fullmatch(_KNOWN, text) is not None


def pad(depth: int) -> str:
    """Return the spaces in front of a line."""
    return "    " * depth


def split_last(
    parts: Sequence[str | Group], depth: int, suffix: str, out: list[str]
) -> None:
    """Open the last bracket pair."""
    group = parts[-1]
    if not isinstance(group, Group) or not group.items:
        raise UnsureError
    before = list(parts[:-1])
    head = pad(depth) + flat(before) + group.opening
    groups = [part for part in before if isinstance(part, Group)]
    if any(g.is_magic for g in groups):
        raise UnsureError
    if any(g.items for g in groups) and not group.explodes and not fits(head):
        raise UnsureError
    out.append(head)
    _body(group, depth + 1, out)
    out.append(pad(depth) + group.closing + suffix)


def _body(group: Group, depth: int, out: list[str]) -> None:
    items = group.items
    if len(items) == 1:
        split_item(items[0], depth, "," if group.has_comma else "", out)
        return
    if not group.has_comma and not group.is_atom:
        line = pad(depth) + ", ".join([item.flat for item in items])
        if fits(line) and not any(item.is_magic for item in items):
            out.append(line)
            return
    for item in items:
        split_item(item, depth, ",", out)


def split_item(item: Item, depth: int, comma: str, out: list[str]) -> None:
    """Write one item on a line, or on several."""
    line = pad(depth) + item.flat + comma
    if not item.is_magic and fits(line):
        out.append(line)
        return
    parts = item.parts
    found = delimiters(parts)
    if found == {'"'}:
        _strings(parts, depth, comma, out)
    elif found == {"or"} and not item.is_magic:
        split_alternatives(parts, "or", depth, comma, out)
    elif found:
        raise UnsureError
    elif isinstance(parts[-1], Group) and parts[-1].items:
        split_last(parts, depth, comma, out)
    elif any(isinstance(part, Group) and part.items for part in parts):
        raise UnsureError
    else:
        out.append(line)  # nothing to break it at


def _strings(parts: list[str | Group], depth: int, comma: str, out: list[str]) -> None:
    """Write texts that stand one behind the other, each on a line."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Group):
            raise UnsureError
        if part == " ":
            continue
        if part[0] in "\"'" and lines and lines[-1][-1] in "\"'":
            lines.append(part)
        elif lines:
            # A keyword or a key in front of the first text.
            lines[-1] += f" {part}" if lines[-1].endswith(":") else part
        else:
            lines.append(part)
    for line in lines:
        if line[0] not in "\"'" and not re.match(r"\w+=[\"']", line):
            raise UnsureError
    out += [pad(depth) + line for line in lines]
    out[-1] += comma


def delimiters(parts: Sequence[str | Group]) -> set[str]:
    """Return the operators outside of brackets; `"` for texts one behind the other."""
    found: set[str] = set()
    before = ""
    for part in parts:
        if isinstance(part, Group):
            before = part.closing
        elif part != " ":
            if part in _OPERATORS:
                found.add(part)
            elif part[0] in "\"'" and before[-1:] in ('"', "'"):
                found.add('"')
            elif part[0] == "." and before in (")", "]", "}"):
                found.add(".")
            elif ":=" in part or part in ("lambda", "yield"):
                found.add(part)
            before = part
    return found


def split_alternatives(
    parts: list[str | Group], operator: str, depth: int, comma: str, out: list[str]
) -> None:
    """Write `A | B` on one line, or a line for each."""
    line = pad(depth) + flat(parts) + comma
    if fits(line):
        out.append(line)
        return
    if any(isinstance(part, Group) and part.is_magic for part in parts):
        raise UnsureError
    current: list[str | Group] = []
    for part in [*parts, operator]:
        if part == operator and current:
            if current[-1] == " ":
                current.pop()
            line = pad(depth) + flat(current)
            if not fits(line) and any(isinstance(p, Group) for p in current):
                split_last(current, depth, "", out)
            else:
                out.append(line)
            current = []
        current.append(part)
    out[-1] += comma
