"""The command `sandbox`: a document as a server on this machine."""

from __future__ import annotations

import gc
import ipaddress
from pathlib import Path

import click

from .config import load_config, merge
from .errors import UsageError
from .report import PATH, Report
from .spec_command import SpecCommand


@click.command(cls=SpecCommand)
@click.option(
    "--spec",
    type=PATH,
    metavar="FILE|DIR",
    help="The OpenAPI document, or pages that show it.",
)
@click.option(
    "--overlay",
    "overlays",
    type=PATH,
    multiple=True,
    metavar="FILE",
    help="Lay FILE over it.",
)
@click.option(
    "--prefer", multiple=True, metavar="PAGE", help="Where pages disagree, PAGE counts."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8080,
    show_default=True,
    help="The port; 0 takes a free one.",
)
@click.option("--key", default="test-api-key", show_default=True, help="The API key.")
@click.option(
    "--secret", default="test-api-secret", show_default=True, help="The secret of it."
)
@click.option(
    "--config", type=click.Path(path_type=Path), help="Read options from FILE."
)
@click.option("-q", "--quiet", is_flag=True, help="Print the address only.")
@click.option(
    *("-v", "--verbose"),
    is_flag=True,
    help="Print warnings about the document, and each request.",
)
@click.option("--no-color", is_flag=True, help="Print without colour.")
def sandbox(
    spec: str | None,
    overlays: tuple[str, ...],
    prefer: tuple[str, ...],
    host: str,
    port: int,
    key: str,
    secret: str,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    no_color: bool,
) -> None:
    """Serve a document on this machine, to try programs on it.

    Reads the document and its overlays, writes to standard output only. Checks
    credentials, nonce and body of each request, and answers with the documented example.
    Keeps nothing once it ends. A page at / shows what was asked and why it was refused.
    Exit codes: 0 ended, 2 the document or the address can't be used.

    \b
    openapi-vendor sandbox --spec api.yaml --port 8080
    """
    report = Report(quiet, verbose, no_color)
    with report:
        chosen = merge(
            load_config(config), spec=spec, overlays=overlays, prefer=prefer, output=None,
            package=None, client=None, strict=False, lenient=False,
        )  # fmt: skip
        _check_address(host)
        # Nothing of this becomes garbage, and looking for some takes a third of the time.
        gc.disable()
        from .compilation import compile_document
        from .sandbox.app import Sandbox
        from .sandbox.running import run

        compiled = compile_document(chosen, is_thorough=False)
        if verbose:
            report.found(compiled.diagnostics)
        data = compiled.document.root.value
        assert isinstance(data, dict)  # else it would not have been compiled
        made = Sandbox(compiled.api, data, key=key, secret=secret, own=compiled.own)
        if verbose:
            made.journal.told = lambda visit: report.visited(visit.line())
        del compiled
        gc.freeze()
        gc.set_threshold(20_000, 20, 100)  # requests leave hardly any garbage
        gc.enable()

        def ready(url: str) -> None:
            click.echo(url if quiet else f"{made.api.title}: {url}")
            if not quiet:
                click.echo(f"key {key}, the page is at {url}/, end it with Ctrl-C")

        try:
            run(made, host, port, ready)
        except OSError as error:
            raise UsageError(
                f"{host} port {port} can't be used: {error.strerror or error}",
                "give another --port, or --port 0 for a free one",
            ) from error


def _check_address(host: str) -> None:
    try:
        ipaddress.ip_address(host)
    except ValueError as error:
        raise UsageError(
            f"--host {host} is no address", "give 127.0.0.1, or 0.0.0.0 for everybody"
        ) from error
