"""Faults in where a call goes and with which credentials."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .source import Mutant, Source, calls


def wrong_host(source: Source) -> Iterator[Mutant]:
    """Another server, of the client or of one operation."""
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.startswith("https://")
            and source.of(node) == f'"{node.value}"'
        ):
            yield source.change("wrong-host", node, '"https://elsewhere.test"')


def wrong_credential(source: Source) -> Iterator[Mutant]:
    """A scheme that gets another argument, or none."""
    for call in calls(source, "WhiteBitSigner", "ApiKey", "Bearer", "Basic"):
        for one in call.keywords:
            if isinstance(one.value, ast.Name):
                yield source.change("wrong-credential", one.value, "None")
        for other in call.args:
            if isinstance(other, ast.Name):
                yield source.change("wrong-credential", other, "None")
