"""Findings as the data that `--format json` prints; `docs/schemas/` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ..diagnostics import Diagnostic, visible


def as_json(data: object) -> str:
    """Return the text of some data."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def lint_data(found: Iterable[Diagnostic], ignored: int) -> dict[str, Any]:
    """Return what `lint` prints; `ignored` is how many findings were left out."""
    return {"diagnostics": diagnostics_data(found), "ignored": ignored}


def generate_data(
    found: Iterable[Diagnostic],
    written: Sequence[str],
    removed: Sequence[str],
    unchanged: int,
    operations: int,
) -> dict[str, Any]:
    """Return what `generate` prints; the files by path relative to the output."""
    return {
        "diagnostics": diagnostics_data(found),
        "written": list(written),
        "removed": list(removed),
        "unchanged": unchanged,
        "operations": operations,
    }


def diagnostics_data(found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return findings as objects, null for what is not known of a place."""
    return [_one(each) for each in found]


def _one(each: Diagnostic) -> dict[str, Any]:
    where = each.position
    return {
        "id": each.id,
        "severity": each.severity,
        "file": where.file if where else None,
        "line": where.line if where and where.line else None,
        "column": where.column if where and where.line else None,
        "pointer": each.pointer,
        "message": visible(each.message),
        "help": visible(each.help),
    }
