"""Media types: how a body is encoded, and which of several is used."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from . import ir


class Encoding(Enum):
    """How the bytes of a body are made."""

    JSON = "json"
    FORM = "form"
    MULTIPART = "multipart"
    TEXT = "text"
    BYTES = "bytes"

    @property
    def default_media_type(self) -> str:
        """The media type that goes without saying."""
        return _DEFAULTS[self]


_DEFAULTS = {
    Encoding.JSON: "application/json",
    Encoding.FORM: "application/x-www-form-urlencoded",
    Encoding.MULTIPART: "multipart/form-data",
    Encoding.TEXT: "text/plain",
    Encoding.BYTES: "application/octet-stream",
}


def encoding_of(media_type: str) -> Encoding:
    """Return the encoding of a media type; what is not known is bytes."""
    if media_type in ("application/json", "*/*", "text/json"):
        return Encoding.JSON
    if media_type.endswith("+json"):
        return Encoding.JSON
    if media_type == "application/x-www-form-urlencoded":
        return Encoding.FORM
    if media_type == "multipart/form-data":
        return Encoding.MULTIPART
    return Encoding.TEXT if media_type.startswith("text/") else Encoding.BYTES


def body_content(body: ir.Body | None) -> ir.Content | None:
    """Return the content that a client sends: JSON before forms, text and bytes."""
    if body is None:
        return None
    order = list(Encoding)
    return min(body.content, key=lambda c: order.index(encoding_of(c.media_type)))


def success_contents(responses: Sequence[ir.Response]) -> tuple[ir.Content, ...] | None:
    """Return what successes may hold: JSON where there is any, else all of it.

    Empty: the document does not say what comes. None: there is no body (204), or no
    success is declared at all.
    """
    successes = [r for r in responses if r.status.startswith("2")]
    if not successes:
        successes = [r for r in responses if r.status == "default" and r.content]
    if not successes or all(r.status in ("204", "205") for r in successes):
        return None
    contents = [content for response in successes for content in response.content]
    json = [c for c in contents if encoding_of(c.media_type) is Encoding.JSON]
    return tuple(json or contents)
