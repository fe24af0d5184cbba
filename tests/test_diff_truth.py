"""The comparison against what is known of real revisions of WhiteBIT's document.

`truth.json` says of 19 pairs (and of one that can't be read) what changed, for whom it
breaks and whether it was a rename. Its verdicts on the Python surface were written before
the client had its shape: where a row contradicts what the two packages show, the packages
are right, and the row is listed here.
"""

from __future__ import annotations

from typing import Any

import pytest

from generator import pipeline
from generator.config import Config
from generator.diagnostics import InputError
from tests.support.command import WITHOUT_SHARED
from tests.support.revisions import REVISIONS, compared, score, truth

pytestmark = pytest.mark.skipif(not REVISIONS.is_dir(), reason=WITHOUT_SHARED)
PAIRS = truth() if REVISIONS.is_dir() else []
READABLE = [pair for pair in PAIRS if "026" not in (pair["old"][:3], pair["new"][:3])]

# Rows (pairs, kind, operations; none: all) whose surface verdict the packages contradict.
OTHERWISE: dict[tuple[str, str], tuple[str, str]] = {
    ("001-002", "response.property.removed"): (
        "getCreditLineInfo",
        "bodies of refusals have no class: an error carries its own fields",
    ),
    ("011-012", "response.property.added"): (
        "subAccountTransfer",
        "`dict[str, Json]` became a class: `result['x']` fails",
    ),
    ("028-029", "request.property.renamed"): (
        "",
        "`uniqueId` and `unique_id` are both `unique_id` in Python",
    ),
    ("028-029", "response.property.renamed"): (
        "",
        "`transactionId` and `transaction_id` are both `transaction_id` in Python",
    ),
    ("028-029", "error.example.key_changed"): (
        "",
        "fields of an error are looked up by text, no symbol has their name",
    ),
    ("028-035", "request.property.renamed"): ("", "as 028-029"),
    ("028-035", "request.property.required.renamed"): ("", "as 028-029"),
    ("028-035", "response.property.renamed"): ("", "as 028-029"),
    ("028-035", "error.example.key_changed"): ("", "as 028-029"),
    ("052-053", "response.status.error.changed"): (
        "getMainBalance",
        "no reason was documented, so no symbol says which exception comes",
    ),
    ("052-053", "error.example.key_changed"): (
        "createFixedInvestment",
        "fields of an error are looked up by text, no symbol has their name",
    ),
    ("052-053", "error.example.code_changed"): (
        "",
        "codes of an error are compared by value, no symbol has their name",
    ),
    ("052-053", "error.example.restructured"): (
        "",
        "a reason without a name was called after its words; the member is gone",
    ),
}


def _id(pair: dict[str, Any]) -> str:
    return f"{pair['old'][:3]}-{pair['new'][:3]}"


def test_every_pair_is_there() -> None:
    assert (len(READABLE), len(PAIRS)) == (19, 20)


@pytest.mark.parametrize("pair", READABLE, ids=_id)
def test_a_pair_breaks_on_the_wire_or_does_not(pair: dict[str, Any]) -> None:
    found = compared(pair["old"], pair["new"])
    breaks = any(row["wire_breaking"] for row in pair["changes"])
    assert any(f.wire_breaking for f in found.findings) == breaks
    # In Python one more pair breaks: a dict became a class.
    assert found.breaking == (breaks or _id(pair) == "011-012")


@pytest.mark.parametrize("pair", READABLE, ids=_id)
def test_every_row_is_found_with_its_verdicts(pair: dict[str, Any]) -> None:
    wrong: list[str] = []
    excused: set[tuple[str, str]] = set()
    for scored in score(pair, compared(pair["old"], pair["new"])):
        key = (_id(pair), scored.row["kind"])
        text = f"{key[1]} {scored.operation} {scored.field}"
        if not scored.found or not scored.wire:
            wrong.append(f"{text}: {[f.message for f in scored.findings]}")
        if scored.found and not scored.surface:
            operation, _ = OTHERWISE.get(key, ("?", ""))
            excused.add(key)
            if operation not in ("", scored.operation):
                wrong.append(f"{text}: surface")
    assert wrong == []
    assert excused == {key for key in OTHERWISE if key[0] == _id(pair)}


@pytest.mark.parametrize("pair", READABLE, ids=_id)
def test_renames_are_those_that_are_known(pair: dict[str, Any]) -> None:
    known = {row["side"] for row in pair["changes"] if row["kind"].endswith(".renamed")}
    found = compared(pair["old"], pair["new"]).findings
    renamed = {f for f in found if f.rule.endswith("field-renamed")}
    assert {f.side for f in renamed} == known
    for finding in renamed:
        assert "unique_id" in finding.message or "transaction_id" in finding.message
        assert "(confidence 1.00)" in finding.message
    assert not any(f.rule in ("operation-renamed", "component-renamed") for f in found)


def test_a_corrected_nonce_is_one_finding_that_says_regenerate() -> None:
    pair = next(p for p in READABLE if _id(p) == "053-054")
    found = compared(pair["old"], pair["new"])
    assert not found.breaking
    finding, *texts = found.findings
    assert finding.rule == "request-supplied"
    assert len(finding.operations) == 32
    assert "regenerate" in finding.message
    assert {f.kind for f in texts} == {"docs"}


def test_a_document_that_cannot_be_read_is_no_change() -> None:
    config = Config(spec=str(next(REVISIONS.glob("026_*"))))
    with pytest.raises(InputError) as raised:
        pipeline.revision(config)
    (fault,) = raised.value.diagnostics
    assert fault.position is not None
    assert (fault.position.line, fault.position.column) == (5805, 44)
