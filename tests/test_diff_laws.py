"""Laws of the comparison, on documents and edits made at random."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from generator import pipeline
from generator.config import Config
from generator.diff import Comparison
from generator.diff.rules import RULES
from tests.support.small_documents import Document, documents
from tests.support.small_edits import EDITS, Edit

Compare = Callable[[Document, Document], Comparison]
LAW = settings(
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def comparing(tmp_path: Path) -> Compare:
    def compare(old: Document, new: Document) -> Comparison:
        configs: list[Config] = []
        for name, document in (("old", old), ("new", new)):
            file = tmp_path / f"{name}.json"
            file.write_text(json.dumps(document))
            configs.append(Config(spec=str(file), package="bakery", client="Bakery"))
        return pipeline.compare(configs[0], configs[1])

    return compare


def edited(document: Document, edits: Sequence[Edit]) -> Document:
    changed = copy.deepcopy(document)
    for edit in edits:
        edit.make(changed)
    return changed


def shuffled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(value)}
    return [shuffled(v) for v in value] if isinstance(value, list) else value


def inlined(value: Any, document: Document) -> Any:
    """Return a document with its references replaced by what they lead to."""
    if isinstance(value, dict):
        if "$ref" in value:
            found: Any = document
            for key in value["$ref"].split("/")[1:]:
                found = found[key]
            return inlined(found, document)
        return {key: inlined(entry, document) for key, entry in value.items()}
    if isinstance(value, list):
        return [inlined(entry, document) for entry in value]
    return value


@LAW
@given(documents())
def test_a_document_does_not_differ_from_itself(
    comparing: Compare, document: Document
) -> None:
    assert comparing(document, document).findings == ()


@LAW
@given(documents())
def test_the_order_of_keys_is_no_change(comparing: Compare, document: Document) -> None:
    assert comparing(document, shuffled(document)).findings == ()


@LAW
@given(documents())
def test_inlined_references_are_no_change_on_the_wire(
    comparing: Compare, document: Document
) -> None:
    found = comparing(document, inlined(document, document))
    # A class is called after the place of its schema, so Python may see the move.
    assert {f.rule for f in found.findings} <= {"python-changed"}
    assert not any(f.wire_breaking for f in found.findings)
    assert all(f.python for f in found.findings)


def test_inlined_parts_without_a_class_are_no_change(comparing: Compare) -> None:
    text = {"type": "string", "maxLength": 5}
    limit = {
        "name": "limit",
        "in": "query",
        "schema": {"$ref": "#/components/schemas/T"},
    }
    answer = {
        "description": "Done.",
        "content": {
            "application/json": {
                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/T"}}
            }
        },
    }
    referring: Document = {
        "openapi": "3.1.0",
        "info": {"title": "Bakery", "version": "1"},
        "paths": {
            "/a": {
                "get": {
                    "operationId": "getA",
                    "parameters": [{"$ref": "#/components/parameters/L"}],
                    "responses": {"200": {"$ref": "#/components/responses/R"}},
                }
            }
        },
        "components": {
            "schemas": {"T": text},
            "parameters": {"L": limit},
            "responses": {"R": answer},
        },
    }
    plain = inlined(referring, referring)
    assert comparing(referring, plain).findings == ()
    assert comparing(plain, referring).findings == ()


@LAW
@given(documents(), st.sampled_from(EDITS))
def test_an_edit_is_named(comparing: Compare, document: Document, edit: Edit) -> None:
    changed = copy.deepcopy(document)
    word = edit.make(changed)
    found = comparing(document, changed).findings
    named = [f for f in found if f.rule in edit.rules]
    assert named, (edit.name, [f.rule for f in found])
    assert any(word in f.message for f in named), (word, [f.message for f in named])


def mirrored(comparison: Comparison) -> set[str]:
    return {_plain(RULES[finding.rule].mirror) for finding in comparison.findings}


def _plain(rule: str) -> str:
    """Leave out what only one direction can tell: that something new is demanded."""
    return rule.removesuffix("-required") if "-added-" in rule else rule


@LAW
@given(
    documents(), st.lists(st.sampled_from(EDITS), min_size=1, max_size=4, unique=True)
)
def test_the_way_back_mirrors_the_way_there(
    comparing: Compare, document: Document, edits: Sequence[Edit]
) -> None:
    changed = edited(document, edits)
    there, back = comparing(document, changed), comparing(changed, document)
    assert {_plain(f.rule) for f in there.findings} == mirrored(back)
    mirror = {"added": "removed", "removed": "added", "changed": "changed"}
    symbols = {(p.symbol, p.change) for f in there.findings for p in f.python}
    returned = {(p.symbol, mirror[p.change]) for f in back.findings for p in f.python}
    assert symbols == returned


@LAW
@given(
    documents(), st.lists(st.sampled_from(EDITS), min_size=1, max_size=3, unique=True)
)
def test_every_symbol_that_moved_belongs_to_a_finding(
    comparing: Compare, document: Document, edits: Sequence[Edit]
) -> None:
    found = comparing(document, edited(document, edits))
    alone = [f for f in found.findings if f.rule == "python-changed"]
    assert alone == []


def _chain(length: int, last: str) -> Document:
    schemas: Document = {
        f"S{n}": {
            "type": "object",
            "properties": {"next": {"$ref": f"#/components/schemas/S{n + 1}"}},
        }
        for n in range(length)
    }
    schemas[f"S{length}"] = {
        "type": "object",
        "properties": {
            "end": {"type": last},
            "again": {
                "oneOf": [{"$ref": "#/components/schemas/S0"}, {"type": "string"}]
            },
        },
    }
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Bakery", "version": "1"},
        "paths": {
            "/a": {
                "get": {
                    "operationId": "getA",
                    "responses": {"200": {"description": "Done.", "content": answer}},
                }
            }
        },
        "components": {"schemas": schemas},
    }


def test_a_long_chain_that_ends_in_its_beginning(comparing: Compare) -> None:
    chain = _chain(700, "string")
    assert comparing(chain, copy.deepcopy(chain)).findings == ()
    (finding,) = comparing(chain, _chain(700, "integer")).findings
    assert finding.rule == "response-type-changed"
    assert [p.symbol for p in finding.python] == ["models.S700.end"]
