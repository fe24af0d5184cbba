"""Findings as annotations of GitHub: commands that its runner reads from the output."""

from __future__ import annotations

from .findings import Comparison, Finding
from .wording import listed, summary, verdicts

_LEVELS = {"breaking": "error", "review": "warning"}


def render_github(comparison: Comparison) -> str:
    """Return a line a finding, at its place in the new document; text changes left out."""
    lines = [_line(f, comparison) for f in comparison.findings if f.kind != "docs"]
    counts = _escaped(f"{comparison.new}: {summary(comparison)}")
    return "\n".join([*lines, f"::notice title=diff::{counts}"]) + "\n"


def _line(finding: Finding, comparison: Comparison) -> str:
    level = _LEVELS.get(finding.kind, "notice")
    where = listed(finding.operations)
    text = f"{finding.message} ({verdicts(finding)}{f'; {where}' if where else ''})"
    file = _property(finding.new.file or comparison.new)
    line = f",line={finding.new.line}" if finding.new.line else ""
    title = f",title={finding.rule}"
    return f"::{level} file={file}{line}{title}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
