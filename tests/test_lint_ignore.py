"""Findings that the configuration leaves out: by rule and place, with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import cli
from generator.ignoring import is_meant
from generator.overlay_text import overlay_action, overlay_target

DOCUMENT = """\
openapi: 3.0.3
info: {title: Bakery, version: "1"}
servers: [{url: https://bakery.example}]
paths:
  /breads:
    get: {operationId: listBreads, tags: [Breads], responses: {"204": {description: None.}}}
components:
  schemas:
    Crumb: {type: object}
    Crust: {type: object}
"""
LOST = "Crumb: {type: crumb"
TABLE = '[tool.openapi-vendor]\nspec = "api.yaml"\n'
ENTRY = '[[tool.openapi-vendor.ignore]]\nrule = "unused-component"\nreason = "known"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document in which two components are unused."""
    (tmp_path / "api.yaml").write_text(DOCUMENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _lint(*options: str) -> Result:
    return CliRunner().invoke(cli, ["lint", *options])


@pytest.mark.parametrize(
    ("at", "left"),
    [
        ("#/components/schemas/Crumb", 1),
        ("#/components/schemas", 0),
        ("#/components/*/Cru*", 0),
        ("#", 0),
        ("api.yaml", 0),
        ("*.yaml", 0),
    ],
)
def test_a_place_is_a_pointer_what_is_around_it_a_glob_or_a_file(
    folder: Path, at: str, left: int
) -> None:
    (folder / "pyproject.toml").write_text(f'{TABLE}{ENTRY}at = "{at}"\n')
    data = json.loads(_lint("--format", "json").stdout)
    assert len(data["diagnostics"]) == left
    assert data["ignored"] == 2 - left


def test_what_is_ignored_does_not_count_for_strict(folder: Path) -> None:
    (folder / "api.yaml").write_text(DOCUMENT.replace("Crumb: {type: object", LOST))
    shown = _lint("--spec", "api.yaml", "--strict")
    assert (shown.exit_code, "warning[unknown-type]" in shown.stdout) == (1, True)
    entry = ENTRY.replace("unused-component", "unknown-type")
    (folder / "pyproject.toml").write_text(f'{TABLE}{entry}at = "#"\n')
    done = _lint("--strict")
    assert done.exit_code == 0
    assert done.stdout.endswith("2 findings, 1 ignored\n")


def test_a_note_fails_nothing(folder: Path) -> None:
    done = _lint("--spec", "api.yaml", "--strict")
    assert (done.exit_code, done.stdout.count(": note[")) == (0, 2)


def test_entries_belong_to_the_configured_document(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(f'{TABLE}{ENTRY}at = "#"\n')
    (folder / "other.yaml").write_text(DOCUMENT)
    assert _lint("--spec", "other.yaml").stdout.endswith("2 findings\n")


def test_entries_in_one_line_are_read_too(folder: Path) -> None:
    entry = '{rule = "unused-component", at = "#/components/x", reason = "r"}'
    (folder / "pyproject.toml").write_text(f"{TABLE}ignore = [{entry}]\n")
    shown = _lint().stdout
    assert "pyproject.toml: warning[unmatched-ignore]: no finding of" in shown


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (ENTRY, "`ignore`, entry 1 has no `at`"),
        (ENTRY + 'at = ""\n', "entry 1 of `ignore` has an empty `at`"),
        (ENTRY.replace("known", " ") + 'at = "#"\n', "has an empty `reason`"),
        (ENTRY.replace("reason", "why") + 'at = "#"\n', "has no option `why`"),
        (ENTRY + "at = 7\n", "`at` should be text, not 7"),
        ('ignore = "all"\n', "`ignore` should be an array of tables, not text"),
        ("ignore = [7]\n", "`ignore`, entry 1 should be a table, not 7"),
    ],
)
def test_an_entry_that_is_not_understood_is_refused(
    folder: Path, entry: str, message: str
) -> None:
    (folder / "pyproject.toml").write_text(TABLE + entry)
    done = _lint()
    assert done.exit_code == 2
    assert message in done.stderr
    assert "pyproject.toml" in done.stderr
    assert "help: " in done.stderr


def test_an_error_is_never_ignored(folder: Path) -> None:
    broken = DOCUMENT.replace("{type: object}", "{$ref: '#/components/schemas/No'}", 1)
    (folder / "api.yaml").write_text(broken)
    entry = ENTRY.replace("unused-component", "dangling-reference")
    (folder / "pyproject.toml").write_text(f'{TABLE}{entry}at = "#"\n')
    assert _lint().exit_code == 2


@pytest.mark.parametrize(
    ("pointer", "target"),
    [
        ("#", "$"),
        ("#/paths/~1a~1{b}/get", "$.paths['/a/{b}'].get"),
        ("#/a/responses/200", "$.a.responses['200']"),
        ("#/a/parameters/0/schema", "$.a.parameters[0].schema"),
        ("#/a/it's/b\\c", "$.a['it\\'s']['b\\\\c']"),
        ("#/a/~01", "$.a['~1']"),
        ("#/a/b\n", "$.a['b\\u000a']"),
    ],
)
def test_a_pointer_is_said_as_the_target_of_an_overlay(
    pointer: str, target: str
) -> None:
    assert overlay_target(pointer) == target
    assert yaml.safe_load(overlay_action(pointer, "x-kind: read")) == {
        "target": target,
        "update": {"x-kind": "read"},
    }


def test_a_name_with_the_signs_of_a_glob_is_found_as_it_is() -> None:
    assert is_meant("#/a/[b]", "#/a/[b]/c", "")
    assert not is_meant("#/a", "#/ab", "")
    assert not is_meant("api.yaml", "#/a", "")
