"""The wheel holds all that the command line needs, and nothing of the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.command import ROOT, tree

SMALL = """\
openapi: 3.0.3
info: {title: Small Shop, version: "1"}
servers: [{url: https://shop.example}]
paths:
  /things:
    get:
      operationId: listThings
      tags: [Things]
      responses:
        "200":
          description: Names of things.
          content:
            application/json:
              schema: {type: array, items: {type: string}}
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the project, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    skipped = shutil.ignore_patterns(".*", "__pycache__", "dist", "cases")
    shutil.copytree(ROOT, source, ignore=skipped)
    shutil.copy(ROOT / ".gitignore", source)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    command += ["-d", str(folder)]
    done = subprocess.run(
        command, cwd=source, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def _run(
    installed: Path, cwd: Path, *arguments: str | Path
) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, check=False
    )


def test_it_generates_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with ZipFile(wheel) as archive:
        archive.extractall(installed)
    (elsewhere / "small.yaml").write_text(SMALL)
    options = ["--spec", "small.yaml", "--output", "made"]
    done = _run(installed, elsewhere, "generator", "generate", *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("made: 1 operation, ")
    package = elsewhere / "made" / "small_shop"
    assert "def list_things" in (package / "things.py").read_text()
    runtime = ROOT / "generator" / "runtime" / "_client.py"
    assert (package / "_client.py").read_bytes() == runtime.read_bytes()


def test_what_runs_is_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """The project itself is installed beside the tests: it must not be what ran."""
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    marked = tmp_path / "generator" / "templates" / "tag.py.j2"
    marked.write_text(marked.read_text().replace("module.doc", "module.nothing"))
    (tmp_path / "small.yaml").write_text(SMALL)
    options = ["--spec", "small.yaml", "--output", "made"]
    done = _run(tmp_path, tmp_path, "generator", "generate", *options)
    assert done.returncode != 0
    assert "nothing" in done.stderr


def test_it_holds_the_same_templates_and_sources(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    sources = {f"generator/{p}": c for p, c in tree(ROOT / "generator").items()}
    templates = {
        f"generator/templates/{p}": c for p, c in tree(ROOT / "templates").items()
    }
    expected = {
        name: content
        for name, content in {**sources, **templates}.items()
        if "/." not in name
    }
    inside = {n: c for n, c in packed.items() if n.startswith("generator/")}
    assert len(templates) > 10
    assert inside == expected


def test_its_metadata_is_complete(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        (info,) = {name.split("/")[0] for name in names} - {"generator"}
        assert info.startswith("openapi_vendor-")
        assert info.endswith(".dist-info")
        licence = archive.read(f"{info}/licenses/LICENSE")
        metadata = archive.read(f"{info}/METADATA").decode()
        entry_points = archive.read(f"{info}/entry_points.txt").decode()
    assert licence == (ROOT / "LICENSE").read_bytes()
    assert "\nLicense-Expression: MIT\n" in metadata
    assert "\nLicense-File: LICENSE\n" in metadata
    assert "openapi-vendor = generator.__main__:main" in entry_points
    assert all(name.startswith(("generator/", f"{info}/")) for name in names)
    assert not [name for name in names if name.endswith(("_test.py", "conftest.py"))]
