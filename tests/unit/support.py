"""Documents of a few lines with what is found in them, and a model."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from generator.diagnostics import Diagnostic, Diagnostics
from generator.document.node import Document, Node
from generator.document.resolve import resolve_refs
from generator.document.source import Source
from generator.runtime._model import Model, field
from generator.runtime._money import MoneyNumber

Json = dict[str, Any]


def document_of(data: object) -> Document:
    return Document(Source("a.json", json.dumps(data), data, is_json=True))


def findings(document: Document, *, lenient: bool = False) -> list[Diagnostic]:
    """Resolve the references of a document, and return what is found."""
    found = Diagnostics()
    resolve_refs(document, found, lenient=lenient)
    return list(found)


def node_at(document: Document, *keys: str | int) -> Node:
    node = document.root.at(*keys)
    assert node is not None
    return node


class Person(Model, kw_only=True):
    first_name: str | None = field(name="firstName", default=None)
    limit: Decimal | None = None
    limits: list[Decimal] | None = None
    rate: MoneyNumber | None = None
    share: float | None = None
