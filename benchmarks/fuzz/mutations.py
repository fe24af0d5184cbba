"""One fault at a time, put into a document by chance."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

ODD_NAMES = (
    "", " ", "class", "None", "self", "__init__", "a b", "1st", "ﬁeld", "field", "\u017f",
    "é", "e\u0301", "名前", "💥", "\x00", "\n", "\u2028", "\u202e", "\ud800", '"""', "'",
    "\\", "{}", "{x}", "{{ 7*7 }}", "{% raw %}", "../up", "/", "~1", "a/b", "$ref", "allOf",
    "properties", "type", "x-y", "200", "2XX", "default", "get", "Model", "model", "Str",
    "str", "list", "dict", "UNSET", "Decimal", "models", "client", "errors", "import",
    "match", "print", "T" * 300, "_", "__", "-", "*", "a-b", "a_b", "aB", "AB", "²", "٣",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1.5, 1e400, float("nan"), 10**30, "", "x", "null", [],
    {}, [None], [[]], {"": None}, {"$ref": None}, {"$ref": ""}, {"$ref": "#"},
    {"$ref": "#/"}, {"type": "string"}, {"type": ["string", "null"]}, {"type": "array"},
    {"allOf": []}, {"oneOf": [{}]}, {"anyOf": [{"type": "null"}]}, {"enum": [None]},
    {"enum": [1, "1", True]}, {"const": {"a": 1}}, {"type": "object", "properties": []},
    {"items": []}, {"not": {}}, {"additionalProperties": {"additionalProperties": 1}},
)  # fmt: skip

Container = dict[str, Any] | list[Any]
Place = tuple[Container, Any]
Mutation = Callable[[random.Random, Any, list[Place]], None]


def replace_value(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Put a value of another kind in the place of one."""
    holder, key = rng.choice(places)
    holder[key] = copy.deepcopy(rng.choice(ODD_VALUES))


def replace_text(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Put an odd name in the place of a text."""
    texts = [(h, k) for h, k in places if isinstance(h[k], str)]
    if texts:
        holder, key = rng.choice(texts)
        holder[key] = rng.choice(ODD_NAMES)


def drop(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Leave an entry out."""
    holder, key = rng.choice(places)
    del holder[key]


def rename(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Give an entry an odd name, in its old place."""
    named = [(h, k) for h, k in places if isinstance(h, dict)]
    holder, key = rng.choice(named)
    new = _odd_name(rng, key)
    entries = [(new if k == key else k, v) for k, v in holder.items()]
    holder.clear()
    holder.update(entries)


def double(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Repeat an entry: in a list as it is, in a mapping under a name much like it."""
    holder, key = rng.choice(places)
    value = copy.deepcopy(holder[key])
    if isinstance(holder, list):
        holder.append(value)
    else:
        holder[_odd_name(rng, key)] = value


def move(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Put a copy of one element where another one stands."""
    (source, name), (holder, key) = rng.choice(places), rng.choice(places)
    holder[key] = copy.deepcopy(source[name])


def redirect(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Point a reference elsewhere, or make one."""
    found: list[Place] = [(h, k) for h, k in places if k == "$ref"]
    chosen = rng.choice(found) if found and rng.random() < 0.7 else None
    target = _pointer(rng, root)
    if chosen is not None:
        holder, key = chosen
        holder[key] = target
    else:
        holder, key = rng.choice(places)
        holder[key] = {"$ref": target, **({"type": 1} if rng.random() < 0.2 else {})}


def nest(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Wrap a value many times."""
    holder, key = rng.choice(places)
    value = holder[key]
    wrap = rng.choice(("items", "allOf", "properties", "oneOf", "list"))
    for _ in range(rng.choice((1, 5, 40, 400))):
        match wrap:
            case "items":
                value = {"type": "array", "items": value}
            case "properties":
                value = {"type": "object", "properties": {"inner": value}}
            case "list":
                value = [value]
            case _:
                value = {wrap: [value, {"type": "object", "properties": {"n": {}}}]}
    holder[key] = value


MUTATIONS: tuple[Mutation, ...] = (
    replace_value, replace_value, replace_text, replace_text, drop, drop, rename, rename,
    double, move, redirect, redirect, nest,
)  # fmt: skip


def _odd_name(rng: random.Random, key: str) -> str:
    return rng.choice(
        (
            rng.choice(ODD_NAMES),
            key.upper(),
            f"{key}_",
            f" {key}",
            f"{key}}}",
            f"{{{key}",
        )
    )


def _pointer(rng: random.Random, root: Any) -> str:
    """Return a reference to any element, or to nothing."""
    tokens: list[str] = []
    here = root
    while isinstance(here, dict | list) and here and rng.random() < 0.85:
        key = rng.choice(list(here) if isinstance(here, dict) else range(len(here)))
        here = here[key]
        tokens.append(str(key).replace("~", "~0").replace("/", "~1"))
    wild = (
        "",
        "#",
        "#/nowhere",
        "x.yaml#/a",
        "/etc/passwd",
        "https://x.test/a",
        "#/%zz",
    )
    text = "#" + "".join(f"/{token}" for token in tokens)
    return rng.choice(wild) if rng.random() < 0.1 else text


def places_of(root: Any) -> list[Place]:
    """Return every entry of every container."""
    found: list[Place] = []
    waiting = [root]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
    return found
