"""Findings that somebody decided to live with, listed in the configuration with a reason.

```toml
[[tool.openapi-vendor.ignore]]
rule = "money-without-rule"
at = "#/components/schemas/*/properties/rate"  # a pointer, a glob of pointers, or a file
reason = "a rate of hashes, not of interest"
```

A pointer means everything below it as well, `#` the whole document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from .diagnostics import Diagnostic, Position, quoted
from .errors import UsageError
from .options import option
from .pointers import is_below

_HELP = (
    'an entry is `[[tool.openapi-vendor.ignore]]` with rule = "…", at = "…",'
    ' reason = "…"'
)


_NOWHERE = Position("", 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Ignored:
    """One entry of the configuration."""

    rule: str = option("The id of the rule: money-without-rule.")
    at: str = option("A JSON pointer, a glob of pointers, or a file.")
    reason: str = option("Why it is known and stays.")
    position: Position = _NOWHERE  # of the entry

    def fits(self, each: Diagnostic, shown: Callable[[str], str]) -> bool:
        """Tell whether a finding is meant; `shown` names a file as the project does."""
        file = each.position.file if each.position else ""
        return each.id == self.rule and is_meant(
            self.at, each.pointer, shown(file) if file else ""
        )


def is_meant(wanted: str, pointer: str, file: str) -> bool:
    """Tell whether a pointer, a glob of pointers or a glob of files means a place."""
    if "#" not in wanted:
        return bool(file) and fnmatchcase(file, wanted)
    return (
        is_below(wanted, pointer)
        or fnmatchcase(pointer, wanted)
        or fnmatchcase(pointer, f"{wanted}/*")
    )


def with_positions(
    entries: Sequence[Ignored], text: str, file: str
) -> tuple[Ignored, ...]:
    """Return the entries of a configuration, each with its line in the text of it."""
    lines = text.splitlines()
    heads = [n for n, line in enumerate(lines, 1) if _is_head(line)]
    found: list[Ignored] = []
    for index, entry in enumerate(entries):
        for key in ("rule", "at", "reason"):
            if not getattr(entry, key).strip():
                raise UsageError(
                    f"{file}: entry {index + 1} of `ignore` has an empty `{key}`", _HELP
                )
        position = Position(file, 0, 0, 0)
        if len(heads) == len(entries):
            head = lines[heads[index] - 1]
            position = Position(file, heads[index], 1, len(head) + 1, head)
        found.append(replace(entry, position=position))
    return tuple(found)


def without_ignored(
    found: Sequence[Diagnostic],
    entries: Sequence[Ignored],
    shown: Callable[[str], str],
) -> tuple[tuple[Diagnostic, ...], int]:
    """Return what is left and how many were left out; unused entries are findings."""
    used: set[Ignored] = set()
    kept: list[Diagnostic] = []
    for each in found:
        fitting = [entry for entry in entries if entry.fits(each, shown)]
        used.update(fitting)
        if not fitting:
            kept.append(each)
    left_out = len(found) - len(kept)
    for entry in dict.fromkeys(entries):
        if entry not in used:
            kept.append(_unused(entry))
    return tuple(kept), left_out


def _unused(entry: Ignored) -> Diagnostic:
    return Diagnostic(
        "unmatched-ignore",
        "warning",
        f"no finding of {quoted(entry.rule)} is at {quoted(entry.at)} (ignored because:"
        f" {entry.reason})",
        position=entry.position,
        help="remove the entry, or correct its `rule` or `at`",
    )


def _is_head(line: str) -> bool:
    bare = line.partition("#")[0].replace(" ", "").replace("\t", "").replace('"', "")
    return bare == "[[tool.openapi-vendor.ignore]]"
