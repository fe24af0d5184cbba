"""The command `init`: what a repository needs to keep a client, asked or told."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import click

from .config import FILE, TABLE, Config, load_config, nearest_file, table_of
from .errors import UsageError, unwritable
from .output.existing import read_existing
from .report import PATH, Report
from .spec_command import SpecCommand

_OUTPUT = "generated"
_LINES = """\
three lines, two for a Makefile and one for CI:
  generate: ; openapi-vendor generate
  check: ; openapi-vendor generate --check
  - run: openapi-vendor generate --check
programs that use the client need `pip install httpx2 msgspec`\
"""


@click.command(cls=SpecCommand)
@click.option("--spec", type=PATH, metavar="FILE", help="The OpenAPI document.")
@click.option("--package", metavar="NAME", help="Import name of the client.")
@click.option("--output", type=PATH, metavar="DIR", help="Where the client goes.")
@click.option("--client", metavar="NAME", help="Name of the client class.")
@click.option(
    "--lenient", is_flag=True, help="Take a reference to nothing for untyped."
)
@click.option("-y", "--yes", is_flag=True, help="Ask nothing; take what is proposed.")
@click.option("-q", "--quiet", is_flag=True, help="Print what was written only.")
@click.option("--no-color", is_flag=True, help="Print without colour.")
def init(
    spec: str | None,
    package: str | None,
    output: str | None,
    client: str | None,
    lenient: bool,
    yes: bool,
    quiet: bool,
    no_color: bool,
) -> None:
    """Make a repository ready to keep a client of a document.

    Asks for what wasn't given, on a terminal. Reads the document, and pyproject.toml of
    the current folder. Writes the table [tool.openapi-vendor] behind what stands in
    pyproject.toml, and an overlay to start from beside the document: reads, money and
    names that it proposes, each as a comment with its reason. Overwrites nothing: a
    second run says what is there already.
    Exit codes: 0 done, or there already; 2 nothing was written.

    \b
    openapi-vendor init --spec api.yaml --package exchange --output generated
    """
    report = Report(quiet, False, no_color)
    told = {"spec": spec, "package": package, "output": output, "client": client}
    with report:
        file = Path(FILE)
        content = read_existing(file)
        is_there = _has_table(file, content)
        chosen = _configured(file, told) if is_there else _told(told, yes)
        chosen = replace(chosen, lenient=chosen.lenient or lenient)
        # The stages are heavy to import; `--help` and completion do without them.
        from . import pipeline

        added = b""
        missing = [path for path in chosen.overlays if not Path(path).exists()]
        report.progress(f"reading {chosen.spec}")
        present = tuple(path for path in chosen.overlays if path not in missing)
        started = pipeline.start(replace(chosen, overlays=present))

        def named(config: Config) -> Config:
            names = pipeline.client_names(config, started.api)
            return replace(config, package=names.package, client=names.client)

        if not is_there:
            if not yes and _is_asked():
                chosen = _asked(chosen, named)
            chosen = named(chosen)
            table = _table(chosen)
            added = _addition(file, content, table)
        for path in chosen.overlays:
            if path in missing:
                _create(Path(path), started.overlay)
                click.echo(f"{path}: written, {_counted(started.proposed)}")
            else:
                click.echo(f"{path}: there already, left as it is")
        if is_there:
            click.echo(f"{file}: [tool.{TABLE}] is there already, left as it is")
        else:
            _append(file, added)
            click.echo(f"{file}: [tool.{TABLE}] written")
        if started.diagnostics and not quiet:
            count = len(started.diagnostics)
            found = "1 warning" if count == 1 else f"{count} warnings"
            click.echo(
                f"{found} about the document: see `openapi-vendor lint`", err=True
            )
        if not quiet:
            decide = "decide on the overlay, then " if started.proposed else ""
            click.echo(f"next: {decide}`openapi-vendor generate`")
            click.echo(_LINES)


def _has_table(file: Path, content: bytes | None) -> bool:
    if content is None:
        return False
    try:
        return table_of(tomllib.loads(content.decode())) is not None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"{file} can't be read: {error}",
            "nothing is added to a broken file: mend it",
        ) from error


def _configured(file: Path, told: Mapping[str, str | None]) -> Config:
    """Return the options that are there; others than those can't be asked for."""
    found = load_config(file)
    for name, value in told.items():
        known = getattr(found, name)
        is_same = value == known or (
            name in ("spec", "output")
            and value is not None
            and Path(value).resolve() == Path(known).resolve()
        )
        if value is not None and not is_same:
            raise UsageError(
                f"{file} has a table [tool.{TABLE}] already, with another `{name}`",
                "edit it there: `init` never changes what is written",
            )
    return found


