"""Findings as annotations of GitHub: commands that its runner reads from the output."""

from __future__ import annotations

from ..formats.github import command
from .findings import Comparison, Finding
from .wording import listed, summary, verdicts

_LEVELS = {"breaking": "error", "review": "warning"}


def render_github(comparison: Comparison) -> str:
    """Return a line a finding, at its place in the new document; text changes left out."""
    lines = [_line(f, comparison) for f in comparison.findings if f.kind != "docs"]
    counts = command("notice", f"{comparison.new}: {summary(comparison)}", title="diff")
    return "\n".join([*lines, counts]) + "\n"


def _line(finding: Finding, comparison: Comparison) -> str:
    level = _LEVELS.get(finding.kind, "notice")
    where = listed(finding.operations)
    text = f"{finding.message} ({verdicts(finding)}{f'; {where}' if where else ''})"
    file, line = finding.new.file or comparison.new, finding.new.line
    return command(level, text, file=file, line=line, title=finding.rule)
