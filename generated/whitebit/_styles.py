# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Parameters to the text that stands in a path, a query, a header or a cookie.

A style is named as OpenAPI does, with a `*` where it explodes: lists and objects are
then written as several values instead of one. What a list `[1, 2]` and an object
`{"k": "v"}` called `x` become:

| style    | list        | object     | style     | list      | object |
|----------|-------------|------------|-----------|-----------|--------|
| simple   | 1,2         | k,v        | simple*   | 1,2       | k=v    |
| label    | .1,2        | .k,v       | label*    | .1.2      | .k=v   |
| matrix   | ;x=1,2      | ;x=k,v     | matrix*   | ;x=1;x=2  | ;k=v   |
| form     | x=1,2       | x=k,v      | form*     | x=1&x=2   | k=v    |
| space    | x=1%202     | x=k%20v    | deep      | x=1&x=2   | x[k]=v |
| pipe     | x=1%7C2     | x=k%7Cv    | json      | x=[1,2]   | x={"k":"v"} |

A leading `+` leaves reserved letters of a query as they are (`allowReserved`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast
from urllib.parse import quote

from msgspec import Raw

from ._encode import encode_json, plain
from ._operation import Unset
from .errors import ConfigurationError

__all__ = [
    "Encoded",
    "Styles",
    "cookie_values",
    "encode_query",
    "expand_path",
    "header_text",
    "query_pairs",
    "text_of",
]

Styles = Mapping[tuple[str, str], str]
"""Styles by place and name, where they are not the usual ones."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# What a path holds as it stands; `?` and `#` would end it.
_PATH = "/{}!$&'()*+,;=:@%"
# All reserved letters but those that would end a value, or be read as a space.
_RESERVED = ":/?[]@!$'()*,;="
_JOINTS = {"form": ",", "simple": ",", "space": "%20", "pipe": "%7C"}
_NONE: Styles = {}


class Encoded(str):
    """Text of a query or a cookie that is written as it stands."""

    __slots__ = ()


def text_of(value: Any) -> str:
    """Give a scalar as it stands in a path, a query, a header or a form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Raw):
        return bytes(value).decode()
    if isinstance(value, (dict, list)):
        return encode_json(value).decode()
    return "" if value is None else str(value)


def expand_path(
    template: str, values: Mapping[str, Any], styles: Styles = _NONE
) -> str:
    """Put arguments into a path, percent-encoded, so that none can leave its place."""

    def filled(match: re.Match[str]) -> str:
        name = match[1]
        wire = plain(values.get(name), name)
        text = _path_text(name, wire, styles.get(("path", name), "simple"))
        if text in ("", ".", ".."):
            raise ConfigurationError(f"{name} can't be {text!r} in a path")
        return text

    if "{" in template:
        pieces = _PLACEHOLDER.split(template)  # text, name, text, name, text
        names = _PLACEHOLDER.finditer(template)
        return "".join(
            quote(piece, safe=_PATH) + (filled(match) if match else "")
            for piece, match in zip(pieces[::2], [*names, None], strict=True)
        )
    return quote(template, safe=_PATH)


def _path_text(name: str, wire: Any, style: str) -> str:
    if style == "json":
        return _quoted(encode_json(wire).decode())
    kind, explodes = style.rstrip("*"), style.endswith("*")
    first = {"label": ".", "matrix": ";"}.get(kind, "")
    called = f"{_quoted(name)}=" if kind == "matrix" else ""
    if explodes and isinstance(wire, (dict, list)):
        items = list(_exploded(wire, called))
        return first + (first or ",").join(items) if items else ""
    text = ",".join(map(_quoted, _flat(wire)))
    if not text and isinstance(wire, (dict, list)):
        return ""
    return first + (called + text if text else called.rstrip("="))


def _exploded(wire: Any, called: str) -> Iterator[str]:
    if isinstance(wire, dict):
        for key, one in cast("dict[str, Any]", wire).items():
            yield f"{_quoted(key)}={_quoted(text_of(one))}"
    else:
        for one in cast("list[object]", wire):
            yield called + _quoted(text_of(one))


def _flat(wire: Any) -> Iterator[str]:
    """Give a list's items, or the keys and values of an object in turn, as text."""
    if isinstance(wire, dict):
        for key, one in cast("dict[str, Any]", wire).items():
            yield key
            yield text_of(one)
    elif isinstance(wire, list):
        yield from map(text_of, cast("list[object]", wire))
    else:
        yield text_of(wire)


