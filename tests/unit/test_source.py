"""Text to data and positions."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic, Diagnostics, Position
from generator.document.source import Source, load, read_source


def _read(text: str | bytes, name: str = "a.yaml") -> Source:
    found = Diagnostics()
    content = text if isinstance(text, bytes) else text.encode()
    source = read_source(content, name, found)
    assert source is not None, list(found)
    assert not len(found)
    return source


def _refuse(text: str | bytes, name: str = "a.yaml") -> Diagnostic:
    found = Diagnostics()
    content = text if isinstance(text, bytes) else text.encode()
    assert read_source(content, name, found) is None
    assert len(found) == 1
    return next(iter(found))


def _place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    assert diagnostic.position is not None
    return diagnostic.id, diagnostic.position.line, diagnostic.position.column


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("2024-02-31", "2024-02-31"),
        ("0123", "0123"),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("0o17", 15),
        ("0x1F", 31),
        ("-12", -12),
        ("+1", 1),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("0.10", 0.1),
        ("-.inf", -math.inf),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'1'", "1"),
        ('"null"', "null"),
        ("!!str 12", "12"),
        ("!!int 12", 12),
        ("18446744073709551616", 18446744073709551616),
    ],
)
def test_yaml_scalars_of_the_core_schema(text: str, value: object) -> None:
    data: Any = _read(f"a: {text}\n").data
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


def test_nan_is_kept() -> None:
    data: Any = _read("- .nan\n").data
    assert math.isnan(data[0])


def test_keys_are_the_text_that_stands_there() -> None:
    text = "200: a\n0x1F: b\nno: c\n1.0: d\nnull: e\n? f\n: g\n2024-01-01: h\n'': i\n"
    data = _read(text).data
    assert data == dict(
        zip(
            ["200", "0x1F", "no", "1.0", "null", "f", "2024-01-01", ""],
            "abcdeghi",
            strict=True,
        )
    )


def test_anchors_aliases_and_merge_keys() -> None:
    text = "base: &b {x: 1, y: 2}\nc: {<<: *b, y: 3}\nd: {<<: [*b, {z: 4}]}\ne: *b\n"
    assert _read(text).data == {
        "base": {"x": 1, "y": 2},
        "c": {"x": 1, "y": 3},
        "d": {"x": 1, "y": 2, "z": 4},
        "e": {"x": 1, "y": 2},
    }


def test_a_quoted_merge_key_is_a_name() -> None:
    assert _read('{"<<": 1}', "a.yaml").data == {"<<": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", ("duplicate-key", 4, 3)),
        ("a: 1\n\tb: 2\n", ("yaml-syntax", 2, 1)),
        ("a: b: c\n", ("yaml-syntax", 1, 5)),
        ("a: [1\n", ("yaml-syntax", 1, 4)),
        ("a:\n  b: 1\nc\nd: 1\n", ("yaml-syntax", 3, 1)),
        ("a: 1\nb: 'x\n", ("yaml-syntax", 2, 4)),
        ("a: @x\n", ("yaml-syntax", 1, 4)),
        ("a: 1\nb: x\x00y\n", ("yaml-syntax", 2, 5)),
        ("a: 1\n---\nb: 2\n", ("several-documents", 2, 1)),
        ("a: !include /etc/passwd\n", ("yaml-tag", 1, 4)),
        ("a: !!python/object/apply:os.system [x]\n", ("yaml-tag", 1, 4)),
        ("a: &a [*a]\n", ("yaml-alias", 1, 8)),
        ("a: *b\n", ("yaml-alias", 1, 4)),
        ("{a: 1}: 2\n", ("yaml-key", 1, 1)),
        ("a: {<<: 1}\n", ("yaml-merge", 1, 10)),
        ("a: " + "9" * 5000 + "\n", ("number-too-long", 1, 4)),
        ("a: 0x" + "f" * 4000 + "\n", ("number-too-long", 1, 4)),
        ("a: 0o" + "7" * 5000 + "\n", ("number-too-long", 1, 4)),
        ("a: " + "[" * 3000 + "]" * 3000, ("too-deep", 1, 253)),
    ],
)
def test_broken_yaml_has_a_place(text: str, expected: tuple[str, int, int]) -> None:
    assert _place(_refuse(text)) == expected


def test_every_doubled_key_is_reported_with_its_pointer() -> None:
    found = Diagnostics()
    read_source(b"a: [{b: 1, b: 2}]\na: 2\n", "a.yaml", found)
    assert [each.pointer for each in found] == ["#/a/0/b", "#/a"]


def test_aliases_may_not_explode() -> None:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 40)]
    start = time.monotonic()
    assert _refuse("\n".join(lines)).id == "alias-expansion"
    assert time.monotonic() - start < 2


def test_aliases_may_not_nest_without_bound() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 1000)]
    assert _refuse("\n".join(lines)).id == "too-deep"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{\n // no\n "a": 1}', ("json-syntax", 2, 2)),
        ('{"a": 1,\n "a": 2}', ("duplicate-key", 2, 2)),
        ('{"a": 1,}', ("json-syntax", 1, 9)),
        ('{"a": 1', ("json-syntax", 1, 8)),
        ('{"a": NaN}', ("json-syntax", 1, 7)),
        ('{"a": "\\ud800"}', ("lone-surrogate", 1, 7)),
        ('{"a": ' + "9" * 5000 + "}", ("number-too-long", 1, 7)),
        ("[" * 100_000, ("too-deep", 1, 251)),
        ("[" * 300 + "]" * 300, ("too-deep", 1, 251)),
        ('{"a": 1} x', ("json-syntax", 1, 10)),
    ],
)
def test_broken_json_has_a_place(text: str, expected: tuple[str, int, int]) -> None:
    assert _place(_refuse(text, "a.json")) == expected


def test_json_keeps_numbers_and_pairs_of_surrogates() -> None:
    data = _read('{"a": [18446744073709551616, 1.5, "\\ud83d\\ude00"]}', "a.json").data
    assert data == {"a": [18446744073709551616, 1.5, "😀"]}


def test_json_under_another_name() -> None:
    assert _read('{"a":\t"\\ud83d\\ude00"}', "openapi").data == {"a": "😀"}
    assert _read("{a: 1}", "openapi").data == {"a": 1}
    assert _refuse('{"a": 1, "a": 2}', "openapi").id == "duplicate-key"


@pytest.mark.parametrize("content", [b"", b"  \n", b"# only this\n", b"---\n# x\n"])
def test_an_empty_document(content: bytes) -> None:
    assert _refuse(content).id == "empty-document"
    assert _refuse(b"", "a.json").id == "empty-document"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\n <html>", "web page"),
        (b"<?xml version='1.0'?>", "XML"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<<<<<<< HEAD\na: 1\n", "merge conflict"),
    ],
)
def test_other_files_are_known_by_sight(content: bytes, word: str) -> None:
    found = _refuse(content, "a.json")
    assert found.id == "not-openapi"
    assert word in found.message


def test_bad_bytes_have_a_line() -> None:
    assert _place(_refuse("a: 1\nb: é\n".encode("latin-1"))) == ("not-utf8", 2, 4)


@pytest.mark.parametrize("encoding", ["16", "16-le", "16-be", "32", "32-le", "32-be"])
def test_other_encodings_are_named(encoding: str) -> None:
    refused = _refuse("a: 1".encode(f"utf-{encoding}"))
    assert refused.id == "not-utf8"
    assert f"UTF-{encoding[:2]}" in refused.message


def test_a_byte_order_mark_is_no_harm() -> None:
    source = _read(b"\xef\xbb\xbfa: 1\n")
    assert source.data == {"a": 1}
    assert source.locate(("a",)) == Position("a.yaml", 1, 4, 5, "a: 1")


YAML = """\
info:
  title: "é 😀"
  empty:
