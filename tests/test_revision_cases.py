"""Every folder of `revisions`: two documents, and what `diff` says of them.

A case holds `old.yaml`, `new.yaml` and `report.txt`, the report as text. `UPDATE_CASES=1`
rewrites the reports; a person reads that diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from tests.support.revision_cases import CASES

UPDATE = "UPDATE_CASES" in os.environ
NAMES = '[tool.openapi-vendor]\npackage = "bakery"\nclient = "Bakery"\n'


@pytest.mark.parametrize("name", sorted(f.name for f in CASES.iterdir()))
def test_case(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    case = CASES / name
    config = tmp_path / "names.toml"
    config.write_text(NAMES)
    monkeypatch.chdir(case)
    done = CliRunner().invoke(
        cli, ["diff", "old.yaml", "new.yaml", "--config", str(config)]
    )
    if UPDATE:
        (case / "report.txt").write_text(done.stdout, encoding="utf-8")
    assert done.stdout == (case / "report.txt").read_text(encoding="utf-8")
    breaking = "breaks on the wire" in done.stdout or "breaks in Python" in done.stdout
    assert done.exit_code == (1 if breaking else 0), done.output
