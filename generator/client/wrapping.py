"""One logical line to the lines that black makes of it: 88 columns, trailing commas.

What fits stays on one line, unless a trailing comma keeps it apart; otherwise the last
bracket pair is opened, and what stands inside is treated the same way. The rules are
black's for the few kinds of statement that the templates write; the tests compare every
one of them with black. In any other case `UnsureError` is raised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .pieces import Group, Item, UnsureError, flat, parse

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
_KNOWN = re.compile(f"[{_NARROW}{_WIDE}]*")
_WIDER = re.compile(f"[{_WIDE}]")
_OPERATORS = frozenset(
    "| or and if else for in not is == != < > <= >= + - * / // % & ^ << >> @".split()
)


def wrap(text: str, depth: int) -> list[str]:
    """Return the lines of one logical line; its own lines may be broken anywhere."""
    items = parse(text)
    if text.startswith("from "):
        return _import(items, depth)
    if len(items) != 1 or items[0].flat.endswith(","):
        raise UnsureError
    item = items[0]
    line = _pad(depth) + item.flat
    if not item.is_magic and fits(line):
        return [line]
    out: list[str] = []
    if text.startswith(("def ", "async def ")):
        _function(item.parts, depth, out)
    elif text.startswith("class "):
        _class(item.parts, depth, out)
    elif text.startswith("assert "):
        _assertion(item.parts, depth, out)
    elif text.startswith("return "):
        _value(item.parts[:2], item.parts[2:], depth, out)
    elif "=" in item.parts:
        at = item.parts.index("=")
        if "=" in item.parts[at + 1 :]:
            raise UnsureError
        _assignment(item.parts[:at], item.parts[at + 2 :], depth, out)
    elif isinstance(item.parts[0], str) and item.parts[0].endswith(":"):
        _annotated(item.parts[:2], item.parts[2:], "", depth, out)
    elif not text.startswith(("if ", "elif ", "with ", "for ", "while ")):
        _split_last(item.parts, depth, "", out)
    else:
        raise UnsureError
    return out


def fits(line: str) -> bool:
    """Tell whether a line is at most as wide as black allows."""
    if line.isascii():
        return len(line) <= WIDTH
    if not _KNOWN.fullmatch(line):
        if len(line) * 2 <= WIDTH:
            return True
        raise UnsureError
    return len(line) + len(_WIDER.findall(line)) <= WIDTH


def _pad(depth: int) -> str:
    return "    " * depth


def _import(items: list[Item], depth: int) -> list[str]:
    head = items[0].flat
    inside = items[0].parts[-1]
    is_apart = isinstance(inside, Group)
    if isinstance(inside, Group):
        names, head = inside.items, flat(items[0].parts[:-1])
        is_magic = inside.has_comma
    else:
        names, is_magic = items, False
        head, _, first = head.rpartition(" ")
        names = [Item([first], first, False), *items[1:]]
        head += " "
    line = _pad(depth) + head + ", ".join(name.flat for name in names)
    if not is_magic and fits(line):
        return [line]
    if is_apart and len(items) > 1 or len(names) == 1 and not is_magic:
        raise UnsureError
    return [
        f"{_pad(depth)}{head}(",
        *(f"{_pad(depth + 1)}{name.flat}," for name in names),
        f"{_pad(depth)})",
    ]


def _function(parts: list[str | Group], depth: int, out: list[str]) -> None:
    at = next((i for i, p in enumerate(parts) if isinstance(p, Group)), 0)
    group, rest = parts[at], parts[at + 1 :]
    if not isinstance(group, Group) or not group.items:
        raise UnsureError
    tail = f"{_pad(depth)}){flat(rest)}"
    if not fits(tail) or any(isinstance(p, Group) and p.is_magic for p in rest):
        raise UnsureError
    out.append(f"{_pad(depth)}{flat(parts[:at])}(")
    if len(group.items) == 1:
        _parameter(group.items[0], depth + 1, out)
    else:
        body = _pad(depth + 1) + ", ".join(item.flat for item in group.items)
        is_magic = any(item.is_magic for item in group.items)
        if not group.has_comma and not is_magic and fits(body):
            out.append(body)
        else:
            for item in group.items:
                _parameter(item, depth + 1, out)
    out.append(tail)


def _parameter(item: Item, depth: int, out: list[str]) -> None:
    line = f"{_pad(depth)}{item.flat},"
    if not item.is_magic and fits(line):
        out.append(line)
        return
    parts = item.parts
    if not isinstance(parts[0], str) or not parts[0].endswith(":"):
        raise UnsureError
    at = parts.index("=") if "=" in parts else len(parts)
    annotation = parts[2:at]
    if annotation and annotation[-1] == " ":
        annotation.pop()
    default = f" = {flat(parts[at + 2 :])}" if at < len(parts) else ""
    _annotated(parts[:2], annotation, f"{default},", depth, out)


def _class(parts: list[str | Group], depth: int, out: list[str]) -> None:
    if parts[-1] != ":":
        raise UnsureError
    _split_last(parts[:-1], depth, ":", out)


def _assertion(parts: list[str | Group], depth: int, out: list[str]) -> None:
    """Wrap what ends with a comparison with nothing: no bracket pair could be opened."""
    last = parts[-1]
    if parts[-4:-1] != [" ", "==", " "] or not isinstance(last, Group) or last.items:
        raise UnsureError
    compared = parts[2:-4]
    if _delimiters(compared) or any(isinstance(p, Group) and p.is_magic for p in parts):
        raise UnsureError
    out.append(f"{_pad(depth)}assert (")
    body = _pad(depth + 1) + flat(parts[2:])
    if fits(body):
        out.append(body)
    else:
        _inside(Item(compared, flat(compared), False), depth + 1, "", out)
        out.append(f"{_pad(depth + 1)}== {last.flat}")
    out.append(f"{_pad(depth)})")


def _assignment(
    target: list[str | Group], value: list[str | Group], depth: int, out: list[str]
) -> None:
    first = target[0]
    prefix: list[str | Group] = [*target, "=", " "]
    if not isinstance(first, str) or not first.endswith(":"):
        if any(isinstance(part, Group) for part in target):
            raise UnsureError
        _value(prefix, value, depth, out)
        return
    last = value[-1]
    if any(isinstance(part, Group) and part.is_magic for part in target):
        raise UnsureError
    if isinstance(last, Group) and last.items and not _delimiters(value):
        head = _pad(depth) + flat([*prefix, *value[:-1]]) + last.opening
        if fits(head):
            _split_last([*prefix, *value], depth, "", out)
        else:
            _long_target(target, prefix, value, depth, out)
        return
    head = f"{_pad(depth)}{flat(prefix)}("
    if len(value) != 1 or not isinstance(last, str):
        raise UnsureError
    if fits(head):
        out += [head, f"{_pad(depth + 1)}{last}", f"{_pad(depth)})"]
        return
    annotation = target[2:-1] if target[-1] == " " else target[2:]
    _annotated(target[:2], annotation, f" = {last}", depth, out, True)


def _long_target(
    target: list[str | Group],
    prefix: list[str | Group],
    value: list[str | Group],
    depth: int,
    out: list[str],
) -> None:
    """Write a call behind a target so long that the call's head finds no room."""
    last = value[-1]
    if not isinstance(last, Group) or len(value) != 2:
        raise UnsureError
    target = target[:-1] if target[-1] == " " else target
    head = f"{_pad(depth)}{flat(prefix)}("
    if last.explodes:
        if fits(head):
            out.append(head)
            _split_last(value, depth + 1, "", out)
            out.append(f"{_pad(depth)})")
            return
    elif last.is_magic or any(isinstance(i.parts[-1], Group) for i in last.items):
        raise UnsureError
    elif fits(head):
        body = _pad(depth + 1) + flat(value)
        if not fits(body):
            raise UnsureError
        out += [head, body, f"{_pad(depth)})"]
        return
    else:
        _annotated(target[:2], target[2:], f" = {flat(value)}", depth, out, True)
        return
    subscript = target[-1]
    if not isinstance(subscript, Group) or len(subscript.items) != 1:
        raise UnsureError
    at = target.index(subscript)
    head = _pad(depth) + flat(target[:at]) + subscript.opening
    body = _pad(depth + 1) + subscript.items[0].flat
    if at != 3 or not fits(head) or not fits(body):
        raise UnsureError
    out += [head, body]
    _split_last(["] = ", *value], depth, "", out)


