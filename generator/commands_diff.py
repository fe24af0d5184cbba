"""The command `diff`: which documents, which report, which exit code."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import click

from .config import Config, load_config
from .errors import unreadable, unwritable
from .report import PATH, Report

_FORMATS = ("text", "markdown", "json", "html", "github")


@click.command()
@click.argument("old", type=PATH, metavar="OLD")
@click.argument("new", type=PATH, metavar="NEW")
@click.option(
    "--overlay",
    "overlays",
    type=PATH,
    multiple=True,
    metavar="FILE",
    help="Lay FILE over both.",
)
@click.option(
    "--old-overlay",
    "old_overlays",
    multiple=True,
    metavar="FILE",
    help="Lay FILE over OLD, and --overlay over NEW only.",
)
@click.option(
    "--prefer", multiple=True, metavar="PAGE", help="Where pages disagree, PAGE counts."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option("--output", type=PATH, metavar="FILE", help="Write the report to FILE.")
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "any", "never"]),
    default="breaking",
    show_default=True,
    help="What makes the exit code 1.",
)
@click.option(
    "--ignore", "ignored", type=PATH, metavar="FILE", help="Leave out what FILE lists."
)
@click.option(
    "--config", type=click.Path(path_type=Path), help="Read options from FILE."
)
@click.option("-q", "--quiet", is_flag=True, help="Print the report only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every Python symbol.")
@click.option("--no-color", is_flag=True, help="Print without colour.")
def diff(
    old: str,
    new: str,
    overlays: tuple[str, ...],
    old_overlays: tuple[str, ...],
    prefer: tuple[str, ...],
    format_: str,
    output: str | None,
    fail_on: str,
    ignored: str | None,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    no_color: bool,
) -> None:
    """Say what a new revision of a document does to its callers.

    OLD and NEW are files or folders of pages, or `git-ref:path`. Reads both with their
    overlays, writes to standard output or the file named by --output.
    Exit codes: 0 nothing to fail on, 1 --fail-on found something, 2 a document or the
    command line can't be used.

    \b
    openapi-vendor diff HEAD~1:spec/api.yaml spec/api.yaml
    """
    report = Report(quiet, verbose, no_color)
    is_text = format_ == "text"
    with report:
        configured = load_config(config)
        configured = replace(configured, prefer=prefer or configured.prefer)
        one = _chosen(configured, old, old_overlays or overlays)
        other = _chosen(configured, new, overlays)
        # The stages are heavy to import; `--help` and completion do without them.
        from . import pipeline
        from .diff.ignore import read_ignored, without_ignored
        from .diff.reports import FORMATS, render_all

        entries = read_ignored(_text_of(ignored), ignored) if ignored else ()
        report.progress(f"comparing {old} with {new}")
        found = pipeline.compare(one, other)
        found, notes = without_ignored(found, entries, datetime.date.today())
        for note in notes:
            click.echo(f"{ignored}: {note}", err=True)
        text = render_all(found) if verbose and is_text else FORMATS[format_](found)
        if output is None:
            click.echo(text, nl=False)
        else:
            _write(Path(output), text)
        failing = {"breaking": found.breaking, "any": bool(found.findings)}
        if failing.get(fail_on, False):
            raise SystemExit(1)


def _chosen(configured: Config, spec: str, overlays: tuple[str, ...]) -> Config:
    """Return the options of one document.

    What is configured for a document holds for its earlier revisions too, and the names
    of package and client for any document: names that differ are no change of it.
    """
    path = spec.partition(":")[2] or spec if not Path(spec).exists() else spec
    is_own = bool(configured.spec) and _resolved(path) == _resolved(configured.spec)
    own = configured.overlays if is_own else ()
    return replace(configured, spec=spec, overlays=overlays or own, strict=False)


def _resolved(path: str) -> Path:
    return Path(path).resolve()


def _text_of(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(file, error) from error


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise unwritable(file, error) from error
