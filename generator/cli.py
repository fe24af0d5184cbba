"""The command line. The only code that prints or decides an exit code.

0: clean. 1: findings (stale output). 2: the input or the command line can't be used.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from . import __version__
from .config import Config, load_config, merge
from .diagnostics import Diagnostic, InputError, render_json, render_text
from .errors import GeneratorError, UsageError
from .output.lock import read_lock
from .output.plan import Change, Plan, State, make_plan
from .output.publish import publish, summary

_Command = TypeVar("_Command", bound=Callable[..., Any])

_COMMON = (
    click.option(
        "--config", type=click.Path(path_type=Path), help="Read options from FILE."
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print findings only."),
    click.option("-v", "--verbose", is_flag=True, help="Print each file."),
    click.option("--no-color", is_flag=True, help="Print without colour."),
)
_INPUT = (
    click.option("--spec", metavar="FILE|-", help="The OpenAPI document."),
    click.option(
        "--overlay", "overlays", multiple=True, metavar="FILE", help="Lay FILE over it."
    ),
)
_STRICTNESS = (
    click.option("--strict", is_flag=True, help="Take warnings for errors."),
    click.option(
        "--lenient", is_flag=True, help="Take a reference to nothing for untyped."
    ),
)


def _with(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="openapi-vendor")
def cli() -> None:
    """Compile an OpenAPI document into a Python client that you vendor."""


@cli.command()
@_with(*_INPUT)
@click.option("--output", metavar="DIR", help="Where package, API.md and spec.lock go.")
@click.option("--package", metavar="NAME", help="Import name of the client.")
@click.option("--client", metavar="NAME", help="Name of the client class.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if output is stale.")
@click.option(
    "--diff", "show_diff", is_flag=True, help="As --check, and show the diff."
)
@_with(*_STRICTNESS)
@click.option("--force", is_flag=True, help="Overwrite files that were edited by hand.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@_with(*_COMMON)
def generate(
    spec: str | None,
    overlays: tuple[str, ...],
    output: str | None,
    package: str | None,
    client: str | None,
    check: bool,
    show_diff: bool,
    strict: bool,
    lenient: bool,
    force: bool,
    format_: str,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    no_color: bool,
) -> None:
    """Bring the client up to date with its document.

    Reads the document and its overlays, writes the package, API.md and spec.lock below
    the output folder, deletes what is stale there, and leaves every other file alone.
    Exit codes: 0 done, 1 --check or --diff found stale files, 2 nothing was written.

    \b
    openapi-vendor generate --spec api.yaml --output generated
    """
    report = _Report(format_ == "json", quiet, verbose, no_color)
    with report:
        chosen = merge(
            load_config(config), spec=spec, overlays=overlays, output=output,
            package=package, client=client, strict=strict, lenient=lenient,
        )  # fmt: skip
        if not chosen.output:
            raise UsageError("no output folder was named", "give --output DIR")
        report.progress(f"reading {chosen.shown(chosen.spec) if chosen.spec else ''}")
        # The stages are heavy to import; `--help` and completion do without them.
        from . import pipeline

        made = pipeline.generate(chosen)
        report.found(made.compiled.diagnostics)
        folder = Path(chosen.output)
        plan = make_plan(folder, made.files, read_lock(folder) if not force else None)
        operations = len(made.compiled.api.operations)
        if check or show_diff:
            report.compared(plan, operations, show_diff)
        _refuse_blocked(plan, force)
        report.progress(f"writing {chosen.output}")
        publish(plan)
        report.wrote(plan, chosen, operations)


@cli.command()
@_with(*_INPUT, *_STRICTNESS, *_COMMON)
def dump(
    spec: str | None,
    overlays: tuple[str, ...],
    strict: bool,
    lenient: bool,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    no_color: bool,
) -> None:
    """Print the intermediate model of a document as text.

    Reads the document and its overlays, writes to standard output only.
    Exit codes: 0 printed, 2 the document can't be used.

    \b
    openapi-vendor dump --spec api.yaml
    """
    report = _Report(False, quiet, verbose, no_color)
    with report:
        chosen = merge(
            load_config(config), spec=spec, overlays=overlays, output=None,
            package=None, client=None, strict=strict, lenient=lenient,
        )  # fmt: skip
        from . import pipeline
        from .model.dump import dump_model

        compiled = pipeline.compile_document(chosen)
        report.found(compiled.diagnostics)
        click.echo(dump_model(compiled.api), nl=False)


def _refuse_blocked(plan: Plan, force: bool) -> None:
    if force or not plan.blocked:
        return
    listed = "\n".join(f"  {c.path}: {c.state.value}" for c in plan.blocked)
    raise UsageError(
        f"nothing was written, because it would overwrite other work:\n{listed}",
        "move your changes elsewhere (an overlay, a subclass), or overwrite the files"
        " with --force",
    )


class _Report:
    """What a command prints, and how it ends."""

    def __init__(
        self, as_json: bool, quiet: bool, verbose: bool, no_color: bool
    ) -> None:
        self._as_json = as_json
        self._quiet = quiet
        self._verbose = verbose
        self._color = not no_color and "NO_COLOR" not in os.environ and _is_terminal()
        self._found: Sequence[Diagnostic] = ()

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        match error:
            case InputError():
                self._fail(error)
            case UsageError():
                _complain(str(error), error.help)
                raise SystemExit(2) from None
            case GeneratorError():
                _complain(
                    str(error), "this is a fault of openapi-vendor: please report it"
                )
                raise SystemExit(2) from error

    def progress(self, text: str) -> None:
        """Say what is being done, to a person who watches."""
        if not self._quiet and not self._as_json and _is_terminal():
            click.echo(text, err=True)

    def found(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Print findings that did not stop the run."""
        self._found = diagnostics
        if diagnostics and not self._as_json:
            click.echo(render_text(diagnostics, color=self._color), err=True)

    def compared(self, plan: Plan, operations: int, show_diff: bool) -> NoReturn:
        """Print what is not current, file by file, and end."""
        stale = [c for c in plan.changes if c.state is not State.UNCHANGED]
        if self._as_json:
            self._print_json(plan, operations)
        for change in stale if not self._as_json else ():
            click.echo(f"{change.path}: {change.state.value}")
            if show_diff:
                self._print_diff(change)
        if not self._as_json and not self._quiet:
            text = (
                f"{len(stale)} of {len(plan.changes)} files differ"
                if stale
                else "current"
            )
            click.echo(f"{plan.folder}: {text}")
        raise SystemExit(1 if stale else 0)

    def wrote(self, plan: Plan, config: Config, operations: int) -> None:
        """Print the summary of a run that wrote."""
        if self._as_json:
            self._print_json(plan, operations)
            return
        if self._verbose:
            for change in plan.changes:
                if change.state is not State.UNCHANGED:
                    click.echo(
                        f"{'removed' if change.after is None else 'written'} {change.path}"
                    )
        if not self._quiet:
            click.echo(f"{config.output}: {operations} operations, {summary(plan)}")

    def _print_diff(self, change: Change) -> None:
        for line in change.diff():
            click.echo(line)

    def _print_json(self, plan: Plan | None, operations: int) -> None:
        changes = plan.changes if plan is not None else ()
        removed = [c.path for c in changes if c.after is None]
        unchanged = [c for c in changes if c.state is State.UNCHANGED]
        written = [
            c.path
            for c in changes
            if c.after is not None and c.state is not State.UNCHANGED
        ]
        data = {
            "diagnostics": render_json(self._found),
            "written": written,
            "removed": removed,
            "unchanged": len(unchanged),
            "operations": operations,
        }
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))

    def _fail(self, error: InputError) -> NoReturn:
        self._found = tuple(error.diagnostics)
        if self._as_json:
            self._print_json(None, 0)
        else:
            click.echo(render_text(self._found, color=self._color), err=True)
        raise SystemExit(2) from None


def _complain(message: str, help_: str) -> None:
    click.echo(f"error: {message}", err=True)
    if help_:
        click.echo(f"   help: {help_}", err=True)


def _is_terminal() -> bool:
    return sys.stderr.isatty()


def main() -> None:
    """Run the command line."""
    cli(prog_name="openapi-vendor")
