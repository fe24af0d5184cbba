"""Findings as text for people."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ..diagnostics import visible
from .findings import Comparison, Finding
from .wording import effect, listed, summary, verdicts, where

_MOST = 12  # symbols of one finding


def render_text(comparison: Comparison) -> str:
    """Return a block a finding, those that break first, and one line at the end."""
    return _text(comparison, _MOST)


def render_all(comparison: Comparison) -> str:
    """Return the same with every symbol, however many there are."""
    return _text(comparison, sys.maxsize)


def _text(comparison: Comparison, most: int) -> str:
    lines: list[str] = []
    for finding in comparison.findings:
        lines += [*_block(finding, comparison, most), ""]
    lines.append(f"{visible(comparison.new)}: {summary(comparison)}")
    return "\n".join(lines) + "\n"


def _block(finding: Finding, comparison: Comparison, most: int) -> Iterator[str]:
    yield f"{finding.kind}[{finding.rule}]: {visible(finding.message)}"
    yield f"    {finding.side}, {verdicts(finding)}"
    if finding.operations:
        yield f"    in {listed(finding.operations)}"
    places = f" and {finding.places - 1} more" if finding.places > 1 else ""
    yield f"    old {where(finding.old, comparison.old)}{places}"
    yield f"    new {where(finding.new, comparison.new)}{places}"
    for change in finding.python[:most]:
        yield f"    {effect(change)}"
    if len(finding.python) > most:
        yield f"    … {len(finding.python) - most} more symbols (--verbose)"
