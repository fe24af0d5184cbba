"""Single changes to findings: what has one cause is said once.

A component that twenty operations use is one place and one finding that lists them. So is
one edit that was made in many places: a field that is called otherwise everywhere, a
default that was raised, a credential that every operation names now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..model.called import called
from .effects import Moved, Surface, owner_of, symbols_of
from .findings import Change, Finding, Place, PythonChange
from .operations import Pair, labelled
from .rules import RULES

Surfaces = tuple[Surface, Surface]
Locators = tuple[Callable[[str], Place], Callable[[str], Place]]
_WORD = re.compile(r"\w+")
_MEMBER = re.compile(r"\bServer\.\w+")

_BY_OPERATION = frozenset(("reason-added", "reason-removed"))
# Told by what was and what is, whatever it happened to.
_ANYWHERE = ("reason-", "security-", "operation-grouped")
_SAID = ("-unit", "-condition", "-retired", "-codes")
# One name may come or go at several places for reasons of their own.
_OF_PLACES = ("-added", "-removed", "-added-required", "-refused", "-closed", "-opened")
_MANY = 6  # names that a message lists
_ORDER = {"breaking": 0, "review": 1, "compatible": 2, "docs": 3}


@dataclass(slots=True)
class Group:
    """Changes with one cause, and the symbols that they moved."""

    changes: list[Change] = field(default_factory=list[Change])
    symbols: set[str] = field(default_factory=set[str])


def grouped(
    changes: Iterable[Change],
    python: Mapping[str, PythonChange],
    pairs: Sequence[Pair],
    surfaces: Surfaces,
) -> list[Group]:
    """Return groups of changes with one cause, every symbol in one of them at least."""
    moved = Moved(python)
    groups: dict[object, Group] = {}
    for change in changes:
        own = groups.setdefault(_cause(change), Group())
        own.changes.append(change)
        if RULES[change.rule].kind != "docs":
            own.symbols |= symbols_of(change, *surfaces, moved)
    _share([own for own in groups.values() if own.changes[0].side == "server"], python)
    left = set(python).difference(*(g.symbols for g in groups.values()))
    alone = _adopted(left, list(groups.values()), python, surfaces)
    return [*groups.values(), *_alone(alone, pairs, surfaces)]


def settled(
    groups: Iterable[Group],
    python: Mapping[str, PythonChange],
    pairs: Sequence[Pair],
    locate: Locators,
) -> tuple[Finding, ...]:
    """Return the findings, those that break first, then in the document's order."""
    rank = {called(p.new): index for index, p in enumerate(pairs) if p.new}
    found = [_finding(own, python, rank, locate) for own in groups]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.kind]))


def _cause(change: Change) -> object:
    """Return what is equal for changes with one cause."""
    rule = RULES[change.rule]
    if rule.kind == "docs":
        return change.rule
    if change.rule in _BY_OPERATION:
        return (change.rule, change.old_http, change.new_http)
    if change.rule.startswith(_ANYWHERE) or change.rule.endswith(_SAID):
        return (change.rule, change.before, change.after)
    if change.before or change.after:
        return (change.rule, change.name, change.before, change.after)
    if change.rule.endswith(_OF_PLACES):
        return (change.rule, change.name, change.old, change.new)
    return (change.rule, change.name)


def _share(servers: Sequence[Group], python: Mapping[str, PythonChange]) -> None:
    """Leave each symbol to one server: to that whose address it has, else to the first."""
    for name in set[str]().union(*(own.symbols for own in servers)):
        text = _text(python[name])
        for member in _MEMBER.findall(text):  # of a default: `str = Server.GLOBAL`
            text += _text(python[member]) if member in python else ""
        own = max(servers, key=lambda server: _addresses(server, text))
        for other in servers:
            other.symbols.discard(name)
        own.symbols.add(name)


def _text(change: PythonChange) -> str:
    return f"{change.before} {change.after}"


def _addresses(server: Group, text: str) -> int:
    """Return how many of the addresses of a server a text has."""
    own = {end[1:-1] for c in server.changes for end in (c.before, c.after) if end}
    return sum(f'"{address}"' in text for address in own)


