"""What is written as YAML reads as the same, and the same again."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostics
from generator.document.differences import first_difference
from generator.document.source import read_source
from generator.document.yaml_writer import UnwritableError, stable_yaml

ODD = {
    "no": "no", "on": "yes", "octal": "0o14", "old octal": "014", "exponent": "1e3",
    "date": "2025-01-01", "time": "1:30", "empty": "", "null": "null", "tilde": "~",
    "space": " a ", "block": "a\n\n  b\n", "trailing": "a \nb", "tab": "\ta\n\tb",
    "mark": "- a", "hash": "a # b", "colon": "a: b", "quote": "it's \"so\"",
    "control": "\x00\x1b\x85\u2028", "wide": "ключ 鍵 🔑", "long": "word " * 200,
    "digits": "1" * 5000, "merge": "<<", "<<": "a", "": "no key", "1": 1, "true": True,
    "float": 1e20, "small": 1e-7, "one": 1.0, "list": [[], {}, [[1]], [{"a": None}]],
}  # fmt: skip


def test_what_yaml_can_not_hold_is_refused() -> None:
    for data in ({"half": "\ud800"}, {"long": 16**5000}):
        with pytest.raises(UnwritableError):
            stable_yaml(data)


def test_what_is_written_reads_as_the_same() -> None:
    written = stable_yaml(ODD)
    found = Diagnostics()
    again = read_source(written, "a.yaml", found)
    assert len(found) == 0
    assert again is not None
    assert first_difference(ODD, again.data) is None
    assert isinstance(again.data, dict)
    assert list(again.data) == list(ODD)
    assert stable_yaml(again.data) == written
