"""The command `diff`: inputs, formats, exit codes, the ignore file."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import cli
from generator.diff.rules import RULES
from tests.support.command import ROOT, run

CASES = ROOT / "tests" / "revisions"
BREAKING = CASES / "field_of_a_shared_schema_removed"
ADDED = CASES / "operation_added"
HOSTILE = CASES / "hostile_names"
SCHEMA = ROOT / "generator" / "diff" / "report.schema.json"


def diff(case: Path, *options: str | Path) -> Result:
    arguments = ["diff", case / "old.yaml", case / "new.yaml", *options]
    return CliRunner().invoke(cli, [str(a) for a in arguments])


@pytest.mark.parametrize(
    ("case", "fail_on", "code"),
    [
        (BREAKING, "breaking", 1),
        (BREAKING, "any", 1),
        (BREAKING, "never", 0),
        (ADDED, "breaking", 0),
        (ADDED, "any", 1),
        (ADDED, "never", 0),
    ],
)
def test_exit_code(case: Path, fail_on: str, code: int) -> None:
    assert diff(case, "--fail-on", fail_on).exit_code == code


def test_the_same_document_is_no_change(tmp_path: Path) -> None:
    old = str(BREAKING / "old.yaml")
    done = CliRunner().invoke(cli, ["diff", old, old, "--fail-on", "any"])
    assert (done.exit_code, done.stdout) == (0, f"{old}: no change\n")
    done = CliRunner().invoke(cli, ["diff", old, old, "--format", "markdown"])
    assert (done.exit_code, done.stdout) == (0, "")


@pytest.mark.parametrize("text", ["", "a: [", "openapi: 2.0.0\n", "- 1\n"])
def test_what_cannot_be_read_is_never_breaking(tmp_path: Path, text: str) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(text)
    good = str(BREAKING / "old.yaml")
    for pair in ([good, str(broken)], [str(broken), good]):
        done = CliRunner().invoke(cli, ["diff", *pair, "--fail-on", "any"])
        assert done.exit_code == 2
        assert done.stdout == ""
        assert "broken.yaml" in done.stderr


def test_a_missing_file_and_an_unknown_revision() -> None:
    good = str(BREAKING / "old.yaml")
    for name in ("nowhere.yaml", "nowhere:spec.yaml", "--output=x:y"):
        assert CliRunner().invoke(cli, ["diff", good, name]).exit_code == 2


def test_json_has_the_published_shape() -> None:
    schema = json.loads(SCHEMA.read_text())
    for case in sorted(CASES.iterdir()):
        data = json.loads(diff(case, "--format", "json").stdout)
        assert list(_complaints(data, schema, schema)) == []
        assert {f["rule"] for f in data["findings"]} <= set(RULES)
        assert data["breaking"] == (data["semver"] == "major")


def _complaints(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> Any:
    """Check the keywords that the schema uses."""
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool}
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    if "enum" in schema and value not in schema["enum"]:
        yield f"{value!r} is none of {schema['enum']}"
    stated = schema.get("type")
    allowed = [stated] if isinstance(stated, str) else stated or []
    types = (*(kinds[k] for k in allowed if k in kinds),)
    types += (int,) if "integer" in allowed else ()
    types += (type(None),) if "null" in allowed else ()
    if types and not isinstance(value, types):
        yield f"{value!r} is no {stated}"
    if isinstance(value, dict):
        if set(value) != set(schema["required"]):
            yield f"{sorted(value)} are not the keys"
        for key, entry in value.items():
            yield from _complaints(entry, schema["properties"][key], root)
    if isinstance(value, list):
        for entry in value:
            yield from _complaints(entry, schema["items"], root)


def test_json_of_a_removed_field() -> None:
    data = json.loads(diff(BREAKING, "--format", "json").stdout)
    (finding,) = data["findings"]
    assert finding | {"message": ""} == {
        "rule": "response-field-removed",
        "kind": "breaking",
        "operations": ["listBreads", "bakeBread"],
        "side": "response",
        "wire_breaking": True,
        "surface_breaking": True,
        "python": [
            {
                "change": "removed",
                "symbol": "models.Bread.crust",
                "before": "str | None = None",
                "after": None,
            }
        ],
        "message": "",
        "old": {"line": 67, "pointer": "#/components/schemas/Bread/properties/crust"},
        "new": {"line": 61, "pointer": "#/components/schemas/Bread"},
    }


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [v or "" for k, v in attrs if k in ("href", "src", "action")]


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_page_holds_itself_only(case: Path) -> None:
    text = diff(case, "--format", "html").stdout
    page = _Page()
    page.feed(text)
    assert not {"script", "img", "link", "iframe", "form"} & set(page.tags)
    assert all(link.startswith("#") for link in page.links)
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "github", "json"])
def test_names_of_the_document_do_no_harm(format_: str) -> None:
    text = diff(HOSTILE, "--format", format_).stdout
    assert "\x1b" not in text
    if format_ in ("html", "markdown"):
        assert not re.search(r"(?<!\\)<script", text)
    if format_ == "markdown":
        assert "**x**" not in text


@pytest.mark.parametrize(
    "name", ["`` <img src=x>", "` <img src=x> `` <b>", "a` <img src=x> `b"]
)
def test_backticks_of_a_name_open_no_html_in_markdown(
    name: str, tmp_path: Path
) -> None:
    for file in ("old", "new"):
        added = {"name": name, "in": "query", "required": True, "schema": {}}
        operation = {
            "parameters": [added] if file == "new" else [],
            "responses": {"204": {"description": "None."}},
        }
        document = {
            "openapi": "3.0.3",
            "info": {"title": "Bakery", "version": "1"},
            "servers": [{"url": "https://bakery.example"}],
            "paths": {"/breads": {"get": operation}},
        }
        (tmp_path / f"{file}.json").write_text(json.dumps(document))
    names = [str(tmp_path / f"{file}.json") for file in ("old", "new")]
    text = CliRunner().invoke(cli, ["diff", *names, "--format", "markdown"]).stdout
    assert "img src" in text
    for line in text.splitlines():
        # A run of backticks is closed by one of the same length only.
        code = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", line)
        assert not re.search(r"(?<!\\)<(img|b)\b", code), line


def test_markdown_has_a_section_a_kind() -> None:
    text = diff(CASES / "values_of_a_shared_schema", "--format", "markdown").stdout
    assert re.findall(r"^### (.*)$", text, re.MULTILINE) == ["Breaking", "Compatible"]
    assert text.startswith("Suggested version: **major**")


def test_github_annotations_have_file_and_line() -> None:
    lines = diff(BREAKING, "--format", "github").stdout.splitlines()
    assert lines[0].startswith("::error file=")
    assert "new.yaml,line=61,title=response-field-removed::" in lines[0]
    assert all(line.startswith("::") for line in lines)


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    done = diff(BREAKING, "--format", "markdown", "--output", target)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "crust" in target.read_text()
    done = diff(BREAKING, "--output", tmp_path / "no" / "folder")
    assert done.exit_code == 2


IGNORED = """
[[ignore]]
rule = "response-field-removed"
operation = "{operation}"
reason = "nobody reads it"
expires = {expires}
"""
SOON = datetime.date.today() + datetime.timedelta(days=1)
PAST = datetime.date.today() - datetime.timedelta(days=1)


def ignoring(folder: Path, text: str) -> Path:
    file = folder / "ignore.toml"
    file.write_text(text)
    return file


def test_an_ignored_finding_is_gone_until_it_expires(tmp_path: Path) -> None:
    both = "".join(
        IGNORED.format(operation=name, expires=SOON)
        for name in ("listBreads", "bakeBread")
    )
    done = diff(BREAKING, "--ignore", ignoring(tmp_path, both))
    assert done.exit_code == 0
    assert "no change" in done.stdout
    one = IGNORED.format(operation="listBreads", expires=SOON)
    done = diff(BREAKING, "--ignore", ignoring(tmp_path, one))
    assert done.exit_code == 1
    assert "in bakeBread\n" in done.stdout
    done = diff(BREAKING, "--ignore", ignoring(tmp_path, both.replace(*_past())))
    assert done.exit_code == 1
    assert "counts again" in done.stderr
    done = diff(ADDED, "--ignore", ignoring(tmp_path, one))
    assert "fits nothing any more" in done.stderr


def _past() -> tuple[str, str]:
    return str(SOON), str(PAST)


@pytest.mark.parametrize(
    "text",
    [
        "ignore = 1",
        "[[ignore]]\nrule = 'response-field-removed'\nreason = 'x'\n",
        f"[[ignore]]\nrule = 'response-field-removed'\nexpires = {SOON}\n",
        f"[[ignore]]\nrule = 'no-such-rule'\nreason = 'x'\nexpires = {SOON}\n",
        IGNORED.format(operation="x", expires=SOON) + "colour = 'red'\n",
        "[[ignore",
    ],
)
def test_an_ignore_file_has_to_be_understood(tmp_path: Path, text: str) -> None:
    assert diff(BREAKING, "--ignore", ignoring(tmp_path, text)).exit_code == 2
    assert diff(BREAKING, "--ignore", tmp_path / "nowhere").exit_code == 2


def test_a_revision_of_git(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t", *arguments],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )

    git("init", "-q")
    spec = tmp_path / "spec" / "api.yaml"
    spec.parent.mkdir()
    text = (BREAKING / "old.yaml").read_text()
    head, _, schema = text.partition("    Bread:\n")
    spec.write_text(f"{head}    Bread: {{$ref: bread.yaml}}\n")
    bread = "\n".join(line[6:] for line in schema.splitlines())
    (spec.parent / "bread.yaml").write_text(f"{bread}\n")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    (spec.parent / "bread.yaml").write_text(
        "\n".join(line for line in bread.splitlines() if "crust" not in line)
    )
    done = run("diff", "HEAD:spec/api.yaml", "spec/api.yaml", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "`crust` is gone" in done.stdout
    assert "HEAD:spec/bread.yaml" in done.stdout
    done = run("diff", "HEAD:api.yaml", "api.yaml", cwd=spec.parent)
    assert done.returncode == 1, done.stderr


def test_overlays_are_laid_over_both_or_each(tmp_path: Path) -> None:
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(
        "overlay: 1.0.0\ninfo: {title: Correct it, version: '1'}\nactions:\n"
        "  - target: $.components.schemas.Bread.properties.crust\n    remove: true\n"
    )
    assert diff(CASES / "answer_type_changed", "--overlay", overlay).exit_code == 0
    done = diff(BREAKING, "--old-overlay", overlay)
    assert done.exit_code == 0, done.stdout


def test_nothing_heavy_is_imported_for_a_comparison() -> None:
    program = (
        "import sys; from generator import pipeline; from generator.config import Config;"
        "pipeline.compare(*(Config(spec=s) for s in sys.argv[1:]));"
        "assert 'black' not in sys.modules"
    )
    files = [str(BREAKING / "old.yaml"), str(BREAKING / "new.yaml")]
    command = [sys.executable, "-c", program, *files]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
