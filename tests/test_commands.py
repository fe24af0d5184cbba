"""The command line itself: help, options, exit codes, what goes where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import __version__
from tests.support.command import run, tree

DOCUMENT = """\
openapi: 3.0.3
info: {title: Bakery, version: "1"}
servers: [{url: https://bakery.example}]
paths:
  /breads/{id}:
    get:
      operationId: getBread
      tags: [Breads]
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        "200":
          description: A bread.
          content: {application/json: {schema: {$ref: "#/components/schemas/Bread"}}}
components:
  schemas:
    Bread: {type: object, required: [name], properties: {name: {type: string}}}
"""
SLOPPY = DOCUMENT.replace("type: integer", "type: int")
BROKEN = DOCUMENT.replace("schemas/Bread", "schemas/Bred")
OVERLAY = """\
overlay: 1.0.0
info: {title: Another name, version: "1"}
actions: [{target: $.info, update: {title: Patisserie}}]
"""
MODEL = Path(__file__).parent / "data" / "bakery_model.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a document, away from any configuration."""
    (tmp_path / "api.yaml").write_text(DOCUMENT)
    return tmp_path


@pytest.mark.parametrize("command", [(), ("generate",), ("dump",)])
def test_help_says_how_to_call(command: tuple[str, ...]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: openapi-vendor {' '.join(command)}".strip())
    assert "--help" in done.stdout
    assert done.stderr == ""


def test_help_of_a_command_shows_a_call_and_exit_codes() -> None:
    for command in ("generate", "dump"):
        shown = " ".join(run(command, "--help").stdout.split())
        assert f"openapi-vendor {command} --spec api.yaml" in shown
        assert "Exit codes" in shown


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (
        0,
        f"openapi-vendor, version {__version__}\n",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("generate", "--sepc", "a"), "No such option"),
        (("generat",), "No such command"),
        (("generate", "--format", "xml"), "'xml' is not one of"),
        (("generate", "--output"), "requires an argument"),
    ],
)
def test_a_wrong_command_line_is_explained(
    folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_no_document_named(folder: Path) -> None:
    for arguments in (("generate", "--output", "out"), ("dump",)):
        done = run(*arguments, cwd=folder)
        assert done.returncode == 2
        assert done.stderr.startswith(
            "error: no document was named\n   help: give --spec"
        )


def test_no_output_folder_named(folder: Path) -> None:
    done = run("generate", "--spec", "api.yaml", cwd=folder)
    assert done.returncode == 2
    assert (
        done.stderr == "error: no output folder was named\n"
        "   help: give --output DIR, or let `openapi-vendor init` write the options\n"
    )


def test_a_missing_document(folder: Path) -> None:
    done = run("generate", "--spec", "apo.yaml", "--output", "out", cwd=folder)
    assert done.returncode == 2
    assert "apo.yaml" in done.stderr
    assert "Traceback" not in done.stderr
    assert "help:" in done.stderr
    assert not (folder / "out").exists()


def test_generate_writes_and_says_so(folder: Path) -> None:
    done = run("generate", "--spec", "api.yaml", "--output", "out", cwd=folder)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("out: 1 operation, ")
    assert {"API.md", "spec.lock", "bakery/breads.py"} <= set(tree(folder / "out"))


def test_quiet_says_nothing(folder: Path) -> None:
    done = run("generate", "--spec", "api.yaml", "--output", "out", "-q", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_exit_codes_of_check(folder: Path) -> None:
    arguments = ("generate", "--spec", "api.yaml", "--output", "out")
    stale = run(*arguments, "--check", cwd=folder)
    assert stale.returncode == 1
    assert "bakery/breads.py: " in stale.stdout
    assert not (folder / "out").exists()
    run(*arguments, cwd=folder)
    assert run(*arguments, "--check", cwd=folder).returncode == 0
    (folder / "api.yaml").write_text(DOCUMENT.replace("getBread", "findBread"))
    changed = run(*arguments, "--diff", cwd=folder)
    assert changed.returncode == 1
    assert "+    def find_bread(" in changed.stdout
    (folder / "api.yaml").write_text(BROKEN)
    assert run(*arguments, "--check", cwd=folder).returncode == 2


def test_strict_takes_warnings_for_errors(folder: Path) -> None:
    (folder / "api.yaml").write_text(SLOPPY)
    arguments = ("generate", "--spec", "api.yaml", "--output", "out")
    strict = run(*arguments, "--strict", cwd=folder)
    assert strict.returncode == 2
    assert "error[unknown-type]" in strict.stderr
    assert not (folder / "out").exists()
    lax = run(*arguments, cwd=folder)
    assert lax.returncode == 0
    assert "warning[unknown-type]" in lax.stderr


def test_format_json_of_a_run_that_wrote(folder: Path) -> None:
    (folder / "api.yaml").write_text(SLOPPY)
    arguments = (
        "generate",
        "--spec",
        "api.yaml",
        "--output",
        "out",
        "--format",
        "json",
    )
    done = run(*arguments, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    assert set(data) == {
        "diagnostics",
        "written",
        "removed",
        "unchanged",
        "operations",
    }
    (finding,) = data["diagnostics"]
    assert finding == {
        "id": "unknown-type",
        "severity": "warning",
        "file": "api.yaml",
        "line": 9,
        "column": 72,
        "pointer": "#/paths/~1breads~1{id}/get/parameters/0/schema/type",
        "message": "there is no type `int`: it is read as untyped",
        "help": "did you mean `integer`?",
    }
    assert "bakery/breads.py" in data["written"]
    assert (data["removed"], data["unchanged"], data["operations"]) == ([], 0, 1)
    again = json.loads(run(*arguments, cwd=folder).stdout)
    assert again["written"] == []
    # `conftest.py` is written once and then belongs to the user.
    compared = set(data["written"]) - {"tests/conftest.py"}
    assert again["unchanged"] == len(compared)


def test_format_json_of_a_run_that_failed(folder: Path) -> None:
    (folder / "api.yaml").write_text(BROKEN)
    done = run(
        *("generate", "--spec", "api.yaml", "--output", "out", "--format", "json"),
        cwd=folder,
    )
    assert done.returncode == 2
    data = json.loads(done.stdout)
    assert [d["id"] for d in data["diagnostics"]] == ["dangling-reference"]
    assert (data["written"], data["operations"]) == ([], 0)


def test_a_document_from_standard_input(folder: Path) -> None:
    done = run(
        *("generate", "--spec", "-", "--output", "out"),
        cwd=folder,
        stdin=DOCUMENT.encode(),
    )
    assert done.returncode == 0, done.stderr
    assert "bakery/breads.py" in tree(folder / "out")
    failed = run("dump", "--spec", "-", cwd=folder, stdin=BROKEN.encode())
    assert failed.returncode == 2
    assert failed.stderr.startswith("<stdin>:13:")


def _configure(folder: Path, *lines: str) -> None:
    (folder / "pyproject.toml").write_text(
        "\n".join(["[tool.openapi-vendor]", *lines, ""])
    )


def test_configuration(folder: Path) -> None:
    (folder / "overlay.yaml").write_text(OVERLAY)
    _configure(
        folder, 'spec = "api.yaml"', 'overlays = ["overlay.yaml"]', 'output = "out"'
    )
    below = folder / "below"
    below.mkdir()
    done = run("generate", cwd=below)
    assert done.returncode == 0, done.stderr
    assert "patisserie/breads.py" in tree(folder / "out")


def test_an_unknown_option_in_the_configuration(folder: Path) -> None:
    _configure(folder, 'spec = "api.yaml"', 'outptu = "out"')
    done = run("generate", cwd=folder)
    assert done.returncode == 2
    assert "has no option `outptu`" in done.stderr
    assert "did you mean `output`?" in done.stderr


@pytest.mark.parametrize("line", ["spec = 1", 'overlays = "a"', "overlays = [1]"])
def test_a_wrong_value_in_the_configuration(folder: Path, line: str) -> None:
    _configure(folder, line)
    done = run("generate", cwd=folder)
    assert done.returncode == 2
    assert "should be" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_document_takes_nothing_of_the_configured_one(folder: Path) -> None:
    (folder / "overlay.yaml").write_text(OVERLAY)
    (folder / "other.yaml").write_text(DOCUMENT)
    _configure(
        folder, 'spec = "api.yaml"', 'overlays = ["overlay.yaml"]', 'output = "out"'
    )
    refused = run("generate", "--spec", "other.yaml", cwd=folder)
    assert refused.returncode == 2
    assert "no output folder was named" in refused.stderr
    done = run("generate", "--spec", "other.yaml", "--output", "elsewhere", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "bakery/breads.py" in tree(folder / "elsewhere")


def test_a_name_that_no_client_can_have(folder: Path) -> None:
    for option, name in (
        ("--package", "my-client"),
        ("--package", "class"),
        ("--client", "Client"),
        ("--client", "_Bakery"),
    ):
        done = run(
            *("generate", "--spec", "api.yaml", "--output", "out", option, name),
            cwd=folder,
        )
        assert done.returncode == 2
        assert f"`{name}` can't be the name of a {option[2:]}" in done.stderr


def test_dump_prints_the_model(folder: Path) -> None:
    done = run("dump", "--spec", "api.yaml", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == MODEL.read_text()
