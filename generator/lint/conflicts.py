"""The same field with different types: what is sent as text here is a number there.

Equal names are not enough, because `status` or `from` mean something else in every other
operation. Two fields count as the same where something says so: the signer fills both, they
have the same company, they are described in the same words, or both are amounts of money.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from ..model import ir
from ..model.amounts import names_money
from .fields import Named, is_twin, named_values
from .findings import Finding, Rule, Subject, listed

_WORDS = re.compile(r"[a-z0-9]+")
_SMALL = frozenset(
    (
        *("a", "an", "and", "are", "be", "by", "for", "in", "is", "it", "of", "on"),
        *("or", "that", "the", "this", "to", "with"),
    )
)
_SCALARS = ("text", "number", "true or false")
_MOST_PLACES = 400  # places of one name that are compared with each other


def conflicting(subject: Subject) -> Iterator[Finding]:
    """Yield a finding a field, at the first of its places."""
    by_name: dict[tuple[str, str], list[tuple[str, Named]]] = {}
    for value in named_values(subject.api):
        kind = _kind(value.type)
        if kind and value.side != "refusal":
            by_name.setdefault((value.side, value.name), []).append((kind, value))
    for (side, name), places in by_name.items():
        for group in _conflicts(places[:_MOST_PLACES]):
            yield _finding(side, name, group)


def _conflicts(places: list[tuple[str, Named]]) -> Iterator[list[tuple[str, Named]]]:
    """Yield the places that are one field and disagree, each group once."""
    if len({kind for kind, _ in places}) < 2:
        return
    group_of = list(range(len(places)))
    for (i, one), (j, other) in combinations(enumerate(places), 2):
        merged, gone = group_of[i], group_of[j]
        if merged != gone and one[0] != other[0] and _is_same(one, other):
            group_of = [merged if g == gone else g for g in group_of]
    for group in dict.fromkeys(group_of):
        members = [p for p, g in zip(places, group_of, strict=True) if g == group]
        if len(members) > 1:
            yield members


def _finding(side: str, name: str, group: list[tuple[str, Named]]) -> Finding:
    kinds = dict.fromkeys(kind for kind, _ in group)
    places = "; ".join(
        f"{kind} in {listed(v.operation for k, v in group if k == kind)}"
        for kind in kinds
    )
    where = "requests" if side == "request" else "answers"
    help_ = "ask the vendor which one it is, and state it in an overlay"
    if all(value.supplied for _, value in group):
        help_ = "the client fills it and sends one type everywhere; correct the others"
    # The finding stands at the first place; the overlay may have to name another one.
    first_of = {kind: value.pointer for kind, value in reversed(group)}
    for kind in list(kinds)[1:]:
        help_ += f"; {kind} stands at {first_of[kind]}"
    return Finding(
        group[0][1].pointer, f"`{name}` of {where} has several types: {places}", help_
    )


def _is_same(one: tuple[str, Named], other: tuple[str, Named]) -> bool:
    (kind, a), (other_kind, b) = one, other
    if a.supplied and b.supplied:
        return True
    alike, twin = _is_described_alike(a.description, b.description), is_twin(a, b)
    if kind not in _SCALARS or other_kind not in _SCALARS:
        return alike and twin  # `data` is a list here, an object there: nobody minds
    if a.name == "id":  # each thing has its own
        return False
    return alike or twin or names_money(a.name)


def _is_described_alike(one: str, other: str) -> bool:
    a, b = (set(_WORDS.findall(text.lower())) - _SMALL for text in (one, other))
    return len(a & b) >= 2 and 3 * len(a & b) >= 2 * len(a | b)


def _kind(type_: ir.Type) -> str:
    """Return what a value is on the wire; whole and other numbers are numbers."""
    match type_:
        case ir.StringType():
            return "text"
        case ir.NumberType():
            return "number"
        case ir.DecimalType():
            return "text" if type_.wire == "string" else "number"
        case ir.EnumType():
            return "text" if type_.base == "string" else "number"
        case ir.BooleanType():
            return "true or false"
        case ir.ArrayType() | ir.TupleType():
            return "a list"
        case ir.ObjectType():
            return "an object"
        case _:
            return ""


RULES: Iterable[Rule] = (
    Rule(
        "conflicting-types",
        "warning",
        "the same field is text in one operation and a number in another",
        "code that works with one operation fails with the next, and one of the two is"
        " wrong",
        "ask the vendor, and state the right type in an overlay",
        conflicting,
    ),
)
