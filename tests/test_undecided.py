"""What `generate` says of floats that look like money, and when it says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import cli

DOCUMENT = """\
openapi: 3.0.3
info: {title: Bakery, version: "1"}
servers: [{url: https://bakery.example}]
paths:
  /breads:
    get:
      operationId: listBreads
      tags: [Breads]
      parameters: [{name: maxPrice, in: query, schema: {type: number}}]
      responses:
        "200":
          description: Breads.
          content: {application/json: {schema: {$ref: "#/components/schemas/Bread"}}}
components:
  schemas:
    Bread:
      type: object
      properties:
        price: {type: number}
        weight: {type: number}
        fee: {type: string}
"""
TWO = "2 fields look like money and are floats: see `openapi-vendor lint`\n"
ONE = "1 field looks like money and is a float: see `openapi-vendor lint`\n"
ENTRY = """\
[[tool.openapi-vendor.ignore]]
rule = "money-without-rule"
at = "{}"
reason = "no money"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document in which two floats look like money, and a text does."""
    (tmp_path / "api.yaml").write_text(DOCUMENT)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _generate(*options: str) -> Result:
    where = ("--spec", "api.yaml", "--output", "out")
    return CliRunner().invoke(cli, ["generate", *where, *options])


@pytest.mark.usefixtures("folder")
def test_it_is_said_once_and_fails_nothing() -> None:
    for options in ((), ("--strict",), ("--verbose",)):
        done = _generate(*options)
        assert (done.exit_code, done.stderr) == (0, TWO)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("option", ["--quiet", "--check", "--diff", "--format=json"])
def test_it_is_left_out_where_nobody_reads_it(option: str) -> None:
    _generate()
    done = _generate(option)
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("price: {type: number}", "price: {type: number, x-money: true}"),
        ("price: {type: number}", "price: {type: number, x-money: false}"),
        ("price: {type: number}", "price: {type: number, format: decimal}"),
    ],
)
def test_what_the_document_says_is_decided(folder: Path, old: str, new: str) -> None:
    (folder / "api.yaml").write_text(DOCUMENT.replace(old, new))
    assert _generate().stderr == ONE


@pytest.mark.parametrize(
    ("at", "said"),
    [("#/components", ONE), ("api.yaml", ""), ("#/paths", ONE), ("#/info", TWO)],
)
def test_what_is_ignored_is_decided(folder: Path, at: str, said: str) -> None:
    table = '[tool.openapi-vendor]\nspec = "api.yaml"\noutput = "out"\n'
    (folder / "pyproject.toml").write_text(table + ENTRY.format(at))
    assert CliRunner().invoke(cli, ["generate"]).stderr == said
