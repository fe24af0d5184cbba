"""`generated/` is current, the same everywhere, and nobody's work is overwritten."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.command import ROOT, run, tree

FLEX = "whitebit/crypto_lending_flex.py"
OLD = "whitebit/old_tag.py"
OWN = "whitebit/my_own.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the command line reads and writes."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "spec", folder / "spec")
    shutil.copytree(
        ROOT / "generated",
        folder / "generated",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    return folder


def _replace(file: Path, old: bytes, new: bytes) -> None:
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))


def _change_document(project: Path) -> None:
    document = project / "spec" / "main_api_v4.yaml"
    _replace(document, b"can be taken back at any time", b"is never locked")


def _remove(project: Path) -> None:
    (project / "generated" / FLEX).unlink()


def _add_to_lock(project: Path) -> None:
    """Leave what a former run made: a file that the lock lists, unchanged since."""
    (project / "generated" / OLD).write_bytes(b"old = 1\n")
    lock = project / "generated" / "spec.lock"
    data = json.loads(lock.read_text())
    data["files"][OLD] = sha256(b"old = 1\n").hexdigest()
    lock.write_text(json.dumps(data, indent=2) + "\n")


def _edit(project: Path) -> None:
    file = project / "generated" / FLEX
    file.write_bytes(file.read_bytes() + b"# by hand\n")


def _edit_old(project: Path) -> None:
    _add_to_lock(project)
    (project / "generated" / OLD).write_bytes(b"old = 2\n")


def _convert_line_ends(project: Path) -> None:
    _replace(project / "generated" / FLEX, b"\n", b"\r\n")


def test_what_is_committed_is_current() -> None:
    done = run("generate", "--check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "generated: current\n"


@pytest.mark.parametrize(
    ("touch", "line"),
    [
        (_change_document, f"{FLEX}: stale"),
        (_remove, f"{FLEX}: missing"),
        (_add_to_lock, f"{OLD}: extra"),
        (_edit, f"{FLEX}: edited by hand"),
        (_edit_old, f"{OLD}: edited by hand, and no longer generated"),
        (_convert_line_ends, f"{FLEX}: other line ends"),
    ],
)
def test_the_check_names_each_file_that_differs(
    project: Path, touch: Callable[[Path], None], line: str
) -> None:
    touch(project)
    before = tree(project)
    done = run("generate", "--check", cwd=project)
    assert done.returncode == 1, done.stderr
    assert line in done.stdout.splitlines()
    expected = {path for path in (FLEX, OLD) if path in line}
    named = {name for name, _, state in map(_parts, done.stdout.splitlines()) if state}
    # The document itself is in more files: its group is listed, its hash is in the lock.
    assert (
        expected
        <= named
        <= expected
        | {"generated", "spec.lock"}
        | ({"API.md", "whitebit/client.py"} if touch is _change_document else set())
    )
    assert tree(project) == before


def _parts(line: str) -> tuple[str, str, str]:
    return line.partition(": ")


def test_the_diff_is_shown(project: Path) -> None:
    _edit(project)
    before = tree(project)
    done = run("generate", "--diff", cwd=project)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[:3] == [
        f"{FLEX}: edited by hand",
        f"--- a/{FLEX}",
        f"+++ b/{FLEX}",
    ]
    assert [line for line in lines[3:] if line[:1] in "-+"] == ["-# by hand"]
    assert tree(project) == before


@pytest.mark.parametrize(
    ("seed", "locale", "zone"),
    [("1", "C", "Pacific/Kiritimati"), ("2", "C.UTF-8", "America/St_Johns")],
)
def test_hash_seed_locale_zone_and_folder_leave_no_trace(
    tmp_path: Path, seed: str, locale: str, zone: str
) -> None:
    output = tmp_path / "out"
    env = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale, "TZ": zone}
    env |= {"PYTHONUTF8": "0", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    config = ROOT / "pyproject.toml"
    done = run(
        "generate", "--config", config, "--output", output, cwd=tmp_path, env=env
    )
    assert done.returncode == 0, done.stderr
    assert tree(output) == tree(ROOT / "generated")


def test_stale_files_are_removed_and_foreign_files_stay(project: Path) -> None:
    foreign = {OWN: b"mine = 1\n", "notes.txt": b"mine\r\n", "tests/custom/t.py": b""}
    for path, content in foreign.items():
        (project / "generated" / path).parent.mkdir(parents=True, exist_ok=True)
        (project / "generated" / path).write_bytes(content)
    _add_to_lock(project)
    done = run("generate", cwd=project)
    assert done.returncode == 0, done.stderr
    assert tree(project / "generated") == {**tree(ROOT / "generated"), **foreign}


@pytest.mark.parametrize(
    ("touch", "path"), [(_edit, FLEX), (_edit_old, OLD)], ids=["current", "old"]
)
def test_work_of_a_person_is_overwritten_by_force_only(
    project: Path, touch: Callable[[Path], None], path: str
) -> None:
    touch(project)
    (project / "generated" / "API.md").unlink()  # so that there is something to write
    before = tree(project)
    done = run("generate", cwd=project)
    assert done.returncode == 2
    assert f"  {path}: edited by hand" in done.stderr
    assert "--force" in done.stderr
    assert tree(project) == before
    done = run("generate", "--force", cwd=project)
    assert done.returncode == 0, done.stderr
    made = tree(project / "generated")
    if touch is _edit_old:  # nobody knows any more that it was generated once
        assert made.pop(OLD) == b"old = 2\n"
    assert made == tree(ROOT / "generated")


def _conflict(project: Path) -> None:
    _edit(project)
    lock = project / "generated" / "spec.lock"
    text = lock.read_text()
    lock.write_text(f"<<<<<<< ours\n{text}=======\n{text}>>>>>>> theirs\n")


def _damage(project: Path) -> None:
    lock = project / "generated" / "spec.lock"
    lock.write_text(lock.read_text()[:100])


def _empty_lock(project: Path) -> None:
    (project / "generated" / "spec.lock").write_text("{}")


def _no_lock(project: Path) -> None:
    _edit(project)
    (project / "generated" / "spec.lock").unlink()


@pytest.mark.parametrize(
    ("touch", "message"),
    [
        (_conflict, "spec.lock holds merge conflicts"),
        (_damage, "spec.lock is damaged"),
        (_empty_lock, "spec.lock is damaged"),
        (_no_lock, f"{FLEX}: not generated"),
    ],
)
def test_a_lock_that_says_nothing_stops_the_run(
    project: Path, touch: Callable[[Path], None], message: str
) -> None:
    touch(project)
    before = tree(project)
    done = run("generate", cwd=project)
    assert done.returncode == 2
    assert message in done.stderr
    assert "   help: " in done.stderr
    assert tree(project) == before
    assert run("generate", "--force", cwd=project).returncode == 0
    assert tree(project / "generated") == tree(ROOT / "generated")


def test_files_without_a_lock_are_adopted_where_they_are_the_same(
    project: Path,
) -> None:
    (project / "generated" / "spec.lock").unlink()
    done = run("generate", cwd=project)
    assert done.returncode == 0, done.stderr
    assert ", 1 written, 0 removed, " in done.stdout
    assert tree(project / "generated") == tree(ROOT / "generated")


@pytest.mark.parametrize(
    ("place", "is_folder"),
    [("", False), ("whitebit", False), ("whitebit/models.py", True)],
    ids=["output", "package", "module"],
)
def test_an_output_that_cannot_be_written_is_left_alone(
    project: Path, place: str, is_folder: bool
) -> None:
    target = project / "made" / place
    if is_folder:
        (target / "something").mkdir(parents=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"in the way\n")
    before = tree(project), sorted(project.rglob("*"))
    config = project / "pyproject.toml"
    done = run("generate", "--config", config, "--output", "made", cwd=project)
    assert done.returncode == 2
    assert "error: made" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tree(project), sorted(project.rglob("*"))) == before


def test_what_is_generated_is_in_the_shape_of_black() -> None:
    command = [
        sys.executable,
        "-m",
        "black",
        "--check",
        "--quiet",
        "generated",
        *map(str, sorted((ROOT / "tests" / "cases").glob("*/expected"))),
    ]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_another_client_is_not_deleted_for_its_folder(project: Path) -> None:
    other = ROOT / "tests" / "cases" / "minimal" / "spec.yaml"
    options = ("generate", "--spec", other, "--package", "bakery")
    before = tree(project)
    done = run(*options, "--output", "generated", cwd=project)
    assert done.returncode == 2
    assert (
        "generated holds the client `whitebit`, which would be deleted" in done.stderr
    )
    assert "delete generated/whitebit yourself" in done.stderr
    assert tree(project) == before
    checked = run(*options, "--output", "generated", "--check", cwd=project)
    assert checked.returncode == 1  # it only says what would be done
    shutil.rmtree(project / "generated" / "whitebit")
    done = run(*options, "--output", "generated", cwd=project)
    assert done.returncode == 0, done.stderr
    assert (project / "generated" / "bakery" / "client.py").exists()
    assert not (project / "generated" / "whitebit").exists()
