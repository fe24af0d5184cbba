"""What a command prints, and how it ends: results to standard output, the rest to error.

Only this module and `cli` print or exit.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from . import __version__
from .config import Config
from .diagnostics import Diagnostic, InputError, Position, render_text, visible
from .errors import GeneratorError, UsageError
from .formats import data, github, sarif
from .output.lock import NAME as LOCK_NAME
from .output.plan import Change, Plan, State
from .output.publish import summary

FORMATS = ("text", "json", "github", "sarif")
# Shells complete it; whether it can be used is said later, with help.
PATH = click.Path(readable=False)


class Report:
    """What a command prints, and how it ends."""

    _title = "generate"

    def __init__(
        self, quiet: bool, verbose: bool, no_color: bool, *, format_: str = "text"
    ) -> None:
        self._format = format_
        self._as_text = format_ == "text"
        self._quiet = quiet
        self._verbose = verbose
        self._color = not no_color and _is_coloured()
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
            case RecursionError():
                _complain(
                    "the schemas of the document lead too deep into each other",
                    "shorten the longest row of schemas that refer to one another",
                )
                raise SystemExit(2) from None
            case GeneratorError():
                _complain(
                    str(error), "this is a fault of openapi-vendor: please report it"
                )
                raise SystemExit(2) from error

    def progress(self, text: str) -> None:
        """Say what is being done, to a person who watches."""
        if not self._quiet and self._as_text and _is_terminal():
            click.echo(text, err=True)

    def reading(self, config: Config) -> None:
        """Say that a document is being read."""
        self.progress(f"reading {config.shown(config.spec) if config.spec else ''}")

    def visited(self, line: str) -> None:
        """Print what became of a request to the sandbox."""
        click.echo(visible(line))

    def writing(self, config: Config) -> None:
        """Say that files are being written."""
        self.progress(f"writing {config.output}")

    def found(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Print findings that did not stop the run."""
        self._found = diagnostics
        if diagnostics and self._as_text:
            self._print_found(diagnostics, is_result=False)

    def compared(self, plan: Plan, operations: int, show_diff: bool) -> NoReturn:
        """Print what is not current, file by file, and end."""
        stale = [c for c in plan.changes if c.state is not State.UNCHANGED]
        said = f"{plan.folder}: {_differing(stale, len(plan.changes))}"
        if not self._as_text:
            if self._format != "json":  # which lists the files
                self._found = (*self._found, *(_stale(plan, c) for c in stale))
            self._print(said, plan, operations)
            raise SystemExit(1 if stale else 0)
        for change in stale:
            click.echo(visible(f"{change.path}: {change.state.value}"))
            # The lock follows from the others: its hashes tell a reader nothing.
            if show_diff and change.path != LOCK_NAME:
                self._print_diff(change)
        if not self._quiet:
            click.echo(said)
            if stale:
                click.echo(f"   help: {_remedy(plan)}", err=True)
        raise SystemExit(1 if stale else 0)

    def wrote(self, plan: Plan, config: Config, operations: int) -> None:
        """Print the summary of a run that wrote."""
        noun = "operation" if operations == 1 else "operations"
        wrote = f"{config.output}: {operations} {noun}, {summary(plan)}"
        if not self._as_text:
            self._print(wrote, plan, operations)
            return
        if self._verbose:
            for change in plan.changes:
                if change.state is not State.UNCHANGED:
                    done = "removed" if change.after is None else "written"
                    click.echo(visible(f"{done} {change.path}"))
        if not self._quiet:
            click.echo(wrote)

    def undecided(self, floats: int) -> None:
        """Say how many floats look like money, to a person who might decide."""
        if floats and not self._quiet and self._as_text:
            found = "1 field looks like money and is a float"
            if floats > 1:
                found = f"{floats} fields look like money and are floats"
            click.echo(f"{found}: see `openapi-vendor lint`", err=True)

    def _print_found(self, found: Sequence[Diagnostic], *, is_result: bool) -> None:
        text = render_text(found, color=self._color)
        # Left to itself, click takes colour away where no terminal is, asked for or not.
        color = True if self._color and os.environ.get("FORCE_COLOR") else None
        click.echo(text, err=not is_result, nl=False, color=color)

    def _print_diff(self, change: Change) -> None:
        for line in change.diff():
            click.echo(visible(line))

    def _print(self, said: str, plan: Plan | None, operations: int) -> None:
        """Print the result for a program; `said` is what a person would read."""
        click.echo(self._rendered(said, plan, operations), nl=False)

    def _rendered(self, said: str, plan: Plan | None, operations: int) -> str:
        if self._format == "github":
            return github.render_github(self._found, self._title, said)
        if self._format == "sarif":
            return data.as_json(
                sarif.sarif_data(self._found, _rule_texts(), __version__, Path.cwd())
            )
        return data.as_json(self._data(plan, operations))

    def _data(self, plan: Plan | None, operations: int) -> dict[str, Any]:
        changes = plan.changes if plan is not None else ()
        differing = [c for c in changes if c.state is not State.UNCHANGED]
        return data.generate_data(
            self._found,
            [c.path for c in differing if c.after is not None],
            [c.path for c in changes if c.after is None],
            len(changes) - len(differing),
            operations,
        )

    def _fail(self, error: InputError) -> NoReturn:
        self._found = tuple(error.diagnostics)
        if self._as_text:
            self._print_found(self._found, is_result=False)
        else:
            self._print("the document can't be used", None, 0)
        raise SystemExit(2) from None


