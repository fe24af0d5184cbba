"""Documents made at random from the grammar: each ends in a package that imports."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import tempfile
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, note, settings

from generator import pipeline
from generator.config import Config
from generator.diagnostics import InputError
from tests.support.grammar import Data, count_operations, documents
from tests.support.packages import importable

# What may be refused of a legal document: names that say nothing, loops of `allOf`.
REFUSALS = {"nameless", "all-of-loop", "no-words", "impossible-name"}
_NUMBERS = count()


def generated(document: Data, folder: Path, name: str) -> bool:
    """Write the client of a document into a folder; False if it is refused."""
    spec = folder / "spec.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    try:
        made = pipeline.generate(
            Config(spec=str(spec), output="out", package=name, client="Exchange")
        )
    except InputError as error:
        ids = {each.id for each in error.diagnostics if each.severity == "error"}
        assert ids <= REFUSALS, ids
        return False
    assert len(made.compiled.api.operations) == count_operations(document)
    for path, content in made.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return True


def import_all(folder: Path, name: str) -> None:
    """Import every module of a package, and forget them again."""
    try:
        with importable(folder):
            for file in sorted((folder / name).glob("*.py")):
                importlib.import_module(f"{name}.{file.stem}".removesuffix(".__init__"))
    finally:
        for module in [m for m in sys.modules if m.split(".")[0] == name]:
            del sys.modules[module]


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(documents())
def test_any_legal_document_generates_and_imports(document: Data) -> None:
    name = f"grown{next(_NUMBERS)}"
    folder = Path(tempfile.mkdtemp())
    note(json.dumps(document))
    try:
        if generated(document, folder, name):
            import_all(folder, name)
    finally:
        shutil.rmtree(folder)
