"""The hooks, the action and the example workflow: their commands run as CI runs them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.command import ROOT, run
from tests.support.git import git

DOCUMENT = """\
openapi: 3.0.3
info: {title: Bakery, version: "1"}
servers: [{url: https://bakery.example}]
paths:
  /breads:
    get:
      operationId: listBreads
      tags: [Breads]
      parameters: [{name: kind, in: query, schema: {type: string}}]
      responses:
        "200":
          description: Names.
          content:
            application/json:
              schema: {type: array, items: {type: string}}
              example: [Rye]
"""
BREAKING = DOCUMENT.replace("in: query,", "in: query, required: true,")
HOOKS: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / ".pre-commit-hooks.yaml").read_text()
)
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
WORKFLOW: dict[str, Any] = yaml.safe_load(
    (ROOT / "examples" / "ci" / "workflow.yml").read_text()
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a client, and `origin/main` to compare with."""
    folder = tmp_path / "repository"
    (folder / "spec").mkdir(parents=True)
    (folder / "spec" / "api.yaml").write_text(DOCUMENT)
    assert run("init", "--spec", "spec/api.yaml", cwd=folder).returncode == 0
    assert run("generate", cwd=folder).returncode == 0
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    return folder


def _bash(
    folder: Path, script: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does: `bash -e -o pipefail`, the tool on the path."""
    tools = folder.parent / "bin"
    tools.mkdir(exist_ok=True)
    tool = tools / "openapi-vendor"
    tool.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m generator "$@"\n'
    )
    tool.chmod(0o755)
    path = f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    given = {"GITHUB_OUTPUT": str(folder.parent / "output"), "RUNNER_TEMP": str(tools)}
    given["GITHUB_STEP_SUMMARY"] = str(folder.parent / "summary")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            **given,
            "PATH": path,
            **(env or {}),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Fill in what stands in `${{ }}`; anything unknown fails."""
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: values[match[1]], text)


def test_the_hooks_are_whole() -> None:
    assert [hook["id"] for hook in HOOKS] == [
        "openapi-vendor-check",
        "openapi-vendor-lint",
    ]
    for hook in HOOKS:
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert hook["language"] == "python"
        assert hook["pass_filenames"] is False


def test_the_hooks_pass_and_fail(repository: Path) -> None:
    check, lint = (hook["entry"] for hook in HOOKS)
    assert _bash(repository, check).returncode == 0
    assert _bash(repository, lint).returncode == 0
    (repository / "spec" / "api.yaml").write_text(BREAKING)
    stale = _bash(repository, check)
    assert stale.returncode == 1
    assert "breads.py: stale" in stale.stdout
    (repository / "spec" / "api.yaml").write_text(
        DOCUMENT.replace("type: string", "type: text")
    )
    assert _bash(repository, lint).returncode == 1


def _step(name: str) -> dict[str, Any]:
    (found,) = (s for s in ACTION["runs"]["steps"] if s["name"] == name)
    return dict(found)


def test_the_action_is_composite_and_safe() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for step in ACTION["runs"]["steps"]:
        assert step["shell"] == "bash"
        # What an input holds reaches a script by the environment only, never as text of it.
        assert "${{" not in step["run"]
    inputs = {f"inputs.{name}" for name in ACTION["inputs"]}
    used = set(re.findall(r"inputs\.[\w-]+", (ROOT / "action.yml").read_text()))
    assert used == inputs
    page = (ROOT / "docs" / "ci.md").read_text()
    assert all(f"| `{name}` |" in page for name in ACTION["inputs"])


def test_the_action_checks(repository: Path) -> None:
    assert _bash(repository, _step("Check")["run"]).returncode == 0
    (repository / "spec" / "api.yaml").write_text(BREAKING)
    assert _bash(repository, _step("Check")["run"]).returncode == 1


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("breaking", 1)])
def test_the_action_compares(repository: Path, fail_on: str, code: int) -> None:
    (repository / "spec" / "api.yaml").write_text(BREAKING)
    step = _step("Compare")
    values = {
        "inputs.base": "origin/main",
        "inputs.spec": "spec/api.yaml",
        "inputs.fail-on": fail_on,
    }
    env = {name: _filled(text, values) for name, text in step["env"].items()}
    done = _bash(repository, step["run"], env)
    assert done.returncode == code, done.stderr
    assert done.stdout.startswith("::error ")
    assert "file=spec/api.yaml" in done.stdout
    output = (repository.parent / "output").read_text()
    report = Path(output.removeprefix("report=").strip()).read_text()
    assert "kind" in report
    assert (repository.parent / "summary").read_text() == report


