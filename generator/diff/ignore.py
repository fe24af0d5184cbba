"""Findings that somebody decided to live with: why, and until when.

```toml
[[ignore]]
rule = "response-field-removed"
operation = "getMiningAccounts"
pointer = "#/paths/~1mining/post"  # or any place around the finding
reason = "nobody reads the page size"
expires = 2026-12-31
```

`rule`, `reason` and `expires` have to be there. From the day after `expires` the finding
counts again.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..errors import UsageError
from ..pointers import is_below
from .findings import Comparison, Finding
from .rules import RULES

_KEYS = ("rule", "operation", "pointer", "reason")
_NEEDED = ("rule", "reason")
_HELP = 'an entry is `[[ignore]]` with rule = "…", reason = "…", expires = 2026-12-31'


@dataclass(frozen=True, slots=True)
class Ignored:
    """One entry of the file."""

    rule: str  # response-field-removed
    operation: str  # getMiningAccounts; empty for any
    pointer: str  # a place of the old or new document; empty for any
    reason: str  # nobody reads the page size
    expires: datetime.date  # 2026-12-31

    def fits(self, finding: Finding) -> bool:
        """Tell whether a finding is meant, by rule and place."""
        return self.rule == finding.rule and (
            not self.pointer
            or any(
                is_below(self.pointer, place.pointer)
                for place in (finding.old, finding.new)
            )
        )


def read_ignored(text: str, file: str) -> tuple[Ignored, ...]:
    """Read an ignore file. Raises `UsageError` for anything that is not understood."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file} can't be read: {error}", _HELP) from error
    entries = data.get("ignore")
    if set(data) - {"ignore"} or not isinstance(entries, list):
        raise UsageError(f"{file} should hold a list of `ignore`", _HELP)
    return tuple(_entry(entry, file, n) for n, entry in enumerate(entries, 1))


def _entry(entry: Any, file: str, number: int) -> Ignored:
    where = f"{file}: entry {number}"
    texts = _texts(entry, where)
    if texts["rule"] not in RULES:
        raise UsageError(
            f"{where}: there is no rule `{texts['rule']}`",
            "docs/diff-rules.md has them",
        )
    expires = entry.get("expires")
    if isinstance(expires, datetime.datetime):
        expires = expires.date()
    if not isinstance(expires, datetime.date):
        raise UsageError(f"{where}: `expires` should be a date", _HELP)
    return Ignored(**texts, expires=expires)


def _texts(entry: object, where: str) -> dict[str, str]:
    """Return the texts of one entry, "" for what is not there."""
    if not isinstance(entry, dict):
        raise UsageError(f"{where} is no table", _HELP)
    unknown = sorted(map(str, set(entry) - {*_KEYS, "expires"}))
    if unknown:
        raise UsageError(f"{where} has no `{unknown[0]}`", _HELP)
    texts = {key: entry.get(key, "") for key in _KEYS}
    for key, value in texts.items():
        if not isinstance(value, str) or (key in _NEEDED and not value.strip()):
            raise UsageError(f"{where}: `{key}` should be text", _HELP)
    return texts


def without_ignored(
    comparison: Comparison, ignored: Sequence[Ignored], today: datetime.date
) -> tuple[Comparison, tuple[str, ...]]:
    """Return what is left, and what there is to say about the entries themselves.

    An entry for one operation takes that one out of a finding that lists several.
    """
    notes = [
        f"{i.rule}: ignored until {i.expires} only, so it counts again ({i.reason})"
        for i in ignored
        if i.expires < today and any(i.fits(f) for f in comparison.findings)
    ]
    valid = [i for i in ignored if i.expires >= today]
    used: set[Ignored] = set()
    kept: list[Finding] = []
    for finding in comparison.findings:
        left = finding
        for entry in valid:
            if not entry.fits(finding):
                continue
            if not entry.operation:
                used.add(entry)
                left = replace(left, operations=())
                break
            if entry.operation in left.operations:
                used.add(entry)
                names = tuple(n for n in left.operations if n != entry.operation)
                left = replace(left, operations=names)
        else:
            if left.operations or not finding.operations:
                kept.append(left)
    notes += [
        f"{i.rule}: the entry fits nothing any more, remove it ({i.reason})"
        for i in valid
        if i not in used
    ]
    return replace(comparison, findings=tuple(kept)), tuple(notes)
