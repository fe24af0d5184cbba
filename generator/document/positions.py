"""Where every element of a text stands, found by one more run over it.

A scalar is at its value, a mapping or a list at its key (or where its item begins).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from yaml import (
    AliasEvent,
    CollectionEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from ..diagnostics import Position
from .faults import UnreadableError
from .json_text import text_of, tokens as json_tokens
from .yaml_text import events as yaml_events, span


@dataclass(slots=True)
class Marks:
    """The place of an element and of those inside it."""

    start: int
    end: int
    inner: dict[str, Marks] | list[Marks] | None = None


class _Step(NamedTuple):
    """What both languages have in common."""

    kind: Literal["{", "[", "end", "scalar", "alias"]
    start: int
    end: int
    text: str = ""  # of a scalar that may be a key; the name for an alias
    anchor: str | None = None


def place_of(marks: Marks, tokens: tuple[str, ...]) -> tuple[int, int]:
    """Walk down as far as it goes."""
    for token in tokens:
        inner = marks.inner
        if isinstance(inner, dict) and token in inner:
            marks = inner[token]
        elif isinstance(inner, list) and token.isdecimal() and int(token) < len(inner):
            marks = inner[int(token)]
        else:
            break
    return marks.start, marks.end


class Lines:
    """The lines of a text, to turn offsets into positions."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def position(self, start: int, end: int) -> Position:
        """Give line and columns of a stretch; it ends with its first line."""
        start = min(start, len(self._text))
        number = bisect_right(self._starts, start)
        line_start = self._starts[number - 1]
        last = number == len(self._starts)
        line_end = len(self._text) if last else self._starts[number]
        line = self._text[line_start:line_end].rstrip("\r\n")
        column = start - line_start + 1
        stop = min(end - line_start, len(line)) + 1
        return Position(self._name, number, column, max(stop, column + 1), line)


def yaml_marks(text: str) -> Marks:
    """Find every element of a YAML text."""
    return _build(_yaml_steps(text))


def json_marks(text: str) -> Marks:
    """Find every element of a JSON text."""
    return _build(_json_steps(text))


def _build(steps: Iterator[_Step]) -> Marks:
    """Build the tree of marks. The text was read before, so it is known to be sound."""
    root = current = Marks(0, 1, [])
    key: _Step | None = None
    outer: list[tuple[Marks, _Step | None, str | None]] = []
    anchors: dict[str, Marks] = {}
    anchor: str | None = None
    for step in steps:
        if step.kind == "end":
            if isinstance(current.inner, dict) and "<<" in current.inner:
                _merge(current.inner)
            if anchor is not None:
                anchors[anchor] = current
            current, key, anchor = outer.pop()
            key = None
            continue
        if isinstance(current.inner, dict) and key is None:
            key = step
            continue
        mark = _mark(step, key, anchors)
        if isinstance(current.inner, dict):
            assert key is not None
            current.inner[key.text] = mark
        elif isinstance(current.inner, list):
            current.inner.append(mark)
        if step.kind in "{[":
            outer.append((current, key, anchor))
            current, anchor = mark, step.anchor
        elif step.anchor is not None:
            anchors[step.anchor] = mark
        key = None
    return root.inner[0] if isinstance(root.inner, list) and root.inner else root


def _mark(step: _Step, key: _Step | None, anchors: dict[str, Marks]) -> Marks:
    if step.kind == "alias":
        target = anchors.get(step.text)
        return Marks(step.start, step.end, target.inner if target else None)
    if step.kind == "scalar":
        if step.end <= step.start and key is not None:  # `key:` without a value
            return Marks(key.start, key.end)
        return Marks(step.start, step.end)
    place = key or step
    return Marks(place.start, place.end, {} if step.kind == "{" else [])


def _merge(inner: dict[str, Marks]) -> None:
    given = inner.pop("<<").inner
    for source in given if isinstance(given, list) else [Marks(0, 0, given)]:
        if isinstance(source.inner, dict):
            for name, mark in source.inner.items():
                inner.setdefault(name, mark)


def _yaml_steps(text: str) -> Iterator[_Step]:
    try:
        for event in yaml_events(text):
            start, end = span(event)
            if isinstance(event, ScalarEvent):
                yield _Step("scalar", start, end, event.value, event.anchor)
            elif isinstance(event, MappingStartEvent):
                yield _Step("{", start, start + 1, anchor=event.anchor)
            elif isinstance(event, SequenceStartEvent):
                yield _Step("[", start, start + 1, anchor=event.anchor)
            elif isinstance(event, CollectionEndEvent):
                yield _Step("end", start, end)
            elif isinstance(event, AliasEvent):
                yield _Step("alias", start, end, event.anchor or "")
    except UnreadableError:
        return


def _json_steps(text: str) -> Iterator[_Step]:
    for kind, piece, start, end in json_tokens(text):
        if piece == "{":
            yield _Step("{", start, end)
        elif piece == "[":
            yield _Step("[", start, end)
        elif piece in "]}":
            yield _Step("end", start, end)
        elif kind == "text":
            yield _Step("scalar", start, end, text_of(piece))
        elif kind == "word":
            yield _Step("scalar", start, end)
