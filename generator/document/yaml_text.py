"""YAML text to plain data, from the events of PyYAML's C parser.

Every mapping key is the text that stands there: `200:` is "200". Nothing recurses: the
open containers are a stack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NoReturn

from yaml import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    YAMLError,
)
from yaml._yaml import CParser

from .aliases import Anchors
from .faults import DEEPEST, Fault, UnreadableError
from .plain import is_list, is_mapping
from .yaml_errors import explain
from .yaml_scalars import NumberTooLongError, plain_value

_CORE = "tag:yaml.org,2002:"
_CORE_TAGS = frozenset(
    _CORE + name for name in ("str", "int", "float", "bool", "null", "map", "seq")
)
_TEXT_TAGS = ("!", _CORE + "str")


def events(text: str) -> Iterator[Event]:
    """Yield the parser's events; raise UnreadableError where the text is no YAML."""
    try:
        parser = CParser(text)
        while (event := parser.get_event()) is not None:
            yield event
    except YAMLError as error:
        raise UnreadableError(explain(error, text)) from None


def span(event: Event) -> tuple[int, int]:
    """The offsets of an event in the text."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0), (end.index if end else 0)


def read_yaml(text: str, report: Callable[[Fault], None]) -> object:
    """Read one document; raise UnreadableError where no data can be made of it."""
    return _Builder(report).read(text)


class _Builder:
    """Data under construction: `mapping` or `sequence` is the open container."""

    def __init__(self, report: Callable[[Fault], None]) -> None:
        self.report = report
        self.root: object = None
        self.mapping: dict[str, object] | None = None
        self.sequence: list[object] | None = None
        self.key: str | None = None
        self.anchor: str | None = None
        self.merges = False
        self.outer: list[
            tuple[
                dict[str, object] | None,
                list[object] | None,
                str | None,
                str | None,
                bool,
            ]
        ] = []
        self.anchors = Anchors()
        self.plain: dict[str, object] = {}

    def read(self, text: str) -> object:
        documents = seen = 0
        plain = self.plain
        for event in events(text):
            seen += 1
            if isinstance(event, ScalarEvent):
                mapping, key = self.mapping, self.key
                if mapping is not None and key is None:
                    self.take_key(mapping, event)
                    continue
                value: object = event.value
                if event.style == "" and event.tag is None:
                    if value not in plain:
                        plain[event.value] = self.plain_value(event, event.value)
                    value = plain[event.value]
                elif event.tag is not None:
                    value = self.tagged_value(event, event.tag)
                if event.anchor is not None:
                    self.anchors.define(event.anchor, value)
                if mapping is not None and key is not None:
                    mapping[key] = value
                    self.key = None
                else:
                    self.put(value)
            elif isinstance(event, CollectionStartEvent):
                self.open(event, seen)
            elif isinstance(event, CollectionEndEvent):
                self.close(event, seen)
            elif isinstance(event, AliasEvent):
                self.take_alias(event)
            elif isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fail(
                        event,
                        "several-documents",
                        "a second YAML document begins here",
                        "keep one document in a file: split it at `---`",
                    )
        return self.root

    def put(self, value: object) -> None:
        if self.mapping is not None and self.key is not None:
            self.mapping[self.key] = value
            self.key = None
        elif self.sequence is not None:
            self.sequence.append(value)
        else:
            self.root = value

    def take_key(self, mapping: dict[str, object], event: ScalarEvent) -> None:
        key = self.key = event.value
        if event.anchor is not None:
            self.anchors.define(event.anchor, key)
        if event.tag is not None and event.tag != "!" and event.tag not in _CORE_TAGS:
            self.refuse_tag(event, event.tag)
        if key == "<<" and event.style == "":
            self.merges = True
        if key in mapping:
            self.report(
                Fault(
                    "duplicate-key",
                    f"the key `{key}` stands twice in the same mapping",
                    *span(event),
                    "remove or rename one of the two: only one of them can count",
                    self.path(),
                )
            )

    def open(self, event: CollectionStartEvent, seen: int) -> None:
        if self.mapping is not None and self.key is None:
            self.refuse_key(event)
        if len(self.outer) >= DEEPEST:
            self.fail(
                event,
                "too-deep",
                f"more than {DEEPEST} levels of nesting",
                "no tool reads this: move inner parts to components and use `$ref`",
            )
        if event.tag is not None and event.tag != "!" and event.tag not in _CORE_TAGS:
            self.refuse_tag(event, event.tag)
        self.outer.append(
            (self.mapping, self.sequence, self.key, self.anchor, self.merges)
        )
        self.mapping, self.sequence = (
            ({}, None) if isinstance(event, MappingStartEvent) else (None, [])
        )
        self.key, self.anchor, self.merges = None, event.anchor, False
        if event.anchor is not None:
            self.anchors.open(event.anchor, seen)

    def close(self, event: Event, seen: int) -> None:
        done: object = self.mapping if self.mapping is not None else self.sequence
        if self.merges and self.mapping is not None:
            self.merge(event, self.mapping)
        if self.anchor is not None:
            self.anchors.close(self.anchor, done, seen)
        self.mapping, self.sequence, self.key, self.anchor, self.merges = (
            self.outer.pop()
        )
        self.put(done)

    def take_alias(self, event: AliasEvent) -> None:
        if self.mapping is not None and self.key is None:
            self.refuse_key(event)
        problem = self.anchors.refusal(event.anchor or "", len(self.outer), DEEPEST)
        if problem is not None:
            self.fail(event, *problem)
        self.put(self.anchors.use(event.anchor or ""))

    def merge(self, event: Event, mapping: dict[str, object]) -> None:
        """Do what `<<` asks for; what the mapping says itself wins."""
        given = mapping.pop("<<")
        merged: dict[str, object] = {}
        for source in given if is_list(given) else [given]:
            if not is_mapping(source):
                self.fail(
                    event,
                    "yaml-merge",
                    "`<<` needs a mapping, or a list of mappings",
                    'point it to a mapping, or quote it: "<<"',
                )
            for key, value in source.items():
                merged.setdefault(key, value)
        own = dict(mapping)
        mapping.clear()
        mapping.update(merged)
        mapping.update(own)

    def plain_value(self, event: ScalarEvent, text: str) -> object:
        try:
            return plain_value(text)
        except NumberTooLongError:
            self.fail(
                event,
                "number-too-long",
                f"a number of {len(text)} digits",
                "no program reads such a number: quote it to make it a text",
            )

    def tagged_value(self, event: ScalarEvent, tag: str) -> object:
        if tag in _TEXT_TAGS:
            return event.value
        if tag not in _CORE_TAGS:
            self.refuse_tag(event, tag)
        return self.plain_value(event, event.value)

    def path(self) -> tuple[str, ...]:
        """Where the builder stands, as the tokens of a pointer."""
        rows = [
            *((sequence, key) for _, sequence, key, _, _ in self.outer[1:]),
            (self.sequence, self.key),
        ]
        return tuple(
            str(len(sequence)) if sequence is not None else key or ""
            for sequence, key in rows
            if sequence is not None or key is not None
        )

    def refuse_tag(self, event: Event, tag: str) -> NoReturn:
        self.fail(
            event,
            "yaml-tag",
            f"the tag `{tag.replace(_CORE, '!!')}` asks for more than plain data",
            "remove the tag and write the value out",
        )

    def refuse_key(self, event: Event) -> NoReturn:
        self.fail(
            event,
            "yaml-key",
            "a key must be a text, not a mapping, a list or an alias",
            "write the key out, or quote it if it begins with `{`, `[` or `*`",
        )

    def fail(self, event: Event, id: str, message: str, help_text: str) -> NoReturn:
        start, end = span(event)
        raise UnreadableError(Fault(id, message, start, end, help_text, self.path()))
