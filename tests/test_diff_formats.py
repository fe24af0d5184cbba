"""The formats of `diff`: JSON of the published shape, and text that does no harm."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.diff.rules import RULES
from tests.support.command import ROOT
from tests.support.revision_cases import BREAKING, CASES, diff

HOSTILE = CASES / "hostile_names"
SCHEMA = ROOT / "generator" / "diff" / "report.schema.json"


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
