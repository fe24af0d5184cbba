"""Documented refusals of an operation, from every place where a document keeps them.

Named examples, single examples, error bodies in the fences of an accordion, and rows of
code tables. What has no name gets one of its own words; a name that the document gave
always wins. An overlay renames with `x-reasons: {derivedName: betterName}`; an entry
that no longer means a refusal is reported, because code uses the name that it gave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..diagnostics import Diagnostics, quoted
from ..document.node import Node
from ..runtime._words import words_of
from ..spelling import near
from . import ir
from .extensions import misread
from .prose import Fence, error_accordions, fences, outcomes, rows
from .reason_names import name_of, reason_words, words

_Source = Literal["named", "single", "fence", "row"]


@dataclass(frozen=True, slots=True)
class _Found:
    """A refusal before it has a name."""

    pointer: str
    source: _Source
    status: int
    body: Any = None
    code: int | None = None
    name: str = ""  # the one that the document gave
    words: Sequence[str] = ()
    fields: Sequence[str] = field(default_factory=list[str])


def error_cases(
    node: Node, responses: Sequence[ir.Response], diagnostics: Diagnostics
) -> tuple[ir.ErrorCase, ...]:
    """Return the refusals of an operation: examples first, then fences, then rows."""
    refusing = [r for r in responses if r.status[:1] in ("4", "5")]
    found = [*_examples(refusing), *_fences(node, refusing)]
    found = _without_repeats(found)
    found += _rows(node, refusing, found)
    derived = _derived_names(found)
    names = [each.name or derived[index] for index, each in enumerate(found)]
    renamed = _renamed(node, names, diagnostics)
    return tuple(_case(*each, renamed) for each in zip(found, names, strict=True))


def described_outcomes(responses: Sequence[ir.Response]) -> tuple[ir.Outcome, ...]:
    """Return the refusals that descriptions name without a body or a code."""
    return tuple(
        ir.Outcome(f"{response.pointer}/description", text, _name_of(text))
        for response in responses
        if response.status[:1] == "4"
        for text in outcomes(response.description)
    )


def _name_of(text: str) -> str:
    return name_of(words(text)) or "undocumented"


def _status(response: ir.Response) -> int:
    return int(response.status) if response.status.isdecimal() else 0


def _examples(responses: Sequence[ir.Response]) -> Iterator[_Found]:
    for response in responses:
        for content in response.content:
            for example in content.examples:
                yield _Found(
                    example.pointer,
                    "named" if example.name else "single",
                    _status(response),
                    example.value,
                    name=example.name,
                    words=_words(example.value, "", response.description),
                    fields=_fields(example.value),
                )


def _fences(node: Node, responses: Sequence[ir.Response]) -> Iterator[_Found]:
    declared = [_status(r) for r in responses if r.status in ("400", "422")]
    only = declared[0] if len(declared) == 1 else 0
    pointer = f"{node.pointer}/description"
    for body in error_accordions(node.text("description")):
        for fence in fences(body):
            yield _fence(fence, pointer, fence.status or only)
    for response in responses:
        for body in error_accordions(response.description):
            for fence in fences(body):
                status = fence.status or _status(response)
                yield _fence(fence, f"{response.pointer}/description", status)


def _fence(fence: Fence, pointer: str, status: int) -> _Found:
    found = _words(fence.body, fence.heading, "")
    fields = _fields(fence.body)
    return _Found(pointer, "fence", status, fence.body, words=found, fields=fields)


def _without_repeats(found: Sequence[_Found]) -> list[_Found]:
    """Drop fences that repeat the body of an example: the example's name wins."""
    kept: list[_Found] = []
    for each in found:
        if each.source != "fence" or not any(each.body == k.body for k in kept):
            kept.append(each)
    return kept


