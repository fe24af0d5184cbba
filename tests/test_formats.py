"""What `lint` and `generate` print for programs: data, annotations, SARIF."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result

from generator.cli import cli
from generator.formats.github import command
from tests.support.command import ROOT

SCHEMAS = ROOT / "docs" / "schemas"
LINT_CASES = sorted((ROOT / "tests" / "lint").glob("*/*/spec.yaml"))
HOSTILE = """\
openapi: 3.0.3
info: {title: Bakery, version: "1"}
servers: [{url: https://bakery.example}]
paths:
  /breads:
    get: {operationId: listBreads, tags: [Breads], responses: {"204": {description: None.}}}
components:
  schemas:
    "50%,\\r\\n::error::[here](https://evil.example)": {type: object}
"""
SLOPPY = """\
openapi: 3.0.3
info: {title: Bakery, version: "1"}
servers: [{url: https://bakery.example}]
paths:
  /breads:
    get:
      operationId: listBreads
      tags: [Breads]
      parameters: [{name: limit, in: query, schema: {type: integer, default: all}}]
      responses: {"204": {description: None.}}
"""


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def _complaints(name: str, data: Any) -> list[str]:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema_rs.meta.validate(schema)
    found = jsonschema_rs.validator_for(schema).iter_errors(data)
    return [error.message for error in found]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("spec", LINT_CASES, ids=lambda f: "-".join(f.parts[-3:-1]))
def test_json_of_lint_has_the_published_shape(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(spec.parent)
    data = json.loads(_run("lint", "--spec", "spec.yaml", "--format", "json").stdout)
    assert _complaints("lint", data) == []
    shown = (spec.parent / "findings.txt").read_text(encoding="utf-8")
    if not (spec.parent / "overlay.yaml").exists():
        assert len(data["diagnostics"]) == len(
            re.findall(r"^\S+:\d+:\d+: ", shown, re.M)
        )


def test_json_of_a_document_that_cannot_be_used_has_the_shape_of_its_command(
    folder: Path,
) -> None:
    (folder / "api.yaml").write_text("openapi: 2")
    for name, options in (("lint", ()), ("generate", ("--output", "out"))):
        done = _run(name, "--spec", "api.yaml", *options, "--format", "json")
        data = json.loads(done.stdout)
        assert done.exit_code == 2
        assert _complaints(name, data) == []
        assert data["diagnostics"][0]["severity"] == "error"


def test_json_of_generate_has_the_published_shape(folder: Path) -> None:
    (folder / "api.yaml").write_text(SLOPPY)
    command_ = ("generate", "--spec", "api.yaml", "--output", "out", "--format", "json")
    stale = _run(*command_, "--check")
    made = _run(*command_)
    for done, code in ((stale, 1), (made, 0)):
        data = json.loads(done.stdout)
        assert done.exit_code == code
        assert _complaints("generate", data) == []
        assert [each["id"] for each in data["diagnostics"]] == ["wrong-default"]
        assert "API.md" in data["written"]


def test_a_schema_that_is_broken_is_noticed() -> None:
    assert _complaints("lint", {"diagnostics": [{"id": "x"}], "ignored": 0})
    assert _complaints("lint", {"diagnostics": []})


@pytest.mark.parametrize(
    ("message", "properties", "expected"),
    [
        ("plain", {}, "::notice::plain"),
        ("100%\r\nnext", {}, "::notice::100%25%0D%0Anext"),
        ("a: b, c", {}, "::notice::a: b, c"),
        ("x", {"file": "C:\\a,b%.yaml"}, "::notice file=C%3A\\a%2Cb%25.yaml::x"),
        ("x", {"file": "a", "line": 3, "title": ""}, "::notice file=a,line=3::x"),
        ("x", {"title": "a\nb"}, "::notice title=a%0Ab::x"),
    ],
)
def test_a_workflow_command_escapes_what_would_end_it(
    message: str, properties: dict[str, str | int], expected: str
) -> None:
    assert command("notice", message, **properties) == expected


def test_text_of_a_document_makes_no_workflow_command(folder: Path) -> None:
    (folder / "api.yaml").write_text(HOSTILE)
    lines = _run("lint", "--spec", "api.yaml", "--format", "github").stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::notice file=api.yaml,line=9,col=5,endColumn=")
    assert ",title=unused-component::no operation leads to" in lines[0]
    assert "50%25,\\r\\n::error::" in lines[0]
    assert lines[1] == "::notice title=lint::1 finding"


def test_github_names_what_is_stale(folder: Path) -> None:
    (folder / "api.yaml").write_text(SLOPPY)
    options = ("--spec", "api.yaml", "--output", "out", "--format", "github")
    done = _run("generate", *options, "--check")
    lines = done.stdout.splitlines()
    assert done.exit_code == 1
    assert lines[0].startswith("::warning file=api.yaml,line=9,col=")
    stale = [line for line in lines if ",title=stale-output::" in line]
    api = "::error file=out/API.md,title=stale-output::API.md: missing%0Ahelp: "
    assert any(line.startswith(api) for line in stale)
    assert lines[-1].startswith("::notice title=generate::out: ")


def test_sarif_names_rules_places_and_relative_files(folder: Path) -> None:
    (folder / "my api.yaml").write_text(SLOPPY + HOSTILE[HOSTILE.index("components") :])
    (folder / "inner").mkdir()
    for spec in ("my api.yaml", str(folder / "my api.yaml")):
        log = json.loads(_run("lint", "--spec", spec, "--format", "sarif").stdout)
        _check_sarif(log)
        wrong, unused = log["runs"][0]["results"]
        assert (wrong["ruleId"], wrong["level"]) == ("wrong-default", "warning")
        assert (unused["ruleId"], unused["level"]) == ("unused-component", "note")
        place = wrong["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "my%20api.yaml"
        assert place["region"] == {"startLine": 9, "startColumn": 78, "endColumn": 81}
        # A viewer makes a link of what looks like one.
        assert "](" not in unused["message"]["text"]


def test_sarif_of_a_document_that_cannot_be_used(folder: Path) -> None:
    (folder / "api.yaml").write_text("openapi: 2")
    done = _run("generate", "--spec", "api.yaml", "--output", "o", "--format", "sarif")
    log = json.loads(done.stdout)
    _check_sarif(log)
    assert done.exit_code == 2
    assert [r["level"] for r in log["runs"][0]["results"]] == ["error"]


def _check_sarif(log: dict[str, Any]) -> None:
    """Check what the standard requires of the parts that are used."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        for location in result["locations"]:
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert not re.search(r"[\s\\<>]", uri)


def test_a_finding_keeps_its_fingerprint_when_lines_move(folder: Path) -> None:
    prints = []
    for text in (SLOPPY, "# a line\n\n" + SLOPPY):
        (folder / "api.yaml").write_text(text)
        done = _run("lint", "--spec", "api.yaml", "--format", "sarif")
        (result,) = json.loads(done.stdout)["runs"][0]["results"]
        prints.append(result["partialFingerprints"])
    assert prints[0] == prints[1]
