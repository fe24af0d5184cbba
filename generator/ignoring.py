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

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from .diagnostics import Diagnostic, Position, quoted
from .errors import UsageError
from .places import is_meant

_KEYS = ("rule", "at", "reason")
_HELP = (
    'an entry is `[[tool.openapi-vendor.ignore]]` with rule = "…", at = "…",'
    ' reason = "…"'
)


@dataclass(frozen=True, slots=True)
class Ignored:
    """One entry of the configuration."""

    rule: str  # money-without-rule
    at: str  # #/components/schemas/Plan, or spec/overlay.yaml
    reason: str  # a rate of hashes, not of interest
    position: Position  # of the entry

    def fits(self, each: Diagnostic, shown: Callable[[str], str]) -> bool:
        """Tell whether a finding is meant; `shown` names a file as the project does."""
        file = each.position.file if each.position else ""
        return (
            each.severity != "error"
            and each.id == self.rule
            and is_meant(self.at, each.pointer, shown(file) if file else "")
        )


def read_entries(data: object, text: str, file: str) -> tuple[Ignored, ...]:
    """Read the entries of a configuration; `text` is searched for their lines."""
    if not isinstance(data, list):
        raise UsageError(f"{file}: `ignore` should be a list of tables", _HELP)
    lines = text.splitlines()
    heads = [n for n, line in enumerate(lines, 1) if _is_head(line)]
    found: list[Ignored] = []
    for index, entry in enumerate(data):
        where = f"{file}: entry {index + 1} of `ignore`"
        texts = read_texts(entry, where, known=_KEYS, needed=_KEYS, help_=_HELP)
        position = Position(file, 0, 0, 0)
        if len(heads) == len(data):
            head = lines[heads[index] - 1]
            position = Position(file, heads[index], 1, len(head) + 1, head)
        found.append(Ignored(**texts, position=position))
    return tuple(found)


def read_texts(
    entry: object,
    where: str,
    *,
    known: Collection[str],
    needed: Collection[str],
    help_: str,
    others: Collection[str] = (),
) -> dict[str, str]:
    """Return the texts of one entry of an ignore list, "" for what is not there.

    `others` are keys that are no texts and are read elsewhere.
    """
    if not isinstance(entry, dict):
        raise UsageError(f"{where} is no table", help_)
    unknown = sorted(map(str, set(entry) - {*known, *others}))
    if unknown:
        raise UsageError(f"{where} has no `{unknown[0]}`", help_)
    texts = {key: entry.get(key, "") for key in known}
    for key, value in texts.items():
        if not isinstance(value, str) or (key in needed and not value.strip()):
            raise UsageError(f"{where}: `{key}` should be text", help_)
    return texts


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
