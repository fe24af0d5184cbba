"""A small change of a document is a small change of its client, and order is none."""

from __future__ import annotations

import copy
import difflib
import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.config import Config
from generator.pipeline import generate
from tests.support.command import ROOT
from tests.support.documents import Data, read
from tests.support.packages import OVERLAY, SPECS
from tests.support.shuffled import normal_form, shuffled

Files = Mapping[str, bytes]
SHIPPED = ROOT / "spec" / "main_api_v4.yaml"
PUBLISHED = sorted(SPECS.glob("*.yaml"))
DOCUMENTS = [SHIPPED, *PUBLISHED]
FLEX = "whitebit/crypto_lending_flex.py"


def _overlay(file: Path) -> Path:
    return ROOT / "spec" / "overlay.yaml" if file == SHIPPED else OVERLAY


def _made(document: Data, file: Path, folder: Path) -> Files:
    """Return what is generated from data."""
    spec = folder / "api.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    return _generated(spec, _overlay(file))


@functools.cache
def _published(file: Path) -> Files:
    return _generated(file, _overlay(file))


def _generated(spec: Path, overlay: Path) -> Files:
    """Return what is made of a document: no lock, and nothing that is copied."""
    config = Config(
        spec=str(spec),
        overlays=(str(overlay),),
        output="out",
        package="whitebit",
        client="WhiteBIT",
    )
    files = generate(config).files
    copied = re.compile(r"spec\.lock|tests/client_harness/.*|whitebit/_(?!_init__).*")
    return {n: text for n, text in files.items() if not copied.fullmatch(n)}


def _changes(before: Files, after: Files) -> dict[str, list[str]]:
    """Return the lines that a reviewer sees, by file."""
    found: dict[str, list[str]] = {}
    for name in sorted({*before, *after}):
        old, new = before.get(name, b""), after.get(name, b"")
        if old != new:
            lines = difflib.unified_diff(
                old.decode().splitlines(), new.decode().splitlines(), n=0, lineterm=""
            )
            found[name] = [x for x in lines if not x.startswith(("---", "+++", "@@"))]
    return found


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    "file", DOCUMENTS, ids=lambda file: file.parent.name[-5:] + "-" + file.stem
)
def test_the_order_of_keys_changes_no_byte_where_it_means_nothing(
    file: Path, seed: int, tmp_path: Path
) -> None:
    document = read(file)
    mixed = shuffled(document, seed, everything=False)
    assert json.dumps(mixed) != json.dumps(document)
    assert json.dumps(mixed["paths"]) != json.dumps(document["paths"])
    assert _made(mixed, file, tmp_path) == _published(file)


def _calls(index: bytes) -> list[tuple[str, list[str], str]]:
    """Return what is called in an index, its arguments in order, and the request."""
    lines = index.decode().splitlines()
    cells = [line.split("`") for line in lines if line.startswith("| `")]
    return [
        (call.partition("(")[0], sorted(re.findall(r"(\w+)=", call)), request)
        for _, call, _, request, _ in cells
    ]


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize(
    "file", DOCUMENTS, ids=lambda file: file.parent.name[-5:] + "-" + file.stem
)
def test_no_order_of_keys_changes_a_name(file: Path, seed: int, tmp_path: Path) -> None:
    before = _published(file)
    after = _made(shuffled(read(file), seed, everything=True), file, tmp_path)
    assert before.keys() == after.keys()
    assert _calls(before["API.md"]) == _calls(after["API.md"])
    for name in before:
        if name.startswith("whitebit/") and name.endswith(".py"):
            old, new = before[name].decode(), after[name].decode()
            assert normal_form(new) == normal_form(old), name


# --- small changes ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> tuple[Data, Files]:
    return read(SHIPPED), _published(SHIPPED)


def _objects(schema: Data) -> Iterator[Data]:
    """Yield the objects with fields inside the schema of an answer."""
    if schema.get("properties"):
        yield schema
        for part in schema["properties"].values():
            yield from _objects(part)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _objects(schema[key])


