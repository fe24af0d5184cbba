"""Findings as JSON, in the shape that `report.schema.json` describes."""

from __future__ import annotations

import json
from typing import Any

from .findings import Comparison, Finding, Place
from .semver import advise


def render_json(comparison: Comparison) -> str:
    """Return the whole comparison as one JSON object."""
    return json.dumps(as_data(comparison), indent=2, ensure_ascii=False) + "\n"


def as_data(comparison: Comparison) -> dict[str, Any]:
    """Return the whole comparison as plain data."""
    return {
        "old": comparison.old,
        "new": comparison.new,
        "breaking": comparison.breaking,
        "semver": advise(comparison),
        "findings": [_finding(finding) for finding in comparison.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "kind": finding.kind,
        "operations": list(finding.operations),
        "side": finding.side,
        "wire_breaking": finding.wire_breaking,
        "surface_breaking": finding.surface_breaking,
        "python": [
            {
                "change": change.change,
                "symbol": change.symbol,
                "before": change.before or None,
                "after": change.after or None,
            }
            for change in finding.python
        ],
        "message": finding.message,
        "old": _place(finding.old),
        "new": _place(finding.new),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"line": place.line or None, "pointer": place.pointer}
