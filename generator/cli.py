"""The command line. The only code that prints or decides an exit code.

0: clean. 1: findings (stale output). 2: the input or the command line can't be used.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from . import __version__
from .commands_diff import diff
from .commands_init import init
from .commands_pull import pull
from .commands_sandbox import sandbox
from .commands_unchanged import remember
from .config import TABLE, Config, load_config, merge
from .errors import UsageError
from .output.lock import read_lock
from .output.plan import make_plan
from .output.publish import publish
from .output.refuse import refuse_blocked, refuse_file, refuse_other_package
from .report import FORMATS, PATH, LintReport, Report
from .spec_command import SpecCommand

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
    click.option(
        "--spec",
        type=PATH,
        metavar="FILE|DIR|-",
        help="The OpenAPI document, or pages that show it.",
    ),
    click.option(
        *("--overlay", "overlays"),
        type=PATH,
        multiple=True,
        metavar="FILE",
        help="Lay FILE over it.",
    ),
    click.option(
        "--prefer",
        multiple=True,
        metavar="PAGE",
        help="Where pages disagree, PAGE counts.",
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


@cli.command(cls=SpecCommand)
@_with(*_INPUT)
@click.option(
    "--output",
    type=PATH,
    metavar="DIR",
    help="Where package, API.md and spec.lock go.",
)
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
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@_with(*_COMMON)
def generate(
    spec: str | None,
    overlays: tuple[str, ...],
    prefer: tuple[str, ...],
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
    report = Report(quiet, verbose, no_color, format_=format_)
    with report:
        configured = load_config(config)
        chosen = merge(
            configured, spec=spec, overlays=overlays, prefer=prefer, output=output,
            package=package, client=client, strict=strict, lenient=lenient,
        )  # fmt: skip
        if not chosen.output:
            _refuse_without_output(chosen, configured)
        folder = Path(chosen.output)
        refuse_file(folder)
        report.reading(chosen)
        # The stages are heavy to import; `--help` and completion do without them.
        from . import pipeline

        made = pipeline.generate(chosen)
        report.found(made.compiled.diagnostics)
        lock = read_lock(folder) if not force else None
        plan = make_plan(folder, made.files, lock, made.once)
        operations = len(made.compiled.api.operations)
        if check or show_diff:
            if plan.is_current:
                remember(report, chosen, made, plan)
            report.compared(plan, operations, show_diff)
        if not force:
            refuse_blocked(plan)
            refuse_other_package(plan, lock, made.package)
        report.writing(chosen)
        publish(plan)
        remember(report, chosen, made, plan)
        report.wrote(plan, chosen, operations)
        report.undecided(made.floats)


def _refuse_without_output(chosen: Config, configured: Config) -> NoReturn:
    from .compilation import compile_document

    compile_document(chosen)  # what is wrong with the document comes first
    if configured.output and configured.spec:
        raise UsageError(
            f"no output folder was named: that of [tool.{TABLE}] belongs to"
            f" {configured.spec}",
            "give --output DIR",
        )
    raise UsageError(
        "no output folder was named",
        "give --output DIR, or let `openapi-vendor init` write the options",
    )


@cli.command(cls=SpecCommand)
@_with(*_INPUT, *_STRICTNESS, *_COMMON)
def dump(
    spec: str | None,
    overlays: tuple[str, ...],
    prefer: tuple[str, ...],
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
    report = Report(quiet, verbose, no_color)
    with report:
        chosen = merge(
            load_config(config), spec=spec, overlays=overlays, prefer=prefer, output=None,
            package=None, client=None, strict=strict, lenient=lenient,
        )  # fmt: skip
        from .compilation import compile_document
        from .model.dump import dump_model

        compiled = compile_document(chosen)
        report.found(compiled.diagnostics)
        click.echo(dump_model(compiled.api), nl=False)


@cli.command(cls=SpecCommand)
@_with(*_INPUT, *_STRICTNESS)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@_with(*_COMMON)
def lint(
    spec: str | None,
    overlays: tuple[str, ...],
    prefer: tuple[str, ...],
    strict: bool,
    lenient: bool,
    format_: str,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    no_color: bool,
) -> None:
    """Say what is legal in a document and will hurt those who call it.

    Reads the document and its overlays, writes to standard output only. What is to be left
    out stands under [[tool.openapi-vendor.ignore]] in pyproject.toml, with a reason.
    Exit codes: 0 done, 1 --strict and there is a warning (a note fails nothing), 2 the
    document can't be used.

    \b
    openapi-vendor lint --spec api.yaml
    """
    report = LintReport(quiet, verbose, no_color, format_=format_)
    with report:
        chosen = merge(
            load_config(config), spec=spec, overlays=overlays, prefer=prefer, output=None,
            package=None, client=None, strict=False, lenient=lenient,
        )  # fmt: skip
        from . import pipeline

        found, ignored = pipeline.lint(chosen)
        report.linted(found, ignored)
        if strict and any(each.severity != "note" for each in found):
            raise SystemExit(1)


cli.add_command(diff)
cli.add_command(init)
cli.add_command(pull)
cli.add_command(sandbox)


def main() -> None:
    """Run the command line; Ctrl-C ends it as shells expect, 1 would be a finding."""
    try:
        ended = cli(prog_name="openapi-vendor", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nbroken off", err=True)
        raise SystemExit(130) from None
    raise SystemExit(ended if isinstance(ended, int) else 0)
