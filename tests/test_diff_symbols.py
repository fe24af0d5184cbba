"""What the comparison says of Python symbols is what the generated packages show."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import pytest

from generator.diff import compare
from generator.diff.compare import python_changes
from tests.support.command import WITHOUT_SHARED
from tests.support.python_symbols import (
    asynchronous,
    differences,
    normal,
    symbols_of,
    texts_of,
)
from tests.support.revisions import REVISIONS, parseable, revision

pytestmark = pytest.mark.skipif(not REVISIONS.is_dir(), reason=WITHOUT_SHARED)
NAMES = parseable() if REVISIONS.is_dir() else []
# Words for kinds that are no expressions.
WORDS = ("", "class")


@cache
def _shown(name: str) -> Mapping[str, str]:
    return symbols_of(texts_of(revision(name).package))


def _normal(text: str) -> str:
    return text if text in WORDS else normal(text)


@pytest.mark.parametrize(
    ("old", "new"),
    list(pairwise(NAMES)),
    ids=[f"{a[:3]}-{b[:3]}" for a, b in pairwise(NAMES)],
)
def test_predicted_symbols_are_those_of_the_packages(old: str, new: str) -> None:
    one, other = revision(old), revision(new)
    predicted = python_changes(one, other)
    assert {
        (c.change, c.symbol, _normal(c.before), _normal(c.after))
        for c in predicted.values()
    } == differences(_shown(old), _shown(new))
    found = compare(one, other)
    told = {p.symbol for finding in found.findings for p in finding.python}
    assert told == set(predicted)


def test_every_kind_of_symbol_is_among_them() -> None:
    shown = _shown(NAMES[-1])
    for symbol in (
        "Exchange(api_key)",
        "Server.GLOBAL",
        "codes.create_code",
        "codes.create_code(amount)",
        "codes.CodesApi",
    ):
        assert symbol in shown
    assert any(" raises " in name for name in shown)


def test_both_flavors_have_the_same_symbols() -> None:
    texts = texts_of(revision(NAMES[-1]).package)
    shown = _shown(NAMES[-1])
    found = list(asynchronous(texts))
    assert len(found) > 50
    for module, method, arguments in found:
        assert f"{module}.{method}" in shown
        own = {f"{module}.{method}({name})" for name in arguments}
        assert own == {n for n in shown if n.startswith(f"{module}.{method}(")}
