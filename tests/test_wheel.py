"""The wheel holds all that the command line needs, and nothing of the tests."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.command import ROOT, SHARED, WITHOUT_SHARED, tree
from tests.test_ci_files import ACTION, HOOKS, WORKFLOW

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


@pytest.fixture(scope="module")
def tools(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel by pip into an empty environment; return where its commands are.

    Without the network, what it depends on has to be lent by the environment of the tests.
    """
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=True, symlinks=True)
    python = folder / "bin" / "python"
    options = ["-q", "--no-index", "--no-deps", str(wheel)]
    install = [str(python), "-m", "pip", "install", *options]
    subprocess.run(install, check=True, capture_output=True)
    (own,) = folder.glob("lib/python*/site-packages")
    assert (own / "generator").is_dir()
    (own / "lent.pth").write_text("\n".join(site.getsitepackages()))
    return folder / "bin"


@pytest.mark.slow
@pytest.mark.parametrize(
    "document",
    [
        None,
        "whitebit/specs/main_api_v4.yaml",
        "corpus/dev/homerun__homerun.co.yaml",
        "corpus/dev/pagerduty__openapiv3-7.json",
        "corpus/dev/paypal__billing_subscriptions_v1.json",
    ],
)
def test_a_newcomer_gets_from_a_document_to_a_checked_client(
    tools: Path, tmp_path: Path, document: str | None
) -> None:
    home, folder = tmp_path / "home", tmp_path / "repository"
    home.mkdir()
    (folder / "spec").mkdir(parents=True)
    if document is None:
        (folder / "spec" / "api.yaml").write_text(SMALL)
    elif (SHARED / document).exists():
        # JSON is YAML: the example of a workflow knows one name only.
        shutil.copyfile(SHARED / document, folder / "spec" / "api.yaml")
    else:
        pytest.skip(WITHOUT_SHARED)

    def typed(script: str, *codes: int, **env: str) -> str:
        """Do what a person types, or a step of a pipeline, and return what it shows."""
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
            cwd=folder,
            env={"HOME": str(home), "PATH": f"{tools}:{os.environ['PATH']}", **env},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (codes or (0,)), (script, done.stdout, done.stderr)
        return done.stdout

    def steps(found: list[dict[str, str]]) -> dict[str, str]:
        return {each["name"]: each["run"] for each in found if "run" in each}

    typed("git init -q -b main .")
    assert "pyproject.toml: [tool.openapi-vendor] written" in typed(
        "openapi-vendor init --yes"
    )
    assert " 0 removed, 0 unchanged" in typed("openapi-vendor generate")
    assert typed("openapi-vendor generate --check") == "generated: current\n"
    commit = "git -c user.name=n -c user.email=n@n.example commit -qm first"
    typed(f"printf '__pycache__\\n' > .gitignore; git add -A; {commit}")
    typed("git update-ref refs/remotes/origin/main HEAD")
    check, lint = (str(hook["entry"]) for hook in HOOKS)
    assert typed(check) == "generated: current\n"
    assert "finding" in typed(lint, 0, 0 if document is None else 1)

    compared = {"BASE": "origin/main", "SPEC": "spec/api.yaml", "FAIL_ON": "any"}
    for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "RUNNER_TEMP"):
        compared[name] = str(home / name.lower())
    (home / "runner_temp").mkdir()
    action = steps(ACTION["runs"]["steps"])
    typed(action["Check"])
    assert "no change" in typed(action["Compare"], **compared)
    workflow = steps(WORKFLOW["jobs"]["client"]["steps"])
    typed(workflow["The client is current"])
    assert " passed" in typed(workflow["Its tests pass"])
    typed(workflow["What the document does to callers"], **compared)
    assert typed("git status --short --untracked-files=no") == ""
