"""The first run makes what is needed, a second one changes nothing."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import run, tree

from .support import DOCUMENT, TABLE, written_table


def test_from_nothing_to_a_checked_client(folder: Path) -> None:
    done = run("init", "--spec", "api.yaml", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "overlay.yaml: written, proposed as comments: 1 read, 4 money, 1 name\n"
        "pyproject.toml: [tool.openapi-vendor] written\n"
        "next: decide on the overlay, then `openapi-vendor generate`\n"
        "three lines, two for a Makefile and one for CI:\n"
        "  generate: ; openapi-vendor generate\n"
        "  check: ; openapi-vendor generate --check\n"
        "  - run: openapi-vendor generate --check\n"
        "programs that use the client need `pip install httpx2 msgspec`\n"
    )
    assert written_table(folder) == TABLE
    assert run("generate", cwd=folder).returncode == 0
    checked = run("generate", "--check", cwd=folder)
    assert (checked.returncode, checked.stdout) == (0, "generated: current\n")


def test_a_second_run_changes_nothing(folder: Path) -> None:
    run("init", "--spec", "api.yaml", cwd=folder)
    (folder / "overlay.yaml").write_text(
        (folder / "overlay.yaml").read_text() + "# me\n"
    )
    before = tree(folder)
    for arguments in ((), ("--yes",), ("--spec", "api.yaml", "--output", "generated")):
        again = run("init", *arguments, cwd=folder)
        assert again.returncode == 0, again.stderr
        assert again.stdout.startswith(
            "overlay.yaml: there already, left as it is\n"
            "pyproject.toml: [tool.openapi-vendor] is there already, left as it is\n"
        )
        assert tree(folder) == before


def test_a_second_run_writes_what_is_missing(folder: Path) -> None:
    run("init", "--spec", "api.yaml", cwd=folder)
    before = tree(folder)
    (folder / "overlay.yaml").unlink()
    again = run("init", cwd=folder)
    assert again.stdout.startswith("overlay.yaml: written, ")
    assert tree(folder) == before


def test_what_is_configured_is_not_changed_by_an_option(folder: Path) -> None:
    run("init", "--spec", "api.yaml", cwd=folder)
    before = tree(folder)
    done = run("init", "--package", "other", cwd=folder)
    assert done.returncode == 2
    assert "pyproject.toml has a table [tool.openapi-vendor] already, with another" in (
        done.stderr
    )
    assert tree(folder) == before


def test_what_cannot_be_used_writes_nothing(folder: Path) -> None:
    (folder / "broken.yaml").write_text(
        DOCUMENT.replace("schemas/Order", "schemas/Odrer")
    )
    before = tree(folder)
    for arguments, said in (
        ((), "give --spec FILE; found here: api.yaml, broken.yaml"),
        (("--yes",), "no document was named"),
        (("--spec", "-"), "is no file"),
        (("--spec", "https://bread.example/api.yaml"), "is no file"),
        (("--spec", "none.yaml"), "there is no such file"),
        (("--spec", "broken.yaml"), "error[dangling-reference]"),
        (("--spec", "api.yaml", "--package", "no-name"), "`no-name` can't be the name"),
        (("--spec", "api.yaml", "--client", "Client"), "`Client` can't be the name"),
    ):
        done = run("init", *arguments, cwd=folder)
        assert done.returncode == 2, arguments
        assert said in done.stderr
        assert tree(folder) == before