def _answers(document: Data) -> Iterator[Data]:
    """Yield every object of a success, those of components once."""
    for item in document["paths"].values():
        for operation in item.values():
            for status, response in operation["responses"].items():
                if status.startswith("2"):
                    for content in response.get("content", {}).values():
                        yield from _objects(content["schema"])
    for name, schema in document["components"]["schemas"].items():
        if not name.startswith("Error"):
            yield from _objects(schema)


def test_an_optional_field_of_an_answer_is_three_lines_at_most(
    shipped: tuple[Data, Files], tmp_path: Path
) -> None:
    document, before = shipped
    count = sum(1 for _ in _answers(document))
    assert count > 12
    for wire_name in ("remark", "lastRemark"):
        for index in range(0, count, 3):
            changed = copy.deepcopy(document)
            fields = list(_answers(changed))[index]["properties"]
            fields[wire_name] = {"type": "string", "description": "What was said last."}
            changes = _changes(before, _made(changed, SHIPPED, tmp_path))
            assert len(changes) <= 1, changes
            assert sum(map(len, changes.values())) <= 3, changes


def _descriptions(node: Any, pointer: str = "") -> Iterator[tuple[str, Data]]:
    if isinstance(node, dict):
        if isinstance(node.get("description"), str):
            yield pointer, node
        for key, part in node.items():
            if key not in ("example", "examples"):
                yield from _descriptions(part, f"{pointer}/{key}")
    elif isinstance(node, list):
        for index, part in enumerate(node):
            yield from _descriptions(part, f"{pointer}/{index}")


def test_a_sentence_more_is_one_file_and_the_lock(
    shipped: tuple[Data, Files], tmp_path: Path
) -> None:
    document, before = shipped
    places = [pointer for pointer, _ in _descriptions(document)]
    kinds = {re.sub(r"\d+|/paths/[^/]*|(?<=schemas/)\w+", "", p): p for p in places}
    touched = 0
    for pointer in list(kinds.values())[::3]:
        changed = copy.deepcopy(document)
        node = dict(_descriptions(changed))[pointer]
        node["description"] = f"{node['description'].rstrip()} One sentence more."
        changes = _changes(before, _made(changed, SHIPPED, tmp_path))
        assert len(changes) <= 1, (pointer, sorted(changes))
        touched += len(changes)
    assert touched > 5


NEW_OPERATION = {
    "operationId": "getFlexRemarks",
    "summary": "Flex remarks",
    "tags": ["Crypto Lending - Flex"],
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"ticker": {"type": "string"}},
                }
            }
        }
    },
    "responses": {
        "200": {
            "description": "Remarks",
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": {"remark": {"type": "string"}},
                    }
                }
            },
        }
    },
}


def test_an_operation_more_only_adds(
    shipped: tuple[Data, Files], tmp_path: Path
) -> None:
    document, before = shipped
    changed = copy.deepcopy(document)
    changed["paths"]["/api/v4/main-account/smart-flex/remarks"] = {
        "post": NEW_OPERATION
    }
    changes = _changes(before, _made(changed, SHIPPED, tmp_path))
    own = {FLEX, "tests/test_crypto_lending_flex.py"}
    assert {"API.md", FLEX} <= changes.keys() <= {"API.md", *own}
    for name, lines in changes.items():
        assert [line for line in lines if not line.startswith("+")] == [], name
    assert len(changes["API.md"]) == 1


def test_an_operation_of_a_new_group_adds_a_module(
    shipped: tuple[Data, Files], tmp_path: Path
) -> None:
    document, before = shipped
    changed = copy.deepcopy(document)
    operation = {**NEW_OPERATION, "tags": ["Remarks"]}
    changed["paths"]["/api/v4/remarks"] = {"post": operation}
    changes = _changes(before, _made(changed, SHIPPED, tmp_path))
    added = {"whitebit/remarks.py", "tests/test_remarks.py"}
    assert changes.keys() - added == {"API.md", "whitebit/client.py"}
    for name, lines in changes.items():
        assert [line for line in lines if not line.startswith("+")] == [], name