def test_the_action_compares_nothing_with_a_hostile_ref(repository: Path) -> None:
    env = {"BASE": '$(touch hacked)"; touch hacked #', "SPEC": "spec/api.yaml"}
    done = _bash(repository, _step("Compare")["run"], {**env, "FAIL_ON": "never"})
    assert done.returncode == 2
    assert not (repository / "hacked").exists()


def _new_document(repository: Path) -> None:
    """Let the pull request be the one that brings the document in."""
    git(repository, "rm", "-q", "--cached", "spec/api.yaml")
    git(repository, "commit", "-qm", "before")
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(repository, "add", "-A")


def test_the_action_passes_where_the_document_is_new(repository: Path) -> None:
    _new_document(repository)
    env = {"BASE": "origin/main", "SPEC": "spec/api.yaml", "FAIL_ON": "any"}
    done = _bash(repository, _step("Compare")["run"], env)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "spec/api.yaml is new: origin/main has nothing to compare it with\n"
    )
    for wrong in ({"BASE": "origin/mian"}, {"SPEC": "spec/apy.yaml"}):
        done = _bash(repository, _step("Compare")["run"], {**env, **wrong})
        assert done.returncode == 2
        assert "error[unknown-revision]" in done.stderr


def test_the_workflow_passes_where_the_document_is_new(repository: Path) -> None:
    _new_document(repository)
    steps = WORKFLOW["jobs"]["client"]["steps"]
    (step,) = (s for s in steps if s.get("name") == "What the document does to callers")
    done = _bash(repository, step["run"], {"BASE": "origin/main"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("spec/api.yaml is new: ")
    done = _bash(repository, step["run"], {"BASE": "origin/mian"})
    assert done.returncode == 2


def test_a_revision_without_the_document_is_told_from_an_unknown_one(
    repository: Path,
) -> None:
    for old, said in (
        ("HEAD:api.yaml", "at `HEAD` there is no `api.yaml`"),
        ("HAED:spec/api.yaml", "and git knows no such revision"),
    ):
        done = run("diff", old, "spec/api.yaml", cwd=repository)
        assert done.returncode == 2
        assert said in done.stderr
        assert "help: " in done.stderr


def test_the_workflow_runs(repository: Path) -> None:
    (repository / "spec" / "api.yaml").write_text(
        DOCUMENT.replace("description: Names.", "description: All names.")
    )
    assert run("generate", cwd=repository).returncode == 0
    values = {
        "github.base_ref": "main",
        "github.token": "t",
        "github.event.number": "7",
    }
    ran = []
    for step in WORKFLOW["jobs"]["client"]["steps"]:
        if "run" not in step or step["name"] in (
            "Install",
            "Say so in the pull request",
        ):
            continue  # these need the network
        env = {k: _filled(v, values) for k, v in step.get("env", {}).items()}
        assert "${{" not in step["run"]
        done = _bash(repository, step["run"], env)
        assert done.returncode == 0, (step["name"], done.stdout, done.stderr)
        ran.append(step["name"])
    assert ran == [
        "The client is current",
        "Its tests pass",
        "What the document does to callers",
    ]
    assert (repository / "changes.md").exists()
