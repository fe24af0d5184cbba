"""Faults in what a method sends."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from .source import Mutant, Source, calls


def _sent(source: Source) -> Iterator[ast.Dict]:
    """Yield the values that each method hands over."""
    for call in calls(source, "self._call"):
        for keyword in call.keywords:
            if isinstance(keyword.value, ast.Dict) and keyword.value.keys:
                yield keyword.value


def dropped_argument(source: Source) -> Iterator[Mutant]:
    """An argument that is not sent."""
    for mapping in _sent(source):
        pairs = [
            f"{source.of(k)}: {source.of(v)}"
            for k, v in zip(mapping.keys, mapping.values, strict=True)
            if k is not None
        ]
        for index in range(len(pairs)):
            rest = pairs[:index] + pairs[index + 1 :]
            text = f"{{{', '.join(rest)}}}"
            yield source.change("dropped-argument", mapping, text)


def misnamed_argument(source: Source) -> Iterator[Mutant]:
    """An argument under another name."""
    for mapping in _sent(source):
        for key in mapping.keys:
            assert key is not None
            yield source.change("misnamed-argument", key, f'{source.of(key)[:-1]}_"')


def swapped_arguments(source: Source) -> Iterator[Mutant]:
    """An argument under the name of its neighbour."""
    for mapping in _sent(source):
        for one, other in pairwise(mapping.values):
            yield source.change("swapped-arguments", one, source.of(other))


def float_argument(source: Source) -> Iterator[Mutant]:
    """Money that goes out as a float, or unchecked."""
    if source.name.startswith("_"):  # the runtime itself
        return
    for call in calls(source, "money", "money_number"):
        value = source.of(call.args[0])
        yield source.change("float-argument", call, f"float({value})")
        yield source.change("float-argument", call, value)
