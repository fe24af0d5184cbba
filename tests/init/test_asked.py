"""`init` where something wasn't said: it looks around, asks, and asks again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from tests.support.command import ROOT, run
from tests.support.terminal import run_on_terminal

from .support import DOCUMENT, TABLE, written_table


def test_on_a_terminal_it_asks(folder: Path) -> None:
    code, shown = run_on_terminal("init", cwd=folder, typed="\nbread\n\n\n")
    assert code == 0, shown
    assert "OpenAPI document [api.yaml]: " in shown
    assert "import name of the client [bread_exchange]: " in shown
    assert written_table(folder) == {**TABLE, "package": "bread"}


def test_what_was_given_is_not_asked(folder: Path) -> None:
    code, shown = run_on_terminal("init", "--yes", "--spec", "api.yaml", cwd=folder)
    assert (code, "[api.yaml]" in shown) == (0, False)
    assert written_table(folder) == TABLE


@pytest.mark.parametrize(
    "beginning",
    [
        '{"openapi" : "3.0.3"',
        "# a comment\n'openapi': 3.0.3",
        '{\n  "openapi": "3.0.3"',
    ],
)
def test_the_only_document_is_taken_where_nothing_is_asked(
    tmp_path: Path, beginning: str
) -> None:
    text = DOCUMENT.replace("openapi: 3.0.3\n", "")
    if beginning.startswith("{"):
        rest = json.dumps(yaml.safe_load(text))
        (tmp_path / "api.json").write_text(f"{beginning}, {rest[1:]}")
    else:
        (tmp_path / "api.yaml").write_text(f"{beginning}\n{text}")
    done = run("init", "--yes", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert written_table(tmp_path)["package"] == "bread_exchange"


def test_an_index_of_pages_is_a_document_too(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "pages", tmp_path / "docs")
    done = run("init", "--yes", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert written_table(tmp_path)["spec"] == "docs/llms.txt"
    assert "docs/overlay.yaml: written, nothing proposed\n" in done.stdout
    assert "\nnext: `openapi-vendor generate`\n" in done.stdout
    assert run("generate", cwd=tmp_path).returncode == 0
    assert run("generate", "--check", cwd=tmp_path).returncode == 0


def test_a_document_with_a_lost_reference_can_be_begun_with(folder: Path) -> None:
    spec = folder / "api.yaml"
    spec.write_text(DOCUMENT.replace("schemas/Order", "schemas/Odrer"))
    refused = run("init", "--yes", cwd=folder)
    assert refused.returncode == 2
    assert "with --lenient" in refused.stderr
    done = run("init", "--yes", "--lenient", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "1 warning about the document: see `openapi-vendor lint`\n"
    assert written_table(folder) == {**TABLE, "lenient": True}
    assert run("generate", cwd=folder).returncode == 0


def test_a_wrong_answer_is_asked_for_again(folder: Path) -> None:
    typed = "none.yaml\napi.yaml\nno-name\nbread\nclass\nBread\n\n"
    code, shown = run_on_terminal("init", cwd=folder, typed=typed)
    assert code == 0, shown
    assert "Error: there is no `none.yaml`" in shown
    assert "Error: `no-name` can't be the name of a package" in shown
    assert "Error: `class` can't be the name of a client" in shown
    assert written_table(folder) == {**TABLE, "package": "bread", "client": "Bread"}


def test_who_gives_up_gets_no_code_of_a_finding(folder: Path) -> None:
    code, shown = run_on_terminal("init", cwd=folder, typed="\n\x04")
    assert (code, "broken off" in shown) == (130, True), shown
    assert [path.name for path in folder.iterdir()] == ["api.yaml"]
