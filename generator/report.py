"""What a command prints, and how it ends: results to standard output, the rest to error.

Only this module and `cli` print or exit.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from typing import NoReturn

import click

from .config import Config
from .diagnostics import Diagnostic, InputError, render_json, render_text
from .errors import GeneratorError, UsageError
from .output.lock import NAME as LOCK_NAME
from .output.plan import Change, Plan, State
from .output.publish import summary


class Report:
    """What a command prints, and how it ends."""

    def __init__(
        self, as_json: bool, quiet: bool, verbose: bool, no_color: bool
    ) -> None:
        self._as_json = as_json
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
        if not self._quiet and not self._as_json and _is_terminal():
            click.echo(text, err=True)

    def found(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Print findings that did not stop the run."""
        self._found = diagnostics
        if diagnostics and not self._as_json:
            self._print_found(diagnostics, is_result=False)

    def linted(self, found: Sequence[Diagnostic]) -> None:
        """Print the findings of `lint`: they are its result."""
        self._found = found
        if self._as_json:
            click.echo(json.dumps(render_json(found), indent=2, ensure_ascii=False))
            return
        if found:
            self._print_found(found, is_result=True)
        if not self._quiet:
            click.echo(f"{len(found)} findings" if found else "no findings")

    def compared(self, plan: Plan, operations: int, show_diff: bool) -> NoReturn:
        """Print what is not current, file by file, and end."""
        stale = [c for c in plan.changes if c.state is not State.UNCHANGED]
        if self._as_json:
            self._print_json(plan, operations)
        for change in stale if not self._as_json else ():
            click.echo(f"{change.path}: {change.state.value}")
            # The lock follows from the others: its hashes tell a reader nothing.
            if show_diff and change.path != LOCK_NAME:
                self._print_diff(change)
        if not self._as_json and not self._quiet:
            click.echo(f"{plan.folder}: {_differing(stale, len(plan.changes))}")
            if stale:
                click.echo(f"   help: {_remedy(plan)}", err=True)
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

    def _print_found(self, found: Sequence[Diagnostic], *, is_result: bool) -> None:
        text = render_text(found, color=self._color)
        # Left to itself, click takes colour away where no terminal is, asked for or not.
        color = True if self._color and os.environ.get("FORCE_COLOR") else None
        click.echo(text, err=not is_result, nl=False, color=color)

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
            self._print_found(self._found, is_result=False)
        raise SystemExit(2) from None


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
    click.echo(f"error: {message}", err=True)
    if help_:
        click.echo(f"   help: {help_}", err=True)


def _is_coloured() -> bool:
    """Tell whether colour is wanted; who says no wins over who says yes."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or _is_terminal()


def _is_terminal() -> bool:
    return sys.stderr.isatty()
