"""Media types: how a body is encoded, and which of several is used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from . import ir
from .composition import union_of


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


_NAME = r"[a-z0-9!#$&^_.+-]+"  # RFC 6838
_MEDIA_TYPE = re.compile(rf"{_NAME}/(?:{_NAME}|\*)|\*/\*")
_DEFAULTS = {
    Encoding.JSON: "application/json",
    Encoding.FORM: "application/x-www-form-urlencoded",
    Encoding.MULTIPART: "multipart/form-data",
    Encoding.TEXT: "text/plain",
    Encoding.BYTES: "application/octet-stream",
}
# Answers that go on: items of JSON, a line each, or server-sent events.
_STREAMS = {
    **dict.fromkeys(
        (
            *("application/x-ndjson", "application/ndjson", "application/jsonl"),
            *("application/x-jsonlines", "application/jsonlines", "text/jsonl"),
            *("application/x-jsonl", "application/json-seq", "application/stream+json"),
            *("application/json-lines", "text/x-ndjson", "text/ndjson"),
        ),
        "lines",
    ),
    "text/event-stream": "events",
}
_NO_BODY = frozenset({"204", "205"})
# Those that name an address; 304 and the like don't.
_REDIRECTS = frozenset({"301", "302", "303", "307", "308", "3XX"})


def read_media_type(stated: str) -> str:
    """Return a media type without its parameters; what is none stands for bytes."""
    found = _MEDIA_TYPE.match(stated.strip().lower())
    return found[0] if found else Encoding.BYTES.default_media_type


def is_json(media_type: str) -> bool:
    """Tell whether a media type is JSON, parameters aside."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind in ("application/json", "text/json") or kind.endswith("+json")


def is_range(media_type: str) -> bool:
    """Tell whether it leaves a choice, as `image/*` does: a body needs one that doesn't."""
    return media_type.endswith("/*")


def encoding_of(media_type: str) -> Encoding:
    """Return the encoding of a media type; what is not known is bytes."""
    if _STREAMS.get(media_type) == "lines":
        return Encoding.BYTES
    if media_type == "*/*" or is_json(media_type):
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


def success_contents(operation: ir.Operation) -> tuple[ir.Content, ...] | None:
    """Return what successes may hold: JSON where there is any, else all of it.

    Empty: the document does not say what comes. None: there is no body (204, HEAD), or
    no success is declared at all.
    """
    if operation.method == "HEAD":  # whatever it declares
        return None
    successes = _successes(operation)
    if not successes and not answers_address(operation.responses):
        others = operation.responses
        successes = [r for r in others if r.status == "default" and r.content]
    if not successes or all(r.status in _NO_BODY for r in successes):
        return None
    contents = [content for response in successes for content in response.content]
    json = [c for c in contents if encoding_of(c.media_type) is Encoding.JSON]
    return tuple(json or contents)


def answers_address(responses: Sequence[ir.Response]) -> bool:
    """Tell whether an operation answers with an address: redirects and no success.

    `default` beside a redirect stands for refusals.
    """
    statuses = [response.status for response in responses]
    return any(status in _REDIRECTS for status in statuses) and not any(
        status.startswith("2") for status in statuses
    )


def may_be_empty(operation: ir.Operation) -> bool:
    """Tell whether one of the successes has no body, beside others that have one."""
    return any(
        response.status in _NO_BODY or not response.content
        for response in _successes(operation)
    )


def is_empty_unsaid(operation: ir.Operation) -> bool:
    """Tell whether a success may have no body though its status doesn't say so."""
    return any(
        response.status not in _NO_BODY and not response.content
        for response in _successes(operation)
    )


def _successes(operation: ir.Operation) -> list[ir.Response]:
    return [r for r in operation.responses if r.status.startswith("2")]


def json_answer(operation: ir.Operation) -> ir.Type | None:
    """Return the one type of the JSON that successes hold, None if there is no JSON."""
    contents = success_contents(operation) or ()
    found = [c.type for c in contents if encoding_of(c.media_type) is Encoding.JSON]
    if not found:
        return None
    pointer = f"{operation.pointer}/responses"
    return union_of(pointer, found) if len(found) > 1 else found[0]


def answer_kind(operation: ir.Operation) -> str:
    """Return how an answer is read: json, text, bytes, none, location, lines, events."""
    if answers_address(operation.responses):
        return "location"
    contents = success_contents(operation)
    if contents is None:
        return "none"
    streams = {_STREAMS.get(content.media_type, "") for content in contents}
    if len(streams) == 1 and streams != {""}:
        return streams.pop()
    kinds = {encoding_of(content.media_type) for content in contents}
    if not kinds or Encoding.JSON in kinds:
        return "json"
    return "text" if kinds == {Encoding.TEXT} else "bytes"


def stream_item(operation: ir.Operation) -> ir.Type | None:
    """Return the type of the items of an answer that goes on, None if it doesn't.

    OpenAPI 3.0 and 3.1 don't say whether a schema is that of the whole or of an item; a
    list is the whole. Events without a schema of their own are text.
    """
    kind = answer_kind(operation)
    if kind not in ("lines", "events"):
        return None
    found = next(c.type for c in success_contents(operation) or ())
    if isinstance(found, ir.ArrayType):
        return found.items
    if kind == "events" and isinstance(found, ir.AnyType):
        return ir.StringType(found.pointer)
    return found


def decoded_answer(operation: ir.Operation) -> ir.Type | None:
    """Return what is decoded from JSON: a whole answer, or the items of one."""
    return stream_item(operation) or json_answer(operation)
