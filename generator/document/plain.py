"""Plain data: mappings, lists and scalars; how deep they are, and copies of them."""

from __future__ import annotations

from typing import TypeGuard


def is_mapping(value: object) -> TypeGuard[dict[str, object]]:
    """Tell whether it is a mapping; keys of documents are always texts."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Tell whether it is a list."""
    return isinstance(value, list)


def is_deep(data: object, levels: int) -> bool:
    """Tell whether there are more levels of nesting than that, level by level."""
    level = [data]
    for _ in range(levels + 1):
        level = [
            inner
            for node in level
            for inner in inner_values(node)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def inner_values(node: object) -> list[object]:
    """List what a container holds; nothing for a scalar."""
    if is_mapping(node):
        return list(node.values())
    return node if is_list(node) else []


def copy_plain(data: object) -> object:
    """Copy without recursion; what YAML aliases share is copied for each of them."""
    top: list[object] = [None]
    todo: list[tuple[object, dict[str, object] | list[object], str | int]] = [
        (data, top, 0)
    ]
    while todo:
        value, into, key = todo.pop()
        copied = value
        if is_mapping(value):
            mapping = dict(value)
            todo += [
                (each, mapping, name)
                for name, each in value.items()
                if isinstance(each, dict | list)
            ]
            copied = mapping
        elif is_list(value):
            items = list(value)
            todo += [
                (each, items, index)
                for index, each in enumerate(value)
                if isinstance(each, dict | list)
            ]
            copied = items
        if isinstance(into, dict):
            into[str(key)] = copied
        else:
            into[int(key)] = copied
    return top[0]