class LintReport(Report):
    """What `lint` prints: findings are its result."""

    _title = "lint"
    _ignored = 0

    def linted(self, found: Sequence[Diagnostic], ignored: int) -> None:
        """Print what was found; `ignored` is how many findings were left out."""
        self._found, self._ignored = found, ignored
        said = _counted(len(found))
        said += f", {ignored} ignored" if ignored else ""
        if not self._as_text:
            self._print(said, None, 0)
            return
        if found:
            self._print_found(found, is_result=True)
        if not self._quiet:
            click.echo(said)

    def _data(self, plan: Plan | None, operations: int) -> dict[str, Any]:
        return data.lint_data(self._found, self._ignored)


def _counted(findings: int) -> str:
    return {0: "no findings", 1: "1 finding"}.get(findings, f"{findings} findings")


def _stale(plan: Plan, change: Change) -> Diagnostic:
    """Return a stale file as a finding, for formats that know nothing else."""
    file = (plan.folder / change.path).as_posix()
    return Diagnostic(
        "stale-output",
        "error",
        f"{change.path}: {change.state.value}",
        position=Position(file, 0, 0, 0),
        help=_remedy(plan),
    )


def _rule_texts() -> dict[str, sarif.RuleText]:
    # The rules bring the model along, and no other format names them.
    from .lint.registry import RULES

    return {
        rule.id: sarif.RuleText(rule.severity, rule.summary, rule.why, rule.help)
        for rule in RULES.values()
    }


def _differing(stale: Sequence[Change], total: int) -> str:
    """Return how many files differ and in which way, `current` if none does."""
    if not stale:
        return "current"
    counts = Counter(change.state.value for change in stale)
    ways = ", ".join(f"{count} {state}" for state, count in counts.most_common())
    return f"{len(stale)} of {total} files differ ({ways})"


def _remedy(plan: Plan) -> str:
    """Return what to do about files that differ."""
    if plan.blocked:
        return (
            "what was edited by hand is never overwritten: move it elsewhere (an overlay,"
            " a subclass), or give it up with `generate --force`"
        )
    return "bring them up to date with `openapi-vendor generate`"


def _complain(message: str, help_: str) -> None:
    click.echo(f"error: {_harmless(message)}", err=True)
    if help_:
        click.echo(f"   help: {_harmless(help_)}", err=True)


def _harmless(text: str) -> str:
    """Return text of several lines in which nothing moves the cursor but line ends."""
    return "\n".join(map(visible, text.split("\n")))


def _is_coloured() -> bool:
    """Tell whether colour is wanted; who says no wins over who says yes."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or _is_terminal()


def _is_terminal() -> bool:
    return sys.stderr.isatty()
