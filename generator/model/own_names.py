"""The names that `x-name` gives to elements of a document, by their pointers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..document.node import Document
from ..pointers import join

KEY = "x-name"
# What stands below these is data of the vendor's, whatever it is called.
_DATA = frozenset({"const", "default", "enum", "example", "examples", "value"})


def own_names(document: Document) -> Mapping[str, Any]:
    """Return what stands under `x-name`, wherever it stands."""
    texts = [source.text for source in document.files.values()]
    texts += {source.text for source, _ in document.origins.values()}
    if not any(KEY in text for text in texts):
        return {}
    found: dict[str, Any] = {}
    for file in document.files:
        root = document.root_of(file)
        if root is not None:
            for tokens, value in _walk(root.value):
                found[join(tokens, file)] = value
    return found


def _walk(root: object) -> Iterator[tuple[tuple[str, ...], object]]:
    pending: list[tuple[tuple[str, ...], object]] = [((), root)]
    while pending:
        tokens, value = pending.pop()
        is_named = bool(tokens) and tokens[-1] == "properties"  # a field of that name
        if isinstance(value, dict):
            if KEY in value and not is_named:
                yield tokens, value[KEY]
            pending += [
                ((*tokens, str(key)), inner)
                for key, inner in value.items()
                if is_named or key not in _DATA
            ]
        elif isinstance(value, list):
            pending += [((*tokens, str(i)), inner) for i, inner in enumerate(value)]
