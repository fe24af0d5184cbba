"""Files that are no OpenAPI document at all, told by how they begin."""

from __future__ import annotations

import re

from .faults import Fault

_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
)
# By a mark, or by how the first letter, which is ASCII, lies among zeros.
_ENCODINGS = (
    (re.compile(rb"\xff\xfe\0\0|\0\0\xfe\xff|[^\0]\0\0\0|\0\0\0[^\0]"), "UTF-32"),
    (re.compile(rb"\xff\xfe|\xfe\xff|[^\0]\0|\0[^\0]"), "UTF-16"),
)

_OTHER = "name a YAML or JSON file with an OpenAPI document"


def foreign_fault(content: bytes, *, is_page: bool = False) -> Fault | None:
    """Recognise a failed download, an image, an archive and the like.

    A documentation page may begin with a tag: MDX has components.
    """
    for magic, what in _MAGIC:
        if content.startswith(magic):
            return _whole_file(f"this is {what}, no OpenAPI document")
    encoding = next((name for mark, name in _ENCODINGS if mark.match(content)), "")
    if encoding:
        return Fault(
            "not-utf8",
            f"this file is encoded in {encoding}",
            -1,
            -1,
            "save it as UTF-8",
        )
    head = content[:512]
    words = head.lstrip().lower()
    place = len(head) - len(head.lstrip())
    if words.startswith((b"<!doctype html", b"<html")):
        return _foreign_text(
            "this is a web page, no OpenAPI document",
            "download the document itself: this looks like an error page",
            place,
        )
    if words.startswith(b"<<<<<<< "):
        return _foreign_text(
            "this file begins with a merge conflict", "resolve it with git first", place
        )
    is_tag = words.startswith(b"<") and not words.startswith(b"<<")
    if is_tag and (not is_page or words.startswith(b"<?xml")):
        return _foreign_text("this is XML, no OpenAPI document", _OTHER, place)
    if words.startswith(b"version https://git-lfs"):
        return _foreign_text(
            "this is a Git LFS pointer, not the document itself",
            "fetch the document with `git lfs pull`",
            place,
        )
    return None


def _whole_file(message: str) -> Fault:
    return Fault("not-openapi", message, -1, -1, _OTHER)


def _foreign_text(message: str, help_text: str, place: int) -> Fault:
    return Fault("not-openapi", message, place, place + 512, help_text)
