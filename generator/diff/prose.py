"""What two texts say differently, and which facts stand in sentences only.

Units, demands ("required for …"), values that are retired and tables of codes are found in
the sentences that one text has and the other has not. A person has to read them: nothing
else in the document says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Rule without its side, before, after.
Said = tuple[str, str, str]

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_UNIT = re.compile(
    r"(?<![\w/])(?:[kKMGTPE]?H/s|[kMGT]?i?[Bb]ytes?|[kKMGT]i?B|milliseconds?"
    r"|microseconds?|nanoseconds?|seconds?|minutes?|hours?|days?|ms|satoshis?|wei|gwei"
    r"|cents?|percent|per ?cent|basis points|%)(?![\w/])",
)
_IN_UNIT = re.compile(r"\b(?:in|as|of|unit:?)\b|\(", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:required|mandatory|must be (?:sent|set|specified|provided)|optional)\b"
    r"(?=.*\b(?:for|if|when|unless|only)\b)",
    re.IGNORECASE,
)
_RETIRED = re.compile(
    r"\b(?:no longer|retired|discontinued|deprecated|obsolete|removed|sunset|"
    r"not supported any ?more|will be (?:removed|disabled))\b",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"^\s*(?:[-*+]\s+|\|\s*)`?(?P<code>-?\d{1,6})`?\s*(?:[-\u2013\u2014:=|])\s*(?P<text>.+)$"
)


def said(old: str, new: str) -> Iterator[Said]:
    """Yield how a text and the facts in it changed; nothing for equal texts."""
    if old == new:
        return
    if " ".join(old.split()) == " ".join(new.split()):
        return
    yield "described", "", ""
    yield from _units(old, new)
    gone, come = _sentences(old, new), _sentences(new, old)
    rows_gone, rows_come = _rows(gone), _rows(come)
    if rows_gone or rows_come:
        yield "codes", _listed(rows_gone), _listed(rows_come)
    for rule, pattern in (("condition", _CONDITION), ("retired", _RETIRED)):
        before = [s for s in gone if pattern.search(s)]
        after = [s for s in come if pattern.search(s)]
        if (before or after) and _key(before) != _key(after):
            yield rule, _quoted(before), _quoted(after)


def _units(old: str, new: str) -> Iterator[Said]:
    """Yield a unit that took the place of another one in the same words."""
    before, after = _unit_of(old), _unit_of(new)
    if before and after and before != after:
        gone, come = sorted(before - after), sorted(after - before)
        if len(gone) == 1 and len(come) == 1:
            yield "unit", gone[0], come[0]


def _unit_of(text: str) -> set[str]:
    return {
        match.group()
        for match in _UNIT.finditer(text)
        if _IN_UNIT.search(text[max(0, match.start() - 12) : match.start()])
    }


def _sentences(text: str, other: str) -> list[str]:
    """Return the sentences of a text that the other one has not."""
    known = {" ".join(s.split()) for s in _SENTENCE.split(other)}
    found = (" ".join(s.split()) for s in _SENTENCE.split(text))
    return [s for s in found if s and s not in known]


def _rows(sentences: list[str]) -> list[str]:
    found = (_ROW.match(s) for s in sentences)
    return [f"{m['code']} {m['text'].strip(' |')}" for m in found if m]


def _key(sentences: list[str]) -> list[str]:
    return [re.sub(r"\W+", " ", s).lower().strip() for s in sentences]


def _listed(rows: list[str]) -> str:
    return ", ".join(rows[:8]) or "nothing"


def _quoted(sentences: list[str]) -> str:
    text = " ".join(sentences)
    text = text if len(text) <= 160 else f"{text[:157]}…"
    return f"“{text}”" if text else "nothing is said any more"
