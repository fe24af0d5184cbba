"""Documented refusals: reasons that came, went, or became others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import ir
from .findings import Change
from .renames import Named, pair_renamed
from .values import canonical

_Pair = tuple[ir.ErrorCase, ir.ErrorCase]


def error_changes(old: ir.Operation, new: ir.Operation) -> Iterator[Change]:
    """Yield what became of the refusals of an operation."""
    gone, come = list(old.errors), list(new.errors)
    for pairs in (_by_name, _by_body, _singles):
        for one, other in pairs(gone, come):
            if one in gone and other in come:
                gone.remove(one)
                come.remove(other)
                yield from _both(one, other)
    for one, other, sure in pair_renamed(
        [c for c in gone if c.given],
        [c for c in come if c.given],
        lambda c: Named(c.name, " ".join(text for _, text in c.messages)),
        lambda a, b: (a.status, a.code) == (b.status, b.code),
    ):
        if one.status == other.status:
            gone.remove(one)
            come.remove(other)
            yield from (replace(c, confidence=sure) for c in _both(one, other))
    yield from _codes(old, new, gone, come)
    before, after = _places(old), _places(new)
    for one in gone:
        if (one.name, one.status) not in after:
            yield _change("removed", one, None, new.pointer)
    for other in come:
        if (other.name, other.status) not in before:
            yield _change("added", None, other, old.pointer)


def _change(
    what: str,
    old: ir.ErrorCase | None,
    new: ir.ErrorCase | None,
    pointer: str = "",
    before: str = "",
    after: str = "",
) -> Change:
    case = old or new
    assert case is not None
    name = f"`{case.name}` ({case.status or 'any status'})"
    return Change(
        f"reason-{what}",
        "errors",
        old.pointer if old else pointer,
        new.pointer if new else pointer,
        name,
        before,
        after,
        (old.name,) if old else None,
        (new.name,) if new else None,
    )


def _both(old: ir.ErrorCase, new: ir.ErrorCase) -> Iterator[Change]:
    if old.name != new.name:
        found = _change("renamed", old, new, "", old.name, new.name)
        yield replace(found, confidence=1.0 if _says(old) == _says(new) else 0.8)
    if old.status != new.status:
        yield _change("moved", old, new, "", str(old.status), str(new.status))
    if old.code != new.code and old.code is not None:
        yield _change("code", old, new, "", str(old.code), str(new.code))
    before, after = _blamed(old), _blamed(new)
    lost = ", ".join(field for field in before if field not in after)
    come = ", ".join(field for field in after if field not in before)
    if lost and come:
        yield _change("field", old, new, "", lost, come)
    elif lost or come:
        what = "field-removed" if lost else "field-added"
        yield _change(what, old, new, "", lost, come)
    elif sorted(old.messages) != sorted(new.messages):
        yield _change("text", old, new)


def _codes(
    old: ir.Operation,
    new: ir.Operation,
    gone: Sequence[ir.ErrorCase],
    come: Sequence[ir.ErrorCase],
) -> Iterator[Change]:
    """Yield a code that vanished from a status while another one came.

    The cases themselves may be taken apart otherwise; whoever handles status and code
    sees the code only.
    """
    for status in dict.fromkeys(c.status for c in gone):
        before = {c.code for c in old.errors if c.status == status}
        after = {c.code for c in new.errors if c.status == status}
        lost = before - after - {None}
        found = after - before - {None}
        one = next((c for c in gone if c.status == status and c.code in lost), None)
        other = next((c for c in come if c.status == status and c.code in found), None)
        if one is not None and other is not None:
            yield Change(
                "error-code", "errors", one.pointer, other.pointer, str(status),
                str(one.code), str(other.code), None, None,
            )  # fmt: skip


def _places(operation: ir.Operation) -> set[tuple[str, int]]:
    return {(case.name, case.status) for case in operation.errors}


def _blamed(case: ir.ErrorCase) -> list[str]:
    return list(dict.fromkeys(field for field, _ in case.messages if field))


def _by_name(
    gone: Sequence[ir.ErrorCase], come: Sequence[ir.ErrorCase]
) -> Iterator[_Pair]:
    """Pair refusals of one name: of one status and body first, then of one status.

    Where a name has other statuses than before, it moved.
    """
    left, right = list(gone), list(come)
    places = {(c.name, c.status) for c in gone} & {(c.name, c.status) for c in come}
    staying = {name for name, _ in places}
    for key in (
        lambda c: (c.name, c.status, canonical(c.body)),
        lambda c: (c.name, c.status),
        lambda c: (c.name, c.status if c.name in staying else 0),
    ):
        for one in tuple(left):
            other = next((c for c in right if key(c) == key(one)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                yield one, other


def _by_body(
    gone: Sequence[ir.ErrorCase], come: Sequence[ir.ErrorCase]
) -> Iterator[_Pair]:
    """Pair refusals that say the same under another name, where that is unmistakable."""
    for one in tuple(gone):
        same = [c for c in come if _says(c) == _says(one)]
        if len(same) == 1 and sum(_says(c) == _says(one) for c in gone) == 1:
            yield one, same[0]


def _says(case: ir.ErrorCase) -> object:
    return (case.status, case.code, tuple(sorted(case.messages)), canonical(case.body))


def _singles(
    gone: Sequence[ir.ErrorCase], come: Sequence[ir.ErrorCase]
) -> Iterator[_Pair]:
    """Pair the unnamed example of a status with the one that took its place."""
    for one in tuple(gone):
        if one.source == "single":
            found = [c for c in come if c.source == "single" and c.status == one.status]
            if len(found) == 1:
                yield one, found[0]
