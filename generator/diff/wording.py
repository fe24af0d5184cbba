"""What all reports share: counts, places, and text of documents made harmless."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..diagnostics import visible
from .findings import Comparison, Finding, Kind, Place, PythonChange
from .semver import advise

KINDS: tuple[Kind, ...] = ("breaking", "review", "compatible", "docs")
TITLES: dict[Kind, str] = {
    "breaking": "Breaking",
    "review": "To be read by a person",
    "compatible": "Compatible",
    "docs": "Text and examples only",
}


def of_kind(comparison: Comparison, kind: Kind) -> list[Finding]:
    """Return the findings of one kind, in their order."""
    return [f for f in comparison.findings if f.kind == kind]


def summary(comparison: Comparison) -> str:
    """Say in one line what was found: `2 breaking, 1 to be read; next version: major`."""
    counts = Counter(finding.kind for finding in comparison.findings)
    words: dict[Kind, str] = {
        "breaking": "breaking",
        "review": "to be read",
        "compatible": "compatible",
        "docs": "of text only",
    }
    parts = [f"{counts[kind]} {words[kind]}" for kind in KINDS if counts[kind]]
    if not parts:
        return "no change"
    return f"{', '.join(parts)}; next version: {advise(comparison)}"


def where(place: Place, name: str) -> str:
    """Return `file:line pointer` of a place."""
    if not place.pointer:
        return "nowhere"
    file = place.file or name
    line = f":{place.line}" if place.line else ""
    return visible(f"{file}{line} {place.pointer}")


def verdicts(finding: Finding) -> str:
    """Say where a finding breaks."""
    broken = [
        word
        for word, breaks in (
            ("on the wire", finding.wire_breaking),
            ("in Python", finding.surface_breaking),
        )
        if breaks
    ]
    return f"breaks {' and '.join(broken)}" if broken else "breaks nothing"


def effect(change: PythonChange) -> str:
    """Say in a line what happens to a symbol."""
    symbol, before, after = map(visible, (change.symbol, change.before, change.after))
    match change.change:
        case "added":
            return f"+ {symbol}  {after}"
        case "removed":
            return f"- {symbol}  {before}"
        case _:
            return f"~ {symbol}  {before}  =>  {after}"


def listed(names: Sequence[str], most: int = 8) -> str:
    """Return names with commas, the rest as a number."""
    shown = [visible(name) for name in names[:most]]
    more = len(names) - most
    return ", ".join([*shown, f"{more} more"] if more > 0 else shown)