def _adopted(
    left: set[str],
    groups: Sequence[Group],
    python: Mapping[str, PythonChange],
    surfaces: Surfaces,
) -> list[str]:
    """Give symbols that no change led to a group that can have moved them.

    Returns those that belong to none.
    """
    if not left:
        return []
    able = [
        (own, _reach(own, surfaces))
        for own in groups
        if RULES[own.changes[0].rule].kind != "docs"
    ]
    alone: list[str] = []
    for name in sorted(left):
        words = set(_WORD.findall(_text(python[name])))
        fitting = [
            own
            for own, reach in able
            if owner_of(name) in reach or words & _renamed(own)
        ]
        if fitting:
            fitting[0].symbols.add(name)
        else:
            alone.append(name)
    return alone


def _renamed(own: Group) -> set[str]:
    """Return the classes of a schema that has another name, as annotations have them."""
    if own.changes[0].rule != "component-renamed":
        return set()
    return {name.split(".")[1] for name in own.symbols if name.count(".") == 1}


def _alone(
    names: Sequence[str], pairs: Sequence[Pair], surfaces: Surfaces
) -> Iterator[Group]:
    """Yield the group of symbols that moved though nothing on the wire did."""
    if not names:
        return
    change = Change("python-changed", "operation", "", "")
    own = Group(symbols=set(names))
    owners = {owner_of(name) for name in names}
    for pair in pairs:
        found = replace(
            labelled(change, pair),
            old=pair.old.pointer if pair.old else "",
            new=pair.new.pointer if pair.new else "",
        )
        if _reach(Group([found]), surfaces) & owners:
            own.changes.append(found)
    yield own if own.changes else Group([change], own.symbols)


def _reach(own: Group, surfaces: Surfaces) -> set[str]:
    found: set[str] = set()
    for change in own.changes:
        for surface, http in zip(
            surfaces, (change.old_http, change.new_http), strict=True
        ):
            found |= surface.reach(http) | surface.operation(http)
    return found


def _finding(
    own: Group,
    python: Mapping[str, PythonChange],
    rank: Mapping[str, int],
    locate: Locators,
) -> Finding:
    first = own.changes[0]
    rule = RULES[first.rule]
    effects = tuple(python[name] for name in sorted(own.symbols))
    surface = any(effect.breaking for effect in effects)
    breaking = surface or (rule.wire and rule.kind != "review")
    names = dict.fromkeys(c.operation for c in own.changes if c.operation)
    places = {(change.old, change.new) for change in own.changes}
    return Finding(
        first.rule,
        "breaking" if breaking else rule.kind,
        tuple(sorted(names, key=lambda name: rank.get(name, -1))),
        first.side,
        rule.wire,
        surface,
        effects,
        _message(own.changes, rule.sentence),
        locate[0](first.old),
        locate[1](first.new),
        len(places),
    )


def _message(changes: Sequence[Change], sentence: str) -> str:
    first = changes[0]
    places = len({(change.old, change.new) for change in changes})
    if RULES[first.rule].kind == "docs" and places > 1:
        what = "examples differ" if "example" in first.rule else "texts differ"
        return f"{places} {what}"
    names = list(dict.fromkeys(_called(change) for change in changes))
    joint = "`, `" if "`{name}`" in sentence else ", "
    name = joint.join(names[:_MANY])
    if len(names) > _MANY:
        name += f"{joint}{len(names) - _MANY} more"
    text = sentence.format(name=name, before=first.before, after=first.after)
    if first.confidence is not None:
        text += f" (confidence {first.confidence:.2f})"
    return text


def _called(change: Change) -> str:
    """Return the name of a place, with the way to it where it is inside something."""
    path = change.old_path or change.new_path or ()
    inside = change.side in ("request", "response", "errors")
    if inside and len(path) > 1 and path[-1] == change.name:
        return ".".join(path if len(path) <= _MANY else (path[0], "…", *path[-2:]))
    return change.name
