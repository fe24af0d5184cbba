"""The command `pull`: what a vendor publishes, as one file, and what that changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from .config import STDIN, Config, load_config, merge
from .diagnostics import Diagnostics, InputError
from .errors import UsageError
from .output.plan import Change, Plan, State
from .output.publish import publish
from .report import PATH, Report

if TYPE_CHECKING:
    from .document.pull import Pulled
    from .document.source import Source


@click.command()
@click.argument("url", metavar="URL")
@click.option(
    "--spec", type=PATH, metavar="FILE", help="Where the document is written."
)
@click.option(
    "--prefer", multiple=True, metavar="PAGE", help="Where pages disagree, PAGE counts."
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if there is news.")
@click.option(
    "--config", type=click.Path(path_type=Path), help="Read options from FILE."
)
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every Python symbol.")
@click.option("--no-color", is_flag=True, help="Print without colour.")
def pull(
    url: str,
    spec: str | None,
    prefer: tuple[str, ...],
    check: bool,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    no_color: bool,
) -> None:
    """Fetch a document or its pages, and say what it changes.

    Reads URL, an llms.txt, one page or a document, over http or https. Its host is the only
    one that is asked: without credentials, cookies or a proxy. Writes one file, all or
    nothing: a document as it came, pages merged into one document. Prints what `diff` says
    of it against what was there. `generate` is left to you.
    Exit codes: 0 done or nothing new, 1 --check found something new, 2 nothing was
    written.

    \b
    openapi-vendor pull https://docs.example.com/llms.txt --spec spec/api.yaml
    """
    report = Report(quiet, verbose, no_color)
    with report:
        chosen = merge(
            load_config(config), spec=spec, overlays=(), prefer=prefer, output=None,
            package=None, client=None, strict=False, lenient=False,
        )  # fmt: skip
        file = _file_of(chosen)
        # The stages are heavy to import; `--help` and completion do without them.
        from .document.differences import first_difference
        from .document.fetch import shown
        from .document.pull import pull as fetch

        found = Diagnostics()

        def progress(number: int, count: int) -> None:
            report.progress(f"page {number} of {count}")

        report.progress(f"fetching {shown(url)}")
        folder = file.resolve().parent
        pulled = fetch(url, folder, chosen.prefer, found, progress)
        if pulled is None:
            raise InputError(found)
        report.found(tuple(found))
        before = _read(file)
        old = _understood(before, file)
        if old is not None and first_difference(old.data, pulled.source.data) is None:
            if not quiet:
                click.echo(f"{file}: nothing new")
            return
        if check:
            _end_with_news(file, quiet)
        text = _printed(chosen, old, pulled, verbose)
        state = State.MISSING if before is None else State.STALE
        change = Change(file.name, state, before, _content(file, pulled))
        publish(Plan(file.parent, (change,)))
        click.echo(text, nl=False)
        if not quiet:
            click.echo(f"{file}: written; `openapi-vendor generate` is next")


def _file_of(config: Config) -> Path:
    if not config.spec or config.spec == STDIN:
        raise UsageError("no file was named for the document", "give --spec FILE")
    file = Path(config.spec)
    if file.suffix.lower() not in (".yaml", ".yml", ".json"):
        raise UsageError(
            f"{file} is no place for a document: its name ends in .yaml, .yml or .json",
            "give --spec FILE; pages are merged into one document",
        )
    return file


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error}") from error


def _understood(content: bytes | None, file: Path) -> Source | None:
    """Return what was there, as data; None for nothing, and for what can't be read."""
    if content is None:
        return None
    from .document.source import read_source

    return read_source(content, str(file), Diagnostics(), folder=file.resolve().parent)


def _end_with_news(file: Path, quiet: bool) -> NoReturn:
    if not quiet:
        click.echo(f"{file}: there is something new")
    raise SystemExit(1)


def _printed(config: Config, old: Source | None, pulled: Pulled, verbose: bool) -> str:
    """Return what `diff` says. A document that can't be used raises `InputError`."""
    from . import pipeline
    from .diff.compare import compare
    from .diff.reports import FORMATS, render_all

    new = pipeline.revision_of(pulled.source, config, Diagnostics())
    if old is None:
        return ""
    try:
        was = pipeline.revision_of(old, config, Diagnostics())
    except InputError:
        return "what was there can't be used, so it isn't compared\n"
    found = compare(was, new, pipeline.error_class)
    return render_all(found) if verbose else FORMATS["text"](found)


def _content(file: Path, pulled: Pulled) -> bytes:
    """Return the bytes to write: as they came, if they are in the file's own language."""
    in_json = file.suffix.lower() == ".json"
    if pulled.content is not None and pulled.source.is_json == in_json:
        return pulled.content
    if in_json:
        text = json.dumps(pulled.source.data, indent=2, ensure_ascii=False)
        return f"{text}\n".encode("utf-8", "backslashreplace")
    from .document.yaml_writer import UnwritableError, stable_yaml

    try:
        return stable_yaml(pulled.source.data)
    except UnwritableError as error:
        raise UsageError(
            f"the document can't be written as YAML: {error}",
            "give --spec a name that ends in .json",
        ) from error
