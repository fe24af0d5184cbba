"""Every rule of the comparison finds a change, and nothing but that change.

What can happen to a value happens to the fields of one object, all at once; everything
else in documents of its own. The way back finds the mirrors of what the way there did.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import pipeline
from generator.config import Config
from generator.diff.rules import RULES
from tests.support.changes import BESIDE, IDLE, OTHERS, VALUES, Json, with_values

Found = Callable[[Json, Json], set[str]]
REVISIONS = Path(__file__).parent / "revisions"
OF_VALUES = {f"{side}-{what}" for side, pairs in VALUES.items() for what in pairs}


@pytest.fixture
def found(tmp_path: Path) -> Found:
    def compare(*documents: Json) -> set[str]:
        configs: list[Config] = []
        for name, document in zip(("old", "new"), documents, strict=True):
            file = tmp_path / f"{name}.json"
            file.write_text(json.dumps(document))
            configs.append(Config(spec=str(file), package="bakery", client="Bakery"))
        return {finding.rule for finding in pipeline.compare(*configs).findings}

    return compare


@pytest.mark.parametrize("side", VALUES)
def test_what_happens_to_values(found: Found, side: str) -> None:
    pairs = VALUES[side].values()
    before, after = (with_values(side, schemas) for schemas in zip(*pairs, strict=True))
    rules = {f"{side}-{what}" for what in VALUES[side]}
    assert found(before, after) == rules
    assert found(after, before) == {RULES[rule].mirror for rule in rules}


@pytest.mark.parametrize("side", VALUES)
def test_what_demands_nothing_is_no_change(found: Found, side: str) -> None:
    silent, stated = (with_values(side, schemas) for schemas in zip(*IDLE, strict=True))
    assert found(silent, stated) == set()
    assert found(stated, silent) == set()


@pytest.mark.parametrize("rule", OTHERS)
def test_what_happens_elsewhere(found: Found, rule: str) -> None:
    before, after = OTHERS[rule]
    rules = {rule, *BESIDE.get(rule, ())}
    assert found(before, after) == rules
    assert found(after, before) == {RULES[each].mirror for each in rules}


def test_no_rule_is_without_a_change() -> None:
    shown = OF_VALUES | OTHERS.keys()
    shown |= {RULES[rule].mirror for rule in shown}
    for report in REVISIONS.glob("*/report.txt"):
        shown |= set(re.findall(r"^\w+\[([a-z-]+)\]:", report.read_text(), re.M))
    assert RULES.keys() - shown == set()
