"""A signing scheme of the project's own: in the client, its tests and the sandbox."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command import ROOT, run

EXAMPLE = ROOT / "examples" / "signer"
SIGNER = "signers/timestamp_hmac.py"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documented example, generated."""
    folder = tmp_path_factory.mktemp("example") / "project"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("generated"))
    done = run("generate", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def sandbox(project: Path) -> Iterator[str]:
    """The example's document, served."""
    command = [sys.executable, "-m", "generator", "sandbox", "--port", "0", "-q"]
    with subprocess.Popen(
        command,
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


def _python(
    project: Path, *arguments: str, **env: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "generated"), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def _tests(project: Path, **env: str) -> subprocess.CompletedProcess[str]:
    arguments = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "generated/tests")
    return _python(project, *arguments, **env)


def test_the_file_is_a_module_of_the_client(project: Path) -> None:
    copy = project / "generated" / "bread" / "_timestamp_hmac.py"
    assert copy.read_bytes() == (project / SIGNER).read_bytes()
    assert not (project / "generated" / "bread" / "_whitebit.py").exists()
    assert SIGNER in (project / "generated" / "spec.lock").read_text()
    checked = run("generate", "--check", cwd=project)
    assert (checked.returncode, checked.stdout) == (0, "generated: current\n")


def test_the_client_type_checks(project: Path) -> None:
    arguments = (
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "generated/bread",
        "program.py",
    )
    done = _python(project, *arguments, MYPYPATH="generated")
    assert done.returncode == 0, done.stdout


def test_the_generated_tests_pass(project: Path) -> None:
    done = _tests(project)
    assert done.returncode == 0, done.stdout
    assert "skipped" not in done.stdout


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('target}".encode() + body', "target}\".encode() + body + b'x'"),
        ("full_target(draft), fixed_body", "draft.path, fixed_body"),
        ('draft.set_header("X-Timestamp", timestamp)', "pass"),
        ('draft.set_header("X-Key", self', 'draft.set_header("X-Key", "k"); (self'),
    ],
    ids=["body", "query", "timestamp", "key"],
)
def test_the_generated_tests_find_a_wrong_signature(
    project: Path, tmp_path: Path, old: str, new: str
) -> None:
    folder = tmp_path / "project"
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns("__pycache__"))
    copy = folder / "generated" / "bread" / "_timestamp_hmac.py"
    text = copy.read_text()
    before, apply, after = re.split(
        r"(    def apply.*?(?=    def refusal))", text, flags=re.S
    )
    if old in apply:
        text = before + apply.replace(old, new) + after
    else:  # the other side says something else than what was signed
        assert old in after
        text = text.replace(
            "hmac.compare_digest(wanted, ", "hmac.compare_digest(wanted[1:], "
        )
    copy.write_text(text)
    done = _tests(folder)
    assert done.returncode == 1
    assert "failed" in done.stdout


def test_the_generated_tests_pass_against_the_sandbox(
    project: Path, sandbox: str
) -> None:
    done = _tests(project, BREAD_SANDBOX=sandbox)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_the_program_runs_against_the_sandbox(project: Path, sandbox: str) -> None:
    env = {"BREAD_BASE_URL": sandbox, "BREAD_API_KEY": "test-api-key"}
    done = _python(project, "program.py", **env, BREAD_API_SECRET="test-api-secret")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "a1 2.50\na1 2.50\n"
    refused = _python(project, "program.py", **env, BREAD_API_SECRET="test-other")
    assert refused.returncode == 1
    assert "UnauthorizedError" in refused.stderr
    assert "test-other" not in refused.stderr


def test_the_sandbox_says_what_was_wrong(sandbox: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{sandbox}/orders")
    assert caught.value.code == 401
    caught.value.close()
    headers = {"X-Key": "test-api-key", "X-Timestamp": "1", "X-Signature": "0"}
    asked = urllib.request.Request(f"{sandbox}/orders", headers=headers)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(asked)
    assert caught.value.code == 401
    caught.value.close()


SOURCE = (EXAMPLE / SIGNER).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("def verify(", "def verify((", "is no Python"),
        (
            "import hashlib",
            "import no_such_module",
            ":10:1: error[signer-file]: the signer",
        ),
        ('    name: ClassVar[str] = "timestamp_hmac"\n', "", "needs a `name`"),
        ("(Scheme)", "", "has no class derived from `Scheme`"),
        ("TimestampHmacSigner", "TimestampHmac", "needs a name that ends in `Signer`"),
        ('"X-Key"\n', '"X-Other"\n', "needs `required`"),
        (
            '= ("X-Key", "X-Timestamp", "X-Signature")',
            "= []",
            "needs `headers`, a tuple",
        ),
        ("def apply(", "def aply(", "has no `apply`"),
        ('("api_key", "api_secret")', '("key",)', "takes no `key`"),
        ("self, *, api_key", "self, api_key", "takes `api_key` not by keyword only"),
        ("*, api_key", "*, other: list[str], api_key", "which the client can't offer"),
        ("    body: bytes,\n", "", "`verify` takes method, target, headers, body and"),
    ],
)
def test_what_is_wrong_with_the_file_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    assert old in SOURCE
    (tmp_path / SIGNER).write_text(SOURCE.replace(old, new), encoding="utf-8")
    done = run("generate", cwd=tmp_path)
    assert done.returncode == 2
    assert re.match(
        r"signers/timestamp_hmac\.py(:\d+:\d+)?: error\[signer-file\]", done.stderr
    )
    assert said in done.stderr
    assert "help: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "generated").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('signer = "signers/none.py"', "signers/none.py: error[signer-file]"),
        ('signer = "signers"', "signers: error[signer-file]"),
        ('signer = "signers/signing.py"', "can't be called `_signing`"),
        ('signer = "signers/a-b.py"', "can't be called `_a-b`"),
        ('client = "TimestampHmacSigner"', "can't be the name of a client"),
    ],
)
def test_what_is_wrong_with_its_name_is_said(
    tmp_path: Path, line: str, said: str
) -> None:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    for name in ("signing.py", "a-b.py"):
        shutil.copy(EXAMPLE / SIGNER, tmp_path / "signers" / name)
    file = tmp_path / "pyproject.toml"
    key = line.partition(" ")[0]
    file.write_text(re.sub(rf"^{key} = .*$", line, file.read_text(), flags=re.M))
    done = run("generate", cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_scheme_that_serves_nothing_is_reported(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    spec = tmp_path / "api.yaml"
    spec.write_text(spec.read_text().replace("X-Key", "X-Other"))
    done = run("generate", cwd=tmp_path)
    assert done.returncode == 0
    assert (
        "warning[unused-signer]: no operation is signed by `timestamp_hmac`"
        in done.stderr
    )
    (tmp_path / "overlay.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: Signs, version: '1'}\n"
        "actions: [{target: $, update: {x-signing: timestamp_hmac}}]\n"
    )
    done = run("generate", "--overlay", "overlay.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_page_shows_the_example() -> None:
    page = (ROOT / "docs" / "signers.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```toml\n(.*?)^```", page, re.DOTALL | re.M)
    assert shown == (EXAMPLE / "pyproject.toml").read_text(encoding="utf-8")
    (signature,) = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.M)
    _, _, shape = signature.partition("\n\n\n")  # behind its import
    assert shape in SOURCE
