"""The folders of `tests/revisions`, and `diff` of one of them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import cli

from .command import ROOT

CASES = ROOT / "tests" / "revisions"
BREAKING = CASES / "field_of_a_shared_schema_removed"
ADDED = CASES / "operation_added"


def diff(case: Path, *options: str | Path) -> Result:
    arguments = ["diff", case / "old.yaml", case / "new.yaml", *options]
    return CliRunner().invoke(cli, [str(a) for a in arguments])
