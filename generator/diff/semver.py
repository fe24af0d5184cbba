"""What a new version of the generated package should be called."""

from __future__ import annotations

from typing import Literal

from .findings import Comparison

Advice = Literal["major", "minor", "patch", "none"]


def advise(comparison: Comparison) -> Advice:
    """Return which part of the version to raise.

    Breaking on the wire counts as breaking in Python: the package is called the same way,
    but what comes back, or is refused, is not what callers were told.
    """
    findings = comparison.findings
    if not findings:
        return "none"
    if comparison.breaking:
        return "major"
    added = any(p.change == "added" for finding in findings for p in finding.python)
    return "minor" if added else "patch"
