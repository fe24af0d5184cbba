"""References to files beside the document: followed inside its folder only."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import Diagnostics
from generator.document.node import Document
from generator.document.source import load

from .support import findings, node_at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "spec"
    (inner / "models").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("Secret: {type: string}\n")
    (inner / "models" / "pet.yaml").write_text(
        "Pet:\n"
        "  properties:\n"
        "    tag: {$ref: '#/Tag'}\n"
        "    owner: {$ref: 'owner.yaml'}\n"
        "    back: {$ref: '../api.yaml#/components/schemas/Own'}\n"
        "    gone: {$ref: '#/Gone'}\n"
        "Tag: {type: string}\n"
    )
    (inner / "models" / "owner.yaml").write_text("{type: object}\n")
    (inner / "models" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    return inner


def _load(folder: Path, schema: str) -> Document:
    (folder / "api.yaml").write_text(
        f"components:\n  schemas:\n    Own: {{type: number}}\n    A: {schema}\n"
    )
    source = load(folder / "api.yaml", Diagnostics())
    assert source is not None
    return Document(source)


def test_files_beside_the_document(folder: Path) -> None:
    document = _load(folder, "{$ref: 'models/pet.yaml#/Pet'}")
    (found,) = findings(document)
    assert found.pointer == "models/pet.yaml#/Pet/properties/gone/$ref"
    position = document.locate(found.pointer)
    assert position is not None
    assert position.file == str(folder / "models" / "pet.yaml")
    assert position.line == 6
    pet = node_at(document, "components", "schemas", "A").follow()
    assert pet.pointer == "models/pet.yaml#/Pet"
    kinds = {
        name: each.follow().pointer
        for name, each in pet.entries("properties")
        if name != "gone"
    }
    assert kinds == {
        "tag": "models/pet.yaml#/Tag",
        "owner": "models/owner.yaml#",
        "back": "#/components/schemas/Own",
    }


def test_a_symbolic_link_may_not_lead_outside(folder: Path) -> None:
    (found,) = findings(_load(folder, "{$ref: 'models/link.yaml#/Secret'}"))
    assert found.id == "outside-reference"


def test_a_missing_file_and_a_broken_one(folder: Path) -> None:
    (found,) = findings(_load(folder, "{$ref: 'models/no.yaml'}"))
    assert found.id == "dangling-reference"
    assert "no.yaml" in found.message
    (folder / "models" / "owner.yaml").write_text("a: b: c\n")
    (found,) = findings(_load(folder, "{$ref: 'models/owner.yaml'}"))
    assert found.id == "yaml-syntax"
    assert found.position is not None
    assert found.position.file.endswith("owner.yaml")