def _annotated(
    name: list[str | Group],
    annotation: list[str | Group],
    suffix: str,
    depth: int,
    out: list[str],
    has_value: bool = False,
) -> None:
    """Break the annotation itself: alternatives in brackets, a subscript where it opens."""
    found = _delimiters(annotation)
    if any(isinstance(part, Group) and part.is_magic for part in annotation):
        raise UnsureError
    tail = f"{_pad(depth)}){suffix}"
    head = f"{_pad(depth)}{flat(name)}("
    if not found:
        if len(annotation) == 1:
            body = _pad(depth + 1) + flat(annotation)
            if fits(body) and fits(tail):
                out += [head, body, tail]
            elif suffix:
                raise UnsureError
            else:
                out.append(_pad(depth) + flat([*name, *annotation]))
            return
        if has_value or not isinstance(annotation[-1], Group):
            raise UnsureError
        head = _pad(depth) + flat([*name, *annotation[:-1]]) + annotation[-1].opening
        if not fits(head):
            raise UnsureError
        _split_last([*name, *annotation], depth, suffix, out)
        return
    if found != {"|"} or isinstance(annotation[0], Group):
        raise UnsureError
    if not fits(tail) or not fits(head):
        raise UnsureError
    out.append(head)
    _alternatives(annotation, "|", depth + 1, "", out)
    out.append(tail)


