"""Arguments as forms, of fields and of parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.runtime._forms import (
    FilePart,
    as_file,
    encode_form,
    encode_multipart,
    form_fields,
)
from generator.runtime._operation import UNSET
from generator.runtime.errors import ConfigurationError

from .support import Person


def test_form() -> None:
    assert encode_form({"a": "x y&", "b": [1, 2], "c": UNSET}) == b"a=x+y%26&b=1&b=2"


def test_multipart() -> None:
    body, media = encode_multipart({"a": 1, "f": ('n".txt', b"\x00"), "c": UNSET})
    boundary = media.partition("boundary=")[2].encode()
    assert body.count(b"--" + boundary) == 3
    assert b'name="a"\r\n\r\n1\r\n' in body
    assert b'name="f"; filename="n%22.txt"' in body
    assert body.endswith(b"--" + boundary + b"--\r\n")


def parts(value: object, style: str = "") -> bytes:
    body, media = encode_multipart({"x": value}, {("body", "x"): style})
    return body.replace(media.partition("boundary=")[2].encode(), b"B")


def part(content: bytes, head: str = "") -> bytes:
    return (
        b'--B\r\nContent-Disposition: form-data; name="x"'
        + head.encode()
        + b"\r\n\r\n"
        + content
        + b"\r\n"
    )


@pytest.mark.parametrize(
    ("value", "style", "wire"),
    [
        ("é", "", part("é".encode())),
        ([1, 2], "", part(b"1") + part(b"2")),
        (
            [1, 2],
            "application/json",
            part(b"[1,2]", "\r\nContent-Type: application/json"),
        ),
        ({"k": 1}, "", part(b'{"k":1}', "\r\nContent-Type: application/json")),
        (
            FilePart(b"\x00", "a.png", "image/png"),
            "image/*",
            part(b"\x00", '; filename="a.png"\r\nContent-Type: image/png'),
        ),
        (
            [b"1", ("two.txt", b"2", "text/plain")],
            "",
            part(b"1", '; filename="x"\r\nContent-Type: application/octet-stream')
            + part(b"2", '; filename="two.txt"\r\nContent-Type: text/plain'),
        ),
        ([], "", b""),
    ],
)
def test_parts(value: object, style: str, wire: bytes) -> None:
    assert parts(value, style) == wire + b"--B--\r\n"


def test_a_part_can_not_bring_headers_of_its_own() -> None:
    with pytest.raises(ConfigurationError):
        parts(FilePart(b"", "a", "text/plain\r\nX: y"))
    assert b'filename="a%0D%0AX%22"' in parts(FilePart(b"", 'a\r\nX"'))


def test_a_form_is_made_of_fields() -> None:
    assert form_fields(Person(first_name="O")) == {"firstName": "O"}
    for wrong in ([1], b"x", "x", FilePart(b"")):
        with pytest.raises(ConfigurationError, match="named fields"):
            form_fields(wrong)


@pytest.mark.parametrize(
    "value",
    [
        b"x",
        bytearray(b"x"),
        FilePart(b"x"),
        ("a.txt", b"x"),
        [b"x", FilePart(b"y")],
        None,
        UNSET,
    ],
)
def test_what_can_be_a_file(value: object) -> None:
    assert as_file(value) == value


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("own.py", "str"),
        ([b"x", "own.py"], "str"),
        (Path("own.py"), "PosixPath"),
        (1, "int"),
    ],
)
def test_what_is_no_file(value: object, kind: str) -> None:
    with pytest.raises(ConfigurationError, match=f"bytes or a FilePart, not {kind}"):
        as_file(value)
