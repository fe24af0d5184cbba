"""Findings as annotations of GitHub: commands that its runner reads from the output."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostics import Diagnostic, visible

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def render_github(found: Iterable[Diagnostic], title: str, summary: str) -> str:
    """Return a line a finding, and one that says how it went as a whole."""
    lines = [_line(each) for each in found]
    return "\n".join([*lines, command("notice", summary, title=title)]) + "\n"


def command(level: str, message: str, **properties: str | int) -> str:
    """Return one command; a property that is empty or 0 is left out."""
    given = ",".join(f"{key}={_property(str(v))}" for key, v in properties.items() if v)
    return f"::{level}{' ' if given else ''}{given}::{_escaped(message)}"


def _line(each: Diagnostic) -> str:
    where = each.position
    has_line = where is not None and where.line > 0
    text = visible(each.message)
    return command(
        _LEVELS[each.severity],
        f"{text}\nhelp: {visible(each.help)}" if each.help else text,
        file=where.file if where else "",
        line=where.line if where else 0,
        col=where.column if where and has_line else 0,
        endColumn=where.end_column if where and has_line else 0,
        title=each.id,
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
