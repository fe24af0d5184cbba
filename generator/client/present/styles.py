"""Where values travel and how the document wants them written, to the runtime's words.

The words are OpenAPI's own; `runtime/_styles` shows what each one writes.
"""

from __future__ import annotations

from ...model import ir
from ...model.media import Encoding, is_json

USUAL = {"path": "simple", "query": "form*", "header": "simple", "cookie": "form*"}
_SHORT = {"spaceDelimited": "space", "pipeDelimited": "pipe"}
_KNOWN = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}


def style_of(parameter: ir.Parameter) -> str:
    """Return the style of a parameter; one that its place doesn't know is the usual."""
    place = parameter.location
    if parameter.style == "json":
        return "json"
    known = parameter.style in _KNOWN[place]
    style = parameter.style if known else USUAL[place].rstrip("*")
    return _marked(style, parameter.explode, parameter.allow_reserved)


def part_style(part: ir.Part, encoding: Encoding) -> str:
    """Return how a field of a form is written, empty for the usual way."""
    if encoding is Encoding.MULTIPART:
        return part.media_type
    if is_json(part.media_type):
        return "json"
    style = _marked(part.style or "form", part.explode, part.allow_reserved)
    return "" if style == USUAL["query"] else style


def _marked(style: str, explode: bool, reserved: bool) -> str:
    if style == "deepObject":
        word = "deep"
    elif style in _SHORT and explode:
        word = "form*"
    else:
        word = f"{_SHORT.get(style, style)}{'*' if explode else ''}"
    return f"+{word}" if reserved else word