def _alternatives(
    parts: list[str | Group], operator: str, depth: int, comma: str, out: list[str]
) -> None:
    """Write `A | B` on one line, or a line for each."""
    line = _pad(depth) + flat(parts) + comma
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
            line = _pad(depth) + flat(current)
            if not fits(line) and any(isinstance(p, Group) for p in current):
                _split_last(current, depth, "", out)
            else:
                out.append(line)
            current = []
        current.append(part)
    out[-1] += comma


def _value(
    prefix: list[str | Group], value: list[str | Group], depth: int, out: list[str]
) -> None:
    """Write what is returned or assigned to a plain name."""
    found = _delimiters(value)
    last = value[-1]
    if not found and isinstance(last, Group) and last.items:
        head = _pad(depth) + flat([*prefix, *value[:-1]]) + last.opening
        if not fits(head):
            raise UnsureError
        _split_last([*prefix, *value], depth, "", out)
        return
    line, body = _pad(depth) + flat([*prefix, *value]), _pad(depth + 1) + flat(value)
    if any(isinstance(part, Group) and part.is_magic for part in value):
        raise UnsureError
    if not found and len(value) == 1 and isinstance(last, str):
        # One word or text: on a line of its own if it fits there, else as it stands.
        if "." in body and '"' not in body:
            raise UnsureError
        head = f"{_pad(depth)}{flat(prefix)}("
        out += [head, body, f"{_pad(depth)})"] if fits(body) else [line]
    elif found == {"|"} and not isinstance(value[0], Group):
        if isinstance(last, Group) and last.closing != "]":
            raise UnsureError
        out.append(f"{_pad(depth)}{flat(prefix)}(")
        _alternatives(value, "|", depth + 1, "", out)
        out.append(f"{_pad(depth)})")
    else:
        raise UnsureError


def _split_last(
    parts: Sequence[str | Group], depth: int, suffix: str, out: list[str]
) -> None:
    """Open the last bracket pair."""
    group = parts[-1]
    if not isinstance(group, Group) or not group.items:
        raise UnsureError
    before = list(parts[:-1])
    head = _pad(depth) + flat(before) + group.opening
    groups = [part for part in before if isinstance(part, Group)]
    if any(g.is_magic for g in groups):
        raise UnsureError
    if any(g.items for g in groups) and not group.explodes and not fits(head):
        raise UnsureError
    out.append(head)
    _body(group, depth + 1, out)
    out.append(_pad(depth) + group.closing + suffix)


def _body(group: Group, depth: int, out: list[str]) -> None:
    items = group.items
    if len(items) == 1:
        _inside(items[0], depth, "," if group.has_comma else "", out)
        return
    if not group.has_comma and not group.is_atom:
        line = _pad(depth) + ", ".join([item.flat for item in items])
        if fits(line) and not any(item.is_magic for item in items):
            out.append(line)
            return
    for item in items:
        _inside(item, depth, ",", out)


def _inside(item: Item, depth: int, comma: str, out: list[str]) -> None:
    """Write one item on a line, or on several."""
    line = _pad(depth) + item.flat + comma
    if not item.is_magic and fits(line):
        out.append(line)
        return
    parts = item.parts
    found = _delimiters(parts)
    if found == {'"'}:
        _strings(parts, depth, comma, out)
    elif found == {"or"} and not item.is_magic:
        _alternatives(parts, "or", depth, comma, out)
    elif found:
        raise UnsureError
    elif isinstance(parts[-1], Group) and parts[-1].items:
        _split_last(parts, depth, comma, out)
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
    out += [_pad(depth) + line for line in lines]
    out[-1] += comma


def _delimiters(parts: Sequence[str | Group]) -> set[str]:
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
