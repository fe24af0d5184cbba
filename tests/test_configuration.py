"""The configuration: its options, its published schema, its page, what is refused."""

from __future__ import annotations

import json
import os
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import validator_for

from generator.config import Config
from generator.errors import UsageError
from generator.options import Option, option, options_of, read_table, schema_of
from tests.support.command import ROOT, run

SCHEMA = ROOT / "docs" / "schemas" / "config.json"
PAGE = ROOT / "docs" / "configuration.md"
HEAD = "| option | kind | default | what it is |\n|---|---|---|---|\n"
UPDATE = "UPDATE_CASES" in os.environ


def _schema() -> str:
    made = schema_of(Config, "[tool.openapi-vendor] of pyproject.toml")
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _row(each: Option) -> str:
    kinds: dict[Any, str] = {str: "text", bool: "true or false", int: "number"}
    if each.item is None:
        kind, default = kinds[each.kind], json.dumps(each.default)
    else:
        kind = "list of texts" if each.item is str else "array of tables"
        default = "[]"
    return f"| `{each.name}` | {kind} | `{default}` | {each.help} |\n"


def test_the_published_schema_is_that_of_the_options() -> None:
    if UPDATE:
        SCHEMA.write_text(_schema(), encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == _schema()


def test_the_page_lists_every_option() -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, after = page.partition(HEAD)
    rest = re.sub(r"\A(\|.*\n)*", "", after)
    made = before + HEAD + "".join(map(_row, options_of(Config))) + rest
    if UPDATE:
        PAGE.write_text(made, encoding="utf-8")
    assert HEAD in page
    assert PAGE.read_text(encoding="utf-8") == made


def test_every_field_is_an_option_but_the_root() -> None:
    options = [each.name for each in options_of(Config)]
    assert [*options, "root"] == [field.name for field in fields(Config)]
    assert all(each.help.endswith(".") for each in options_of(Config))


def test_the_schema_takes_what_is_shown_and_what_is_in_use() -> None:
    validator = validator_for(json.loads(SCHEMA.read_text()))
    shown = re.findall(r"^```toml\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.M)
    for text in [*shown, (ROOT / "pyproject.toml").read_text()]:
        assert validator.is_valid(tomllib.loads(text)["tool"]["openapi-vendor"])
    assert not validator.is_valid({"sepc": "api.yaml"})
    assert not validator.is_valid({"overlays": "a.yaml"})


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("sepc = 'a'", "has no option `sepc`\n   help: did you mean `spec`?"),
        ("Overlay = []", "has no option `Overlay`\n   help: did you mean `overlays`?"),
        (
            "frobnicate = 1",
            "has no option `frobnicate`\n   help: known: spec, overlays",
        ),
        ("strict = 'yes'", "`strict` should be true or false, not text\n   help: Take"),
        ("strict = 1", "`strict` should be true or false, not 1\n"),
        ("spec = true", "`spec` should be text, not true\n"),
        ("spec = {file = 'a'}", "`spec` should be text, not a table\n"),
        ("overlays = 'a'", "`overlays` should be a list of texts, not text\n"),
        ("overlays = ['a', 1]", "`overlays` should be a list of texts; 1 is none\n"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, lines: str, said: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.openapi-vendor]\n{lines}\n")
    done = run("lint", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "pyproject.toml: [tool.openapi-vendor]" in done.stderr
    assert said in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "tool = 1\n",
        '[project]\nname = "x"\ndependencies = ["openapi-vendor"]\n',
        "# [tool.openapi-vendor]\n",
    ],
)
def test_a_file_without_the_table_is_passed_by(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.openapi-vendor]\nspec = "no.yaml"\n'
    )
    below = tmp_path / "below"
    below.mkdir()
    (below / "pyproject.toml").write_text(text)
    done = run("lint", cwd=below)
    assert done.returncode == 2
    assert "no.yaml" in done.stderr


@dataclass(frozen=True)
class _Rule:
    rule: str = option("The rule.")
    files: tuple[str, ...] = option("Where.", (), is_path=True)


@dataclass(frozen=True)
class _Options:
    rules: tuple[_Rule, ...] = option("Rules.", ())
    limit: int = option("How many.", 3)


def test_tables_inside_are_read_and_described() -> None:
    table = {"rules": [{"rule": "a", "files": ["x"]}], "limit": 4}
    read = read_table(_Options, table, "here", lambda path: f"/{path}")
    assert read == _Options((_Rule("a", ("/x",)),), 4)
    validator = validator_for(schema_of(_Options, "Options"))
    assert validator.is_valid(table)
    assert not validator.is_valid({"rules": [{"files": []}]})
    assert not validator.is_valid({"rules": [{"rule": "a", "flies": []}]})


@pytest.mark.parametrize(
    ("table", "said", "help_"),
    [
        ([], "here should be a table, not a list", ""),
        (
            {"rules": [{"rule": "a"}, {"rule": "a", "flies": []}]},
            "here: `rules`, entry 2 has no option `flies`",
            "did you mean `files`?",
        ),
        ({"rules": [{}]}, "here: `rules`, entry 1 has no `rule`", "The rule."),
        ({"rules": {}}, "here: `rules` should be an array of tables, not a table", ""),
        ({"limit": True}, "here: `limit` should be a whole number, not true", ""),
    ],
)
def test_tables_inside_are_checked(table: object, said: str, help_: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_table(_Options, table, "here")
    assert str(caught.value) == said
    assert caught.value.help.startswith(help_)
