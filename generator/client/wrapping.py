"""One logical line to the lines that black makes of it: 88 columns, trailing commas.

What fits stays on one line, unless a trailing comma keeps it apart; otherwise the last
bracket pair is opened, and what stands inside is treated the same way. The rules are
black's for the few kinds of statement that the templates write; the tests compare every
one of them with black. In any other case `UnsureError` is raised.
"""

from __future__ import annotations

from .breaking import (
    delimiters,
    fits,
    pad,
    split_alternatives,
    split_item,
    split_last,
)
from .pieces import Group, Item, UnsureError, flat, parse


def wrap(text: str, depth: int) -> list[str]:
    """Return the lines of one logical line; its own lines may be broken anywhere."""
    items = parse(text)
    if text.startswith("from "):
        return _import(items, depth)
    if len(items) != 1 or items[0].flat.endswith(","):
        raise UnsureError
    item = items[0]
    line = pad(depth) + item.flat
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
        split_last(item.parts, depth, "", out)
    else:
        raise UnsureError
    return out


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
    line = pad(depth) + head + ", ".join(name.flat for name in names)
    if not is_magic and fits(line):
        return [line]
    if (is_apart and len(items) > 1) or (len(names) == 1 and not is_magic):
        raise UnsureError
    return [
        f"{pad(depth)}{head}(",
        *(f"{pad(depth + 1)}{name.flat}," for name in names),
        f"{pad(depth)})",
    ]


def _function(parts: list[str | Group], depth: int, out: list[str]) -> None:
    at = next((i for i, p in enumerate(parts) if isinstance(p, Group)), 0)
    group, rest = parts[at], parts[at + 1 :]
    if not isinstance(group, Group) or not group.items:
        raise UnsureError
    tail = f"{pad(depth)}){flat(rest)}"
    if not fits(tail) or any(isinstance(p, Group) and p.is_magic for p in rest):
        raise UnsureError
    out.append(f"{pad(depth)}{flat(parts[:at])}(")
    if len(group.items) == 1:
        _parameter(group.items[0], depth + 1, out)
    else:
        body = pad(depth + 1) + ", ".join(item.flat for item in group.items)
        is_magic = any(item.is_magic for item in group.items)
        if not group.has_comma and not is_magic and fits(body):
            out.append(body)
        else:
            for item in group.items:
                _parameter(item, depth + 1, out)
    out.append(tail)


def _parameter(item: Item, depth: int, out: list[str]) -> None:
    line = f"{pad(depth)}{item.flat},"
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
    split_last(parts[:-1], depth, ":", out)


def _assertion(parts: list[str | Group], depth: int, out: list[str]) -> None:
    """Wrap what ends with a comparison with nothing: no bracket pair could be opened."""
    last = parts[-1]
    if parts[-4:-1] != [" ", "==", " "] or not isinstance(last, Group) or last.items:
        raise UnsureError
    compared = parts[2:-4]
    if delimiters(compared) or any(isinstance(p, Group) and p.is_magic for p in parts):
        raise UnsureError
    out.append(f"{pad(depth)}assert (")
    body = pad(depth + 1) + flat(parts[2:])
    if fits(body):
        out.append(body)
    else:
        split_item(Item(compared, flat(compared), False), depth + 1, "", out)
        out.append(f"{pad(depth + 1)}== {last.flat}")
    out.append(f"{pad(depth)})")


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
    if isinstance(last, Group) and last.items and not delimiters(value):
        head = pad(depth) + flat([*prefix, *value[:-1]]) + last.opening
        if fits(head):
            split_last([*prefix, *value], depth, "", out)
        else:
            _long_target(target, prefix, value, depth, out)
        return
    head = f"{pad(depth)}{flat(prefix)}("
    if len(value) != 1 or not isinstance(last, str):
        raise UnsureError
    if fits(head):
        out += [head, f"{pad(depth + 1)}{last}", f"{pad(depth)})"]
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
    head = f"{pad(depth)}{flat(prefix)}("
    if last.explodes:
        if fits(head):
            out.append(head)
            split_last(value, depth + 1, "", out)
            out.append(f"{pad(depth)})")
            return
    elif last.is_magic or any(isinstance(i.parts[-1], Group) for i in last.items):
        raise UnsureError
    elif fits(head):
        body = pad(depth + 1) + flat(value)
        if not fits(body):
            raise UnsureError
        out += [head, body, f"{pad(depth)})"]
        return
    else:
        _annotated(target[:2], target[2:], f" = {flat(value)}", depth, out, True)
        return
    subscript = target[-1]
    if not isinstance(subscript, Group) or len(subscript.items) != 1:
        raise UnsureError
    at = target.index(subscript)
    head = pad(depth) + flat(target[:at]) + subscript.opening
    body = pad(depth + 1) + subscript.items[0].flat
    if at != 3 or not fits(head) or not fits(body):
        raise UnsureError
    out += [head, body]
    split_last(["] = ", *value], depth, "", out)


def _annotated(
    name: list[str | Group],
    annotation: list[str | Group],
    suffix: str,
    depth: int,
    out: list[str],
    has_value: bool = False,
) -> None:
    """Break the annotation itself: alternatives in brackets, a subscript where it opens."""
    found = delimiters(annotation)
    if any(isinstance(part, Group) and part.is_magic for part in annotation):
        raise UnsureError
    tail = f"{pad(depth)}){suffix}"
    head = f"{pad(depth)}{flat(name)}("
    if not found:
        if len(annotation) == 1:
            body = pad(depth + 1) + flat(annotation)
            if fits(body) and fits(tail):
                out += [head, body, tail]
            elif suffix:
                raise UnsureError
            else:
                out.append(pad(depth) + flat([*name, *annotation]))
            return
        if has_value or not isinstance(annotation[-1], Group):
            raise UnsureError
        head = pad(depth) + flat([*name, *annotation[:-1]]) + annotation[-1].opening
        if not fits(head):
            raise UnsureError
        split_last([*name, *annotation], depth, suffix, out)
        return
    if found != {"|"} or isinstance(annotation[0], Group):
        raise UnsureError
    if not fits(tail) or not fits(head):
        raise UnsureError
    out.append(head)
    split_alternatives(annotation, "|", depth + 1, "", out)
    out.append(tail)


def _value(
    prefix: list[str | Group], value: list[str | Group], depth: int, out: list[str]
) -> None:
    """Write what is returned or assigned to a plain name."""
    found = delimiters(value)
    last = value[-1]
    if not found and isinstance(last, Group) and last.items:
        head = pad(depth) + flat([*prefix, *value[:-1]]) + last.opening
        if not fits(head):
            raise UnsureError
        split_last([*prefix, *value], depth, "", out)
        return
    line, body = pad(depth) + flat([*prefix, *value]), pad(depth + 1) + flat(value)
    if any(isinstance(part, Group) and part.is_magic for part in value):
        raise UnsureError
    if not found and len(value) == 1 and isinstance(last, str):
        # One word or text: on a line of its own if it fits there, else as it stands.
        if "." in body and '"' not in body:
            raise UnsureError
        head = f"{pad(depth)}{flat(prefix)}("
        out += [head, body, f"{pad(depth)})"] if fits(body) else [line]
    elif found == {"|"} and not isinstance(value[0], Group):
        if isinstance(last, Group) and last.closing != "]":
            raise UnsureError
        out.append(f"{pad(depth)}{flat(prefix)}(")
        split_alternatives(value, "|", depth + 1, "", out)
        out.append(f"{pad(depth)})")
    else:
        raise UnsureError
