"""Forms: their fields where the schema names none, and how each one is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..diagnostics import Diagnostics
from ..document.node import Node
from . import ir
from .media import Encoding, encoding_of


def parts_of(content: Node, diagnostics: Diagnostics) -> Iterator[ir.Part]:
    """Yield what `encoding` says of the fields of a body."""
    for name, node in content.entries("encoding"):
        if not isinstance(node.value, dict):
            continue
        if node.value.get("headers"):
            diagnostics.warning(
                "part-headers",
                f"headers of the part `{name}` are not sent: the client writes its own",
                at=node.pointer,
                help="remove them; the media type of a part is its `contentType`",
            )
        style = node.text("style")
        explode = node.child("explode")
        yield ir.Part(
            node.pointer,
            name,
            _content_type(node),
            style,
            explode.value is True if explode else style in ("", "form"),
            node.flag("allowReserved"),
        )


def _content_type(node: Node) -> str:
    """Return the media type of a part, or a list of them; what is no header is none."""
    stated = node.text("contentType").strip().lower()
    return stated if stated.isascii() and stated.isprintable() else ""


def with_fields(
    content: ir.Content, known: ir.Type | None, diagnostics: Diagnostics
) -> ir.Content:
    """Return the body of a form as one with fields, whatever its schema is.

    A form has nothing but named fields. A schema that is a single file becomes the field
    `file`, the name that most servers use; any other kind becomes a free mapping.
    """
    encoding = encoding_of(content.media_type)
    if encoding not in (Encoding.FORM, Encoding.MULTIPART):
        return content
    if isinstance(known, ir.ObjectType | ir.MapType | ir.UnionType | ir.AnyType):
        return content
    pointer = content.type.pointer
    diagnostics.warning(
        "form-without-fields",
        f"a body of {content.media_type} is made of named fields, and this schema has none",
        at=content.pointer,
        help="write `type: object` with a property for each field",
    )
    if isinstance(known, ir.StringType) and encoding is Encoding.MULTIPART:
        file = replace(known, pointer=f"{pointer}/file", format="binary")
        field = ir.Field(file.pointer, "file", file, required=True)
        return replace(content, type=ir.ObjectType(pointer, (field,)))
    return replace(content, type=ir.MapType(pointer, ir.AnyType(pointer)))