paths:
  /a:
    - one
    - k: two
      l: [three, {m: four}]
  long: >
    first
    second
shared: &s {x: 1}
alias: *s
merged: {<<: *s, own: 2}
"""


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (("info",), (1, 1, 5)),
        (("info", "title"), (2, 10, 15)),
        (("info", "empty"), (3, 3, 8)),
        (("paths", "/a"), (5, 3, 5)),
        (("paths", "/a", "0"), (6, 7, 10)),
        (("paths", "/a", "1"), (7, 7, 8)),
        (("paths", "/a", "1", "l"), (8, 7, 8)),
        (("paths", "/a", "1", "l", "1", "m"), (8, 22, 26)),
        (("paths", "long"), (9, 9, 10)),
        (("paths", "/a", "7", "q"), (5, 3, 5)),
        (("alias",), (13, 8, 10)),
        (("alias", "x"), (12, 16, 17)),
        (("merged", "x"), (12, 16, 17)),
        (("merged", "own"), (14, 23, 24)),
    ],
)
def test_positions_in_yaml(
    tokens: tuple[str, ...], expected: tuple[int, int, int]
) -> None:
    for text in (YAML, YAML.replace("\n", "\r\n")):
        found = _read(text).locate(tokens)
        assert (found.line, found.column, found.end_column) == expected
        assert found.text == YAML.splitlines()[found.line - 1]


def test_positions_in_json() -> None:
    text = '{\n "a": {"b\\n": [1,\n  {"c": "x"}, []]}\n}'
    source = _read(text, "a.json")
    for tokens, expected in (
        (("a",), (2, 2)),
        (("a", "b\n"), (2, 8)),
        (("a", "b\n", "0"), (2, 16)),
        (("a", "b\n", "1"), (3, 3)),
        (("a", "b\n", "1", "c"), (3, 9)),
        (("a", "b\n", "2"), (3, 15)),
        (("nothing",), (1, 1)),
    ):
        found = source.locate(tokens)
        assert (found.line, found.column) == expected


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    found = Diagnostics()
    assert load(tmp_path / "no.yaml", found) is None
    assert load(tmp_path, found) is None
    assert load("a\0b", found) is None
    assert [each.id for each in found] == ["missing-file"] * 3


def test_a_file_knows_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1\n")
    source = load(tmp_path / "a.yaml", Diagnostics())
    assert source is not None
    assert source.folder == tmp_path.resolve()
