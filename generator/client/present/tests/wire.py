"""Values of JSON to the text that has to stand in a path, a query, a header or a form.

Written from the specification and not from the client, which it is the measure of.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, quote_plus

from ....model import ir
from ....model.media import is_json
from .literals import json_text

_RESERVED = ":/?[]@!$'()*,;="
_JOINTS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}

Pair = tuple[str, str]  # name and text, both encoded


def path_text(parameter: ir.Parameter, value: Any) -> str:
    """Return what stands in the place of a parameter's braces."""
    if parameter.style == "json":
        return _quoted(json_text(value, is_ascii=True))
    name = _quoted(parameter.wire_name)
    first, between = {"label": (".", "."), "matrix": (";", ";")}.get(
        parameter.style, ("", ",")
    )
    is_matrix = parameter.style == "matrix"
    if parameter.explode and isinstance(value, dict):
        items = [f"{_quoted(k)}={_quoted(scalar(v))}" for k, v in value.items()]
        return first + between.join(items) if items else ""
    if parameter.explode and isinstance(value, list):
        items = [_quoted(scalar(one)) for one in value]
        items = [f"{name}={item}" for item in items] if is_matrix else items
        return first + between.join(items) if items else ""
    text = ",".join(map(_quoted, flat(value)))
    if not text and isinstance(value, list | dict):
        return ""
    if is_matrix:
        return f";{name}={text}" if text else f";{name}"
    return first + text


def query_text(parameter: ir.Parameter, value: Any) -> str:
    """Return the pairs of a parameter in a query."""
    safe = _RESERVED if parameter.allow_reserved else ""
    style = "json" if parameter.style == "json" else parameter.style
    pairs = _pairs(parameter.wire_name, value, style, parameter.explode, safe)
    return "&".join(f"{name}={text}" for name, text in pairs)


def _pairs(
    name: str, value: Any, style: str, explode: bool, safe: str
) -> Iterator[Pair]:
    own = _quoted(name)
    if style == "json":
        yield own, quote(json_text(value, is_ascii=True), safe=safe)
    elif not isinstance(value, list | dict):
        yield own, quote(scalar(value), safe=safe)
    elif style == "deepObject":
        yield from _deep(name, value, safe)
    elif not explode:
        joined = _JOINTS.get(style, ",").join(map(_quoted, flat(value)))
        if joined:
            yield own, joined
    elif isinstance(value, dict):
        for key, one in value.items():
            yield _quoted(key), quote(scalar(one), safe=safe)
    else:
        for one in value:
            yield own, quote(scalar(one), safe=safe)


def _deep(name: str, value: Any, safe: str) -> Iterator[Pair]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _deep(f"{name}[{key}]", one, safe)
    elif isinstance(value, list):
        for one in value:
            yield from _deep(name, one, safe)
    else:
        yield _quoted(name), quote(scalar(value), safe=safe)


def header_text(parameter: ir.Parameter, value: Any) -> str:
    """Return the text of a header."""
    if parameter.style == "json":
        return json_text(value, is_ascii=True)
    if isinstance(value, dict) and parameter.explode:
        return ",".join(f"{key}={scalar(one)}" for key, one in value.items())
    return ",".join(flat(value))


def cookies(parameter: ir.Parameter, value: Any) -> list[str]:
    """Return the cookies of a parameter, `name=text` each."""
    name = parameter.wire_name
    if parameter.style == "json":
        return [f"{name}={_quoted(json_text(value, is_ascii=True))}"]
    if parameter.explode and isinstance(value, dict):
        return [f"{key}={scalar(one)}" for key, one in value.items()]
    if parameter.explode and isinstance(value, list):
        return [f"{name}={scalar(one)}" for one in value]
    return [f"{name}={','.join(flat(value))}"]


def form(fields: Mapping[str, Any], parts: Sequence[ir.Part]) -> str:
    """Return an urlencoded form."""
    stated = {part.wire_name: part for part in parts}
    found: list[str] = []
    for name, value in fields.items():
        if value is None:
            continue
        part = stated.get(name) or ir.Part("", name)
        style = "json" if is_json(part.media_type) else part.style or "form"
        if style in ("form", "json") and (part.explode or style == "json"):
            # Here a space is a plus.
            pairs = _plus(name, value, style)
        else:
            safe = _RESERVED if part.allow_reserved else ""
            pairs = _pairs(name, value, style, part.explode, safe)
        found += [f"{key}={text}" for key, text in pairs]
    return "&".join(found)


def _plus(name: str, value: Any, style: str) -> Iterator[Pair]:
    if style == "json":
        yield quote_plus(name), quote_plus(json_text(value, is_ascii=True))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield quote_plus(str(key)), quote_plus(scalar(one))
    elif isinstance(value, list):
        for one in value:
            yield quote_plus(name), quote_plus(scalar(one))
    else:
        yield quote_plus(name), quote_plus(scalar(value))


def multipart(
    fields: Mapping[str, Any], parts: Sequence[ir.Part], files: Collection[str]
) -> bytes:
    """Return a multipart body whose boundary is the word BOUNDARY."""
    stated = {part.wire_name: part.media_type for part in parts}
    found: list[bytes] = []
    for name, value in fields.items():
        media = stated.get(name, "")
        media = "" if "," in media or "*" in media else media
        whole = is_json(media) and name not in files
        for one in value if isinstance(value, list) and not whole else [value]:
            if one is not None:
                head, content = _part(name, one, media, name in files)
                found.append(
                    f"--BOUNDARY\r\n{head}\r\n\r\n".encode() + content + b"\r\n"
                )
    return b"".join(found) + b"--BOUNDARY--\r\n"


def _part(name: str, value: Any, media: str, is_file: bool) -> tuple[str, bytes]:
    quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'Content-Disposition: form-data; name="{quoted}"'
    if is_file:
        media = media or "application/octet-stream"
        head += f'; filename="{quoted}"'
        content = base64.b64decode(value)
    elif isinstance(value, dict | list) or is_json(media):
        media = media or "application/json"
        content = json_text(value, is_ascii=True).encode()
    else:
        content = scalar(value).encode()
    return (f"{head}\r\nContent-Type: {media}" if media else head), content


def flat(value: Any) -> list[str]:
    """Return the texts of a list, of the keys and values of an object, or of a scalar."""
    if isinstance(value, dict):
        return [text for key, one in value.items() for text in (str(key), scalar(one))]
    if isinstance(value, list):
        return [scalar(one) for one in value]
    return [scalar(value)]


def scalar(value: Any) -> str:
    """Return a scalar as it stands in a path, a query or a header."""
    if isinstance(value, str):
        return value
    return "" if value is None else json_text(value, is_ascii=True)


def _quoted(text: str) -> str:
    return quote(text, safe="")
