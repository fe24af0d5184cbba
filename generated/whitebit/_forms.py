# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Arguments to forms: urlencoded, and multipart with files.

In a multipart body each field is a part: text as it stands, a list one part an item, an
object as JSON, bytes and `FilePart` as a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, cast
from urllib.parse import quote_plus

from msgspec import Struct

from ._encode import encode_json, plain
from ._model import wire_names
from ._operation import Unset, check_header
from ._styles import Styles, encode_query, query_pairs, text_of
from .errors import ConfigurationError

__all__ = ["FilePart", "as_file", "encode_form", "encode_multipart", "form_fields"]

_NONE: Styles = {}
_BYTES = "application/octet-stream"


class FilePart(Struct, frozen=True):
    """A file to upload; bytes alone have the name of their field."""

    content: bytes
    name: str = ""
    """portrait.png"""
    media_type: str = ""
    """image/png"""

    def __repr__(self) -> str:
        return f"<FilePart {self.name!r}, {len(self.content)} bytes>"


def as_file(value: Any) -> Any:
    """Pass on what is sent as a file, or a list of such; None and UNSET as they are.

    Raises:
        ConfigurationError: it is something else: a path, for instance, would be sent as
            the content of the file
    """
    if value is None or isinstance(value, Unset) or _file(value) is not None:
        return value
    if isinstance(value, (list, tuple)):
        return [as_file(one) for one in cast("list[object]", value)]
    raise ConfigurationError(
        f"a file is bytes or a FilePart, not {type(value).__name__}: "
        "pass what it holds, for example Path(...).read_bytes()"
    )


def form_fields(body: Any) -> dict[str, Any]:
    """Give the fields of a whole body by wire name: a mapping, or a model.

    Raises:
        ConfigurationError: it is neither
    """
    if isinstance(body, Mapping):
        return dict(cast("Mapping[str, Any]", body))
    if isinstance(body, Struct) and not isinstance(body, FilePart):
        named = wire_names(type(body)).items()
        fields = {name: getattr(body, info.name) for name, info in named}
        return {name: one for name, one in fields.items() if one is not None}
    raise ConfigurationError(
        f"a form is made of named fields, not of one {type(body).__name__}"
    )


def encode_form(values: Mapping[str, Any], styles: Styles = _NONE) -> bytes:
    return encode_query(query_pairs(values, styles, "body"), quote_plus).encode()


def encode_multipart(
    values: Mapping[str, Any], styles: Styles = _NONE
) -> tuple[bytes, str]:
    """Give body and content type; `styles` may name the media type of a part."""
    boundary = os.urandom(16).hex()
    parts: list[bytes] = []
    for name, value in values.items():
        if value is None or isinstance(value, Unset):
            continue
        for head, content in _parts(name, value, styles.get(("body", name), "")):
            parts.append(f"--{boundary}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


def _parts(
    name: str, value: Any, stated: str, *, is_item: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Give head and content of each part of one field; a list in a list is JSON.

    A media type that leaves a choice, "image/png, image/jpeg" or "image/*", names none.
    """
    media = "" if "," in stated or "*" in stated else stated
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    file = _file(value)
    if file is not None:
        head += f'; filename="{_quoted(file.name or name)}"'
        yield _typed(head, file.media_type or media or _BYTES), file.content
        return
    is_list = isinstance(value, (list, tuple, set, frozenset))
    if is_list and not is_item and not _is_json(media):
        for one in cast("list[object]", value):
            yield from _parts(name, one, stated, is_item=True)
        return
    wire = plain(value, name)
    if isinstance(wire, (dict, list)) or _is_json(media):
        yield _typed(head, media or "application/json"), encode_json(wire)
    else:
        yield _typed(head, media), text_of(wire).encode()


def _file(value: Any) -> FilePart | None:
    """Give what is a file; `(name, content)` and `(name, content, type)` are one too."""
    if isinstance(value, FilePart):
        return value
    if isinstance(value, (bytes, bytearray)):
        return FilePart(bytes(value))
    if isinstance(value, tuple) and len(cast("tuple[object, ...]", value)) in (2, 3):
        name, content, *media = cast("tuple[object, ...]", value)
        if isinstance(content, (bytes, bytearray)):
            return FilePart(bytes(content), str(name), *map(str, media))
    return None


def _is_json(media: str) -> bool:
    kind = media.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _typed(head: str, media: str) -> str:
    if not media:
        return head
    check_header("Content-Type", media)
    return f"{head}\r\nContent-Type: {media}"


def _quoted(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