def _quoted(text: str, safe: str = "") -> str:
    return quote(text, safe=safe)


def query_pairs(
    values: Mapping[str, Any], styles: Styles = _NONE, place: str = "query"
) -> list[tuple[str, str]]:
    """Give the pairs of a query or, with the place "body", of a form.

    UNSET and None are left out, and lists and objects that hold nothing.
    """
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if value is None or isinstance(value, Unset):
            continue
        style = styles.get((place, name), "form*")
        found = _pairs(name, plain(value, name), style.removeprefix("+"))
        if style.startswith("+"):
            found = ((key, _reserved(text)) for key, text in found)
        pairs.extend(found)
    return pairs


def _reserved(text: str) -> str:
    return text if isinstance(text, Encoded) else Encoded(_quoted(text, _RESERVED))


def _pairs(name: str, wire: Any, style: str) -> Iterator[tuple[str, str]]:
    if style == "json":
        yield name, encode_json(wire).decode()
    elif not isinstance(wire, (dict, list)):
        yield name, text_of(wire)
    elif style == "deep":
        yield from _deep(name, wire)
    elif style in _JOINTS:
        joined = _JOINTS[style].join(map(_quoted, _flat(wire)))
        if joined:
            yield name, Encoded(joined)
    elif isinstance(wire, dict):
        for key, one in cast("dict[str, Any]", wire).items():
            yield key, text_of(one)
    else:
        for one in cast("list[object]", wire):
            yield name, text_of(one)


def _deep(name: str, wire: Any) -> Iterator[tuple[str, str]]:
    """Give `name[key][inner]=value`, and a pair for each item of a list."""
    if isinstance(wire, dict):
        for key, one in cast("dict[str, Any]", wire).items():
            yield from _deep(f"{name}[{key}]", one)
    elif isinstance(wire, list):
        for one in cast("list[object]", wire):
            yield from _deep(name, one)
    else:
        yield name, text_of(wire)


def encode_query(
    pairs: list[tuple[str, str]], encode: Callable[[str], str] = _quoted
) -> str:
    """Write pairs as one text; `encode` says how, but for what is written already."""
    return "&".join(
        f"{encode(k)}={v if isinstance(v, Encoded) else encode(v)}" for k, v in pairs
    )


def header_text(name: str, value: Any, style: str = "simple") -> str:
    """Give the text of a header, `style` being "simple", "simple*" or "json"."""
    wire = plain(value, name)
    if style == "json":
        return encode_json(wire).decode()
    if not isinstance(wire, (dict, list)):
        return text_of(wire)
    _check_commas(name, wire)
    if isinstance(wire, dict) and style == "simple*":
        pairs = cast("dict[str, Any]", wire).items()
        return ",".join(f"{key}={text_of(one)}" for key, one in pairs)
    return ",".join(_flat(wire))


def _check_commas(name: str, wire: Any) -> None:
    """Refuse a text that would be read as two; what is nested has no rule to break."""
    if isinstance(wire, dict):
        wire = list(cast("dict[str, object]", wire).values())
    inner = cast("list[object]", wire)
    if any(isinstance(one, str) and "," in one for one in inner):
        raise ConfigurationError(f"a value of {name} holds the comma that parts values")


def cookie_values(name: str, value: Any, style: str = "form*") -> dict[str, str]:
    """Give the cookies of one parameter: an object that explodes makes several."""
    wire = plain(value, name)
    if style == "json":
        return {name: Encoded(_quoted(encode_json(wire).decode()))}
    if not isinstance(wire, (dict, list)):
        return {name: text_of(wire)}
    if style != "form*":
        _check_commas(name, wire)
        return {name: Encoded(",".join(map(_cookie_text, _flat(wire))))}
    if isinstance(wire, dict):
        found = cast("dict[str, Any]", wire).items()
        return {key: text_of(one) for key, one in found}
    _check_commas(name, wire)
    texts = [_cookie_text(one) for one in _flat(wire)]
    return {name: Encoded(f"; {name}=".join(texts))} if texts else {}


def _cookie_text(text: str) -> str:
    if ";" in text:
        raise ConfigurationError("a cookie can't hold a semicolon or a comma")
    return text
