# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""One test a case; and answers that mix what several cases document.

The reason of a documented body is always the whole case. An exchange that validates
every field answers with two cases at once, or with one message of several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any, Protocol

import pytest

from .cases import Operation, Refusal
from .made_up import Check, MadeUp
from .stage import Outcome, Reply
from .values import look_up

__all__ = ["each"]

_Said = frozenset[tuple[str, str]]


class Named(Protocol):
    """Any case."""

    @property
    def name(self) -> str:
        """What the id of the test shows."""
        ...


def each(*cases: Named) -> pytest.MarkDecorator:
    """Run a test once for each case, under the case's own name, and for mixed ones."""
    refusals = [case for case in cases if isinstance(case, Refusal)]
    every: list[Named] = [*cases, *_mixed(refusals)]
    return pytest.mark.parametrize(
        "case", [pytest.param(case, id=case.name or "example") for case in every]
    )


def _mixed(cases: Sequence[Refusal]) -> Iterator[MadeUp]:
    """Yield the first answer with two cases, and the first with a part of one."""
    usual = [
        case
        for case in cases
        if case.fields and case.reason and not case.body and 400 <= case.status < 500
    ]
    pairs = (_both(one, other, usual) for one, other in combinations(usual, 2))
    parts = (_part(case, usual) for case in usual if len(case.fields) > 1)
    for found in (pairs, parts):
        first = next((made for made in found if made is not None), None)
        if first is not None:
            yield first


def _both(one: Refusal, other: Refusal, cases: Sequence[Refusal]) -> MadeUp | None:
    is_alike = (one.status, one.code, one.message) == (
        other.status,
        other.code,
        other.message,
    )
    if (
        not is_alike
        or one.reason == other.reason
        or set(one.fields) & set(other.fields)
    ):
        return None
    mixed = replace(one, fields={**one.fields, **other.fields})
    met = [case for case in cases if _said(case) <= _said(mixed)]
    if len(met) != 2:
        return None
    return MadeUp("made-up-both", _answered(mixed, {one.reason, other.reason}))


def _part(case: Refusal, cases: Sequence[Refusal]) -> MadeUp | None:
    name, texts = next(iter(case.fields.items()))
    mixed = replace(case, fields={name: texts})
    met = [one for one in cases if _said(one) <= _said(mixed)]
    holding = [one for one in cases if _said(mixed) <= _said(one)]
    if met or len(holding) != 1:
        return None
    return MadeUp("made-up-part", _answered(mixed, {case.reason}))


def _said(case: Refusal) -> _Said:
    return frozenset(
        (name, text) for name, all_ in case.fields.items() for text in all_
    )


def _answered(mixed: Refusal, reasons: set[str]) -> Any:
    def check(package: str, operation: Operation, one: Outcome) -> list[str]:
        members: Mapping[str, Any] = {
            name: look_up(package, f"{operation.reasons}.{name}") for name in reasons
        }
        error: Any = one.error
        alone = next(iter(members.values())) if len(members) == 1 else None
        found = [f"raised {error!r}"] if not hasattr(error, "reasons") else []
        if not found and set(error.reasons) != set(members.values()):
            found.append(f"reasons: {error.reasons} instead of {sorted(reasons)}")
        if not found and error.reason is not alone:
            found.append(f"reason: {error.reason!r} instead of {alone!r}")
        return found

    def replies(_: Operation) -> Iterator[tuple[Reply, Check]]:
        yield Reply(mixed.status, mixed.text().encode()), check

    return replies
