"""The comparison against the verdicts of another differ on 132 small pairs."""

from __future__ import annotations

import json

import pytest

from generator import pipeline
from generator.config import Config
from tests.support.command import SHARED, WITHOUT_SHARED

SUITE = SHARED / "diff-suite"
pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason=WITHOUT_SHARED)

# Verdicts on a policy of that tool, about dates of sunset and levels of stability.
POLICY = ("011", "040", "042", "048", "051", "226", "229", "329")
# Verdicts that differ from ours, and why ours stand.
DISAGREED = {
    "135": "a pattern was added to a read-only field: requests do not hold it, and an"
    " answer that fits the pattern fitted before",
    "141": "a default was added to a parameter: no call is refused; `review`",
    "147": "the part that was added to `allOf` has no field of its own: the same shape",
    "235": "a value of the path was renamed (it travels by place), and its default, which"
    " a required value never uses, changed",
    "237": "a default was removed from a parameter: no call is refused; `review`",
    "274": "the part that was added to `allOf` has one optional field, as if it had been"
    " added beside the others",
}


def _cases() -> list[tuple[str, bool]]:
    if not SUITE.is_dir():
        return []
    listed = json.loads((SUITE / "expected.json").read_text())
    return [(c["case"], c["breaking"]) for c in listed if c["case"][:3] not in POLICY]


@pytest.mark.parametrize(("case", "breaking"), _cases())
def test_case(case: str, breaking: bool) -> None:
    old, new = (
        Config(
            spec=str(SUITE / "cases" / case / name), package="client", client="Exchange"
        )
        for name in ("base.yaml", "revision.yaml")
    )
    found = pipeline.compare(old, new)
    agreed = any(f.wire_breaking for f in found.findings) == breaking
    assert agreed == (case[:3] not in DISAGREED), [f.message for f in found.findings]


def test_enough_verdicts_agree() -> None:
    cases = _cases()
    assert len(cases) == 124
    assert 1 - len(DISAGREED) / len(cases) >= 0.95
    kept = [c for c, breaking in cases if not breaking and c[:3] not in DISAGREED]
    assert len(kept) >= 20
