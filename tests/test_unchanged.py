"""When nothing changed, the quick answer is what the whole run says; else there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import ROOT, run, tree

pytestmark = pytest.mark.slow

DOCUMENT = """\
openapi: 3.0.3
info: {title: Bakery, version: "1"}
servers: [{url: https://bakery.example}]
paths:
  /breads/{id}:
    get:
      operationId: getBread
      tags: [Brötchen]
      parameters: [{name: id, in: path, required: true, schema: {type: int}}]
      responses:
        "200":
          description: A bread.
          content: {application/json: {schema: {$ref: "parts.yaml#/Bread"}}}
"""
PARTS = """\
Bread: {type: object, properties: {name: {type: string}, price: {type: number}}}
"""
OVERLAY = """\
overlay: 1.0.0
info: {title: Names, version: "1"}
actions: [{target: $.info, update: {title: Patisserie}}]
"""
TABLE = """\
[tool.openapi-vendor]
spec = "api.yaml"
overlays = ["overlay.yaml"]
output = "out"
"""
HEAVY = ("pydantic", "jinja2", "black", "click", "yaml", "generator.cli")


class Project:
    """A folder with a document, and a cache of its own."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self._cache = cache

    def run(
        self, *arguments: str, cache: Path | None = None, cwd: str = "."
    ) -> subprocess.CompletedProcess[str]:
        where = {"XDG_CACHE_HOME": str(cache or self._cache)}
        return run("generate", *arguments, cwd=self.folder / cwd, env=where)

    def is_quick(self, *arguments: str, cwd: str = ".") -> bool:
        """Tell whether a run ends before anything heavy is imported."""
        where = {"XDG_CACHE_HOME": str(self._cache), "PYTHONPROFILEIMPORTTIME": "1"}
        done = run("generate", *arguments, cwd=self.folder / cwd, env=where)
        lines = [line for line in done.stderr.splitlines() if "import time:" in line]
        names = {line.rpartition("|")[2].strip() for line in lines}
        assert "generator.output.stamp" in names
        return not names & set(HEAVY)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was generated, older than the moment from which times are trusted."""
    folder = tmp_path_factory.mktemp("fresh") / "project"
    folder.mkdir()
    (folder / "api.yaml").write_text(DOCUMENT, encoding="utf-8")
    (folder / "parts.yaml").write_text(PARTS)
    (folder / "overlay.yaml").write_text(OVERLAY)
    (folder / "pyproject.toml").write_text(TABLE)
    (folder / "below").mkdir()
    cache = {"XDG_CACHE_HOME": str(folder.parent / "cache")}
    assert run("generate", cwd=folder, env=cache).returncode == 0
    time.sleep(2.1)  # what is younger than a run by less is not believed
    return folder


@pytest.fixture
def project(fresh: Path, tmp_path: Path) -> Project:
    """A project that was generated and looked at once more."""
    made = Project(fresh, tmp_path / "cache")
    assert made.run().returncode == 0
    assert made.is_quick()
    return made


@pytest.fixture
def own(fresh: Path, tmp_path: Path) -> Project:
    """The same as a copy, for tests that change something."""
    folder = tmp_path / "project"
    shutil.copytree(fresh, folder)
    time.sleep(2.1)
    made = Project(folder, tmp_path / "cache")
    assert made.run().returncode == 0
    assert made.is_quick()
    return made


# Each two of the options meet in one of these rows.
SHOWN = [
    [],
    ["-q", "--verbose"],
    ["--format=json", "--verbose"],
    ["--check", "-q", "--format=json"],
    ["--check", "--verbose"],
    ["--diff", "-q"],
    ["--diff", "--verbose", "--format=json"],
    ["--format=github"],
    ["--check", "--format=sarif"],
]


def test_it_says_the_same_in_every_way(project: Project, tmp_path: Path) -> None:
    for number, options in enumerate(SHOWN):
        slow = project.run(*options, cache=tmp_path / f"cache{number}")
        first, second = project.run(*options), project.run(*options)
        assert "unknown-type" in slow.stderr + slow.stdout
        silent = {"-q", "--check", "--diff", "--format"}
        is_said = silent.isdisjoint(each.partition("=")[0] for each in options)
        assert ("1 field looks like money" in slow.stderr) == is_said
        for quick in (first, second):
            assert quick.returncode == slow.returncode == 0
            assert (quick.stdout, quick.stderr) == (slow.stdout, slow.stderr)
        assert project.is_quick(*options)


def test_a_warning_taken_for_an_error_is_said_again(project: Project) -> None:
    first, second = project.run("--strict"), project.run("--strict")
    assert first.returncode == second.returncode == 2
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
    assert not project.is_quick("--strict")


def test_after_generating_the_check_is_quick(own: Project) -> None:
    shutil.rmtree(own.folder / "out")
    assert "written" in own.run().stdout
    assert own.is_quick("--check")
    assert own.is_quick()
    assert own.run("--check").stdout == "out: current\n"


def test_another_folder_asks_for_itself(project: Project) -> None:
    assert not project.is_quick(cwd="below")
    assert project.is_quick(cwd="below")


def _edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


def _keep_times(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / path
        before = file.stat()
        _edit(path, old, new)(folder)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert file.stat().st_size == before.st_size

    return change


CHANGES: dict[str, Callable[[Path], None]] = {
    "document": _edit("api.yaml", "A bread", "One bread"),
    "document, times kept": _keep_times("api.yaml", "A bread", "B bread"),
    "file that it refers to": _edit("parts.yaml", "name", "title"),
    "overlay": _edit("overlay.yaml", "Patisserie", "Boulangerie"),
    "configuration": _edit("pyproject.toml", '"out"', '"other"'),
    "output": _edit("out/patisserie/models.py", "import", "import "),
    "output, times kept": _keep_times("out/API.md", "Patisserie", "patisserie"),
    "output missing": lambda folder: (folder / "out" / "API.md").unlink(),
    "runtime": _edit("out/patisserie/errors.py", "class", "class "),
    "conftest missing": lambda folder: (folder / "out/tests/conftest.py").unlink(),
    "lock": _edit("out/spec.lock", "generator", "Generator"),
    "configuration gone": lambda folder: (folder / "pyproject.toml").unlink(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_is_noticed(own: Project, name: str) -> None:
    CHANGES[name](own.folder)
    assert not own.is_quick("--check")


def test_a_nearer_configuration_is_noticed(project: Project, own: Project) -> None:
    assert own.run(cwd="below").returncode == 0
    assert own.is_quick(cwd="below")
    (own.folder / "below" / "pyproject.toml").write_text(TABLE)
    assert not own.is_quick(cwd="below")


def test_what_was_only_touched_is_compared(own: Project) -> None:
    for file in own.folder.rglob("*.*"):
        os.utime(file)
    assert own.is_quick("--check")
    _edit("api.yaml", "A bread", "One bread")(own.folder)
    _edit("api.yaml", "One bread", "A bread")(own.folder)
    assert own.is_quick("--check")


def test_an_edit_right_behind_a_run_is_noticed(own: Project) -> None:
    """Of the same size and with the same time of change, as fast as can be."""
    for _ in range(3):
        _edit("api.yaml", "A bread", "A broad")(own.folder)
        assert own.run().returncode == 0
        _keep_times("api.yaml", "A broad", "A bread")(own.folder)
        assert "stale" in own.run("--check").stdout
        assert own.run().returncode == 0


def test_a_damaged_stamp_is_no_answer(own: Project, tmp_path: Path) -> None:
    for stamp in (tmp_path / "cache").rglob("*.json"):
        for damage in ("", "{}", "[]", "null", stamp.read_text()[:-40]):
            stamp.write_text(damage)
            assert own.run("--check").stdout == "out: current\n"


def test_a_document_that_is_no_file_is_read_each_time(own: Project) -> None:
    arguments = ["--spec", "-", "--output", "elsewhere", "--check"]
    env = {"XDG_CACHE_HOME": str(own.folder / "cache")}
    text = DOCUMENT.replace("parts.yaml#/Bread", "#/info")
    for title in ("One", "Two"):
        stdin = text.replace("Bakery", title).encode()
        done = run("generate", *arguments, cwd=own.folder, env=env, stdin=stdin)
        assert f"{title.lower()}/" in done.stdout


def test_a_missing_file_that_is_tolerated_is_looked_for_again(own: Project) -> None:
    (own.folder / "parts.yaml").rename(own.folder / "later.yaml")
    options = ["--lenient", "--spec", "api.yaml", "--output", "out"]
    assert own.run(*options).returncode == 0
    (own.folder / "later.yaml").rename(own.folder / "parts.yaml")
    before = tree(own.folder / "out")
    assert own.run(*options).returncode == 0
    assert tree(own.folder / "out") != before


def test_the_templates_and_the_sources_count(fresh: Path, tmp_path: Path) -> None:
    """A copy of the generator, of which a template, a module and a runtime file change."""
    shutil.copytree(ROOT / "generator", tmp_path / "generator")
    shutil.copytree(ROOT / "templates", tmp_path / "generator" / "templates")
    time.sleep(2.1)
    env = {"PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    options = ["--output", str(tmp_path / "out"), "--client", "Shop", "--check"]

    def check() -> str:
        return run("generate", *options, cwd=fresh, env=env).stdout

    run("generate", *options[:-1], cwd=fresh, env=env)
    assert "current" in check()
    generator = tmp_path / "generator"
    _edit("templates/api.md.j2", "Every operation", "All operations")(generator)
    assert "API.md: stale" in check()
    _edit("templates/api.md.j2", "All operations", "Every operation")(generator)
    assert "current" in check()
    (generator / "runtime" / "_added.py").write_text("")
    assert "_added.py: missing" in check()