def _told(told: Mapping[str, str | None], yes: bool) -> Config:
    above = nearest_file(Path.cwd())
    if above is not None:
        raise UsageError(
            f"{os.path.relpath(above)} has a table [tool.{TABLE}] already",
            (
                f"run `init` there, or write an empty {FILE} here for a table of its own"
                if not Path(FILE).exists()
                else "run `init` there, or write the table by hand"
            ),
        )
    from .start import candidates_here

    candidates = list(candidates_here())
    spec = told["spec"]
    if not spec and not yes and _is_asked():
        spec = _ask("OpenAPI document", next(iter(candidates), None), _is_there)
    if not spec and yes and len(candidates) == 1:
        spec = candidates[0]
    if not spec:
        found = f"; found here: {', '.join(candidates)}" if candidates else ""
        raise UsageError("no document was named", f"give --spec FILE{found}")
    _named_file(spec)
    document = os.path.relpath(spec)
    overlay = Path(document).parent / "overlay.yaml"
    return Config(
        spec=Path(document).as_posix(),
        overlays=(overlay.as_posix(),),
        output=Path(os.path.relpath(told["output"] or _OUTPUT)).as_posix(),
        package=told["package"] or "",
        client=told["client"] or "",
        root=Path.cwd(),
    )


def _is_asked() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _is_there(spec: str) -> None:
    _named_file(spec)
    if not Path(spec).exists():
        raise UsageError(f"there is no `{spec}`", "check the path and its spelling")


def _named_file(spec: str) -> None:
    """Refuse what can't be kept in a repository."""
    if spec == "-" or "://" in spec:
        raise UsageError(
            f"{spec} is no file",
            "save the document in the repository, what is generated is checked against it:"
            " `openapi-vendor pull URL --spec FILE` does",
        )


def _asked(chosen: Config, named: Callable[[Config], Config]) -> Config:
    """Ask for the names and the folder, unless they were given."""
    proposed = named(chosen)
    package = chosen.package or _ask(
        "import name of the client",
        proposed.package,
        lambda name: named(replace(chosen, package=name)),
    )
    client = chosen.client or _ask(
        "name of the client class",
        proposed.client,
        lambda name: named(replace(chosen, client=name)),
    )
    output = click.prompt("folder that it goes to", default=chosen.output)
    return replace(chosen, package=package, client=client, output=output)


def _ask(question: str, default: str | None, check: Callable[[str], object]) -> str:
    """Return an answer that `check` doesn't refuse; another one is asked for again."""

    def checked(answer: str) -> str:
        try:
            check(answer.strip())
        except UsageError as error:
            raise click.UsageError(str(error)) from error
        return answer.strip()

    return str(click.prompt(question, default=default, value_proc=checked))


def _table(chosen: Config) -> str:
    from .start import table_text

    return table_text(
        TABLE,
        {
            "spec": chosen.spec,
            "overlays": chosen.overlays,
            "output": chosen.output,
            "package": chosen.package,
            "client": chosen.client,
            **({"lenient": True} if chosen.lenient else {}),
        },
    )


def _addition(file: Path, content: bytes | None, table: str) -> bytes:
    """Return what goes behind a file; what stands there stays as it is, byte for byte."""
    before = content or b""
    end = "\r\n" if b"\r\n" in before else "\n"
    gap = "" if before.endswith(b"\n") or not before else end
    gap += end if before.strip() else ""
    added = (gap + table.replace("\n", end)).encode()
    try:
        whole = tomllib.loads((before + added).decode())
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"{file} takes no table at its end: {error}",
            f"write it where it belongs:\n{table}",
        ) from error
    if table_of(whole) != tomllib.loads(table)["tool"][TABLE]:
        raise UsageError(f"{file} takes no table at its end", f"write it:\n{table}")
    return added


def _append(file: Path, added: bytes) -> None:
    try:
        with file.open("ab") as opened:
            opened.write(added)
    except OSError as error:
        raise unwritable(file, error) from error


def _create(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except OSError as error:
        raise unwritable(file, error) from error


def _counted(proposed: Mapping[str, int]) -> str:
    kinds = {"read": "reads", "money": "money", "name": "names"}
    counts = [
        f"{proposed[kind]} {kind if proposed[kind] == 1 else several}"
        for kind, several in kinds.items()
        if proposed.get(kind)
    ]
    if not counts:
        return "nothing proposed"
    return f"proposed as comments: {', '.join(counts)}"