def _rows(
    node: Node, responses: Sequence[ir.Response], cases: Sequence[_Found]
) -> list[_Found]:
    """Return the rows of code tables; code 0 says nothing that a caller could use.

    A row takes the name of the one named example that has its code at its status.
    """
    pointer = f"{node.pointer}/description"
    places = [(0, pointer, t) for t in error_accordions(node.text("description"))]
    places += [
        (_status(r), f"{r.pointer}/description", r.description) for r in responses
    ]
    found: list[_Found] = []
    for status, where, text in places:
        for row in rows(text):
            if row.code == 0:
                continue
            named = {
                case.name
                for case in cases
                if case.source == "named"
                and case.status == status
                and words_of(case.body).code == row.code
            }
            name = named.pop() if len(named) == 1 else ""
            found.append(
                _Found(
                    where,
                    "row",
                    status,
                    code=row.code,
                    name=name,
                    words=words(row.text),
                )
            )
    return found


def _case(each: _Found, name: str, renamed: Mapping[str, str]) -> ir.ErrorCase:
    said = words_of(each.body)
    messages = [("", said.message)] if said.message else []
    messages += [(f, t) for f, texts in said.field_errors.items() for t in texts]
    code = each.code if each.code is not None else said.code
    return ir.ErrorCase(
        each.pointer,
        renamed.get(name, name),
        each.status,
        code if isinstance(code, int) else None,
        tuple(messages),
        each.body,
        each.source,
        bool(each.name) or name in renamed,
    )


def _derived_names(found: Sequence[_Found]) -> dict[int, str]:
    """Return the names of refusals that have none: the same words, the same reason.

    Other words and an equal name: all of them take all of their words instead of eight,
    then their fields in front. A name that the document gave is never taken.
    """
    given = {each.name for each in found if each.name}
    nameless = {i: each for i, each in enumerate(found) if not each.name}
    words_by_index = {
        i: tuple(each.words) or ("undocumented", str(each.status or ""))
        for i, each in nameless.items()
    }
    level = dict.fromkeys(nameless, 0)
    while True:
        names = {
            i: _candidates(each, words_by_index[i])[level[i]]
            for i, each in nameless.items()
        }
        said: dict[str, set[tuple[str, ...]]] = {}
        for i, name in names.items():
            said.setdefault(name, set()).add(words_by_index[i])
        clashing = [
            i
            for i, name in names.items()
            if level[i] < 3
            # A row of a table that says what a given name says is that refusal.
            and (len(said[name]) > 1 or (name in given and nameless[i].source != "row"))
        ]
        if not clashing:
            return names
        for i in clashing:
            level[i] += 1


def _candidates(each: _Found, own: tuple[str, ...]) -> tuple[str, str, str, str]:
    fields = [word for name in each.fields for word in words(name.replace(".", " "))]
    return (
        name_of(own),
        name_of(own, len(own)),
        name_of([*fields, *own], 99),
        name_of([*fields, *own, "case"], 99),
    )


def _words(body: Any, heading: str, description: str) -> list[str]:
    said = words_of(body)
    return reason_words(heading, said.message, said.field_errors, description)


def _fields(body: Any) -> list[str]:
    return list(words_of(body).field_errors)


def _renamed(
    node: Node, names: Sequence[str], diagnostics: Diagnostics
) -> Mapping[str, str]:
    """Return the names that an overlay gives, by the names that they stand for."""
    place = node.child("x-reasons")
    if place is not None and not isinstance(place.value, dict):
        misread(place, "new names by the old ones", "{old: new}", diagnostics)
    stated = dict(node.entries("x-reasons"))
    renamed: dict[str, str] = {}
    for old, entry in stated.items():
        if not isinstance(entry.value, str):
            diagnostics.error(
                "bad-reason-name",
                f"`x-reasons` gives {quoted(old)} a name, not {quoted(entry.value)}",
                at=entry.pointer,
                help="write the name as text",
            )
        elif old not in names:
            diagnostics.warning(
                "unmatched-reason",
                f"`x-reasons` names {quoted(old)}, and no refusal is called that",
                at=entry.pointer,
                help=_meant(old, [name for name in names if name not in stated]),
            )
        else:
            renamed[old] = entry.value
    return renamed


def _meant(old: str, others: Sequence[str]) -> str:
    meant = near(old, others)
    if meant:
        return f"did you mean {quoted(meant)}? The words in the document may be new"
    return "the document reworded it or took it back: correct the entry or remove it"
