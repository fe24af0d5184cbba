"""Faults in what an operation says of itself: its constant."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from itertools import pairwise

from .source import Mutant, Source, calls, constants


def wrong_path(source: Source) -> Iterator[Mutant]:
    """Another path."""
    for keyword in constants(source, "path"):
        text = source.of(keyword.value)
        yield source.change("wrong-path", keyword.value, f'{text[:-1]}s"')


def wrong_method(source: Source) -> Iterator[Mutant]:
    """Another HTTP method."""
    for keyword in constants(source, "method"):
        other = '"PUT"' if source.of(keyword.value) == '"POST"' else '"POST"'
        yield source.change("wrong-method", keyword.value, other)


def unsigned(source: Source) -> Iterator[Mutant]:
    """An operation that asks for no credentials."""
    for keyword in constants(source, "security"):
        yield source.change("unsigned", keyword.value, "()")


def wrong_kind(source: Source) -> Iterator[Mutant]:
    """A write that is taken for a read, or a read for a write."""
    for call in calls(source, "Operation"):
        kinds = [k for k in call.keywords if k.arg == "kind"]
        if kinds:
            yield source.change("wrong-kind", kinds[0].value, '"write"')
        elif call.keywords:
            first = call.keywords[0]
            text = f'{source.of(first)}, kind="read"'
            yield source.change("wrong-kind", first, text)


def wrong_reason(source: Source) -> Iterator[Mutant]:
    """A documented body under the name of another one."""
    for keyword in constants(source, "cases"):
        assert isinstance(keyword.value, ast.Tuple)
        read = [(e, json.loads(ast.literal_eval(e))) for e in keyword.value.elts]
        for (place, (name, status, body)), (_, other) in pairwise(read):
            if name != other[0]:
                mixed = json.dumps([other[0], status, body], separators=(",", ":"))
                yield source.change("wrong-reason", place, repr(mixed))


def lost_case(source: Source) -> Iterator[Mutant]:
    """A documented body that is not known."""
    for keyword in constants(source, "cases"):
        assert isinstance(keyword.value, ast.Tuple)
        elements = keyword.value.elts
        for index in range(len(elements)):
            rest = [source.of(e) for i, e in enumerate(elements) if i != index]
            text = f"({', '.join(rest)}{',' if rest else ''})"
            yield source.change("lost-case", keyword.value, text)


def wrong_code(source: Source) -> Iterator[Mutant]:
    """A row of a code table with another code."""
    for keyword in constants(source, "codes"):
        for code in _calls_in(keyword.value, "Code"):
            yield source.change("wrong-code", code.args[2], "424242")


def _calls_in(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node


def untyped_answer(source: Source) -> Iterator[Mutant]:
    """An answer that is not decoded to its type."""
    for keyword in constants(source, "returns"):
        if source.of(keyword.value) not in ("Json", "None"):
            yield source.change("untyped-answer", keyword.value, "int")


def wrong_pages(source: Source) -> Iterator[Mutant]:
    """Pages whose items or total stand elsewhere."""
    for call in calls(source, "Pages"):
        for keyword in call.keywords:
            text = f'{source.of(keyword.value)[:-1]}_"'
            yield source.change("wrong-pages", keyword.value, text)
