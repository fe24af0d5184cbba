"""The command `pull`: what a vendor publishes, as one file, and what that changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from .config import STDIN, Config, load_config, merge
from .diagnostics import Diagnostics
from .errors import UsageError
from .output.plan import Change, Plan, State
from .output.publish import publish
from .report import PATH, Report
from .spec_command import SpecCommand

if TYPE_CHECKING:
    from .pulling import Fetched


@click.command(cls=SpecCommand)
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

    URL is an llms.txt, one page or a document, over http or https. Its host is the only
    one that is asked: without credentials, cookies or a proxy. Reads what --spec holds
    already, and overlays. Writes that one file, all or nothing: a document as it came,
    pages merged into one document. Prints what `diff` says of it against what was there.
    `generate` is left to you.
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
        from . import pulling
        from .document.fetch import shown

        found = Diagnostics()

        def progress(number: int, count: int) -> None:
            report.progress(f"page {number} of {count}")

        report.progress(f"fetching {shown(url)}")
        fetched = pulling.fetch(url, file, chosen, found, progress)
        report.found(tuple(found))
        if not fetched.is_new:
            if not quiet:
                click.echo(f"{file}: nothing new")
            return
        if check:
            _end_with_news(file, quiet)
        text = _printed(fetched, chosen, verbose)
        state = State.MISSING if fetched.before is None else State.STALE
        change = Change(file.name, state, fetched.before, fetched.content())
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


def _end_with_news(file: Path, quiet: bool) -> NoReturn:
    if not quiet:
        click.echo(f"{file}: there is something new")
    raise SystemExit(1)


def _printed(fetched: Fetched, config: Config, verbose: bool) -> str:
    """Return what `diff` says. A document that can't be used raises `InputError`."""
    from . import pulling
    from .diff.reports import FORMATS, render_all

    found = pulling.compare(fetched, config)
    if found is not None:
        return render_all(found) if verbose else FORMATS["text"](found)
    if fetched.old is None:
        return ""
    return "what was there can't be used, so it isn't compared\n"
