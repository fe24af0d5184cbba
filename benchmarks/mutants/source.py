"""A module of the client as text and tree, and what to put in the place of a node."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mutant:
    """One fault."""

    operator: str  # wrong-path
    file: str  # codes.py
    line: int
    start: int  # bytes of the file that are replaced
    end: int
    new: bytes
    old: bytes


class Source:
    """A module of the client, with the places of its nodes in bytes."""

    def __init__(self, file: Path) -> None:
        self.name = file.name
        self.text = file.read_bytes()
        self.tree = ast.parse(self.text)
        self._lines = [0]
        for line in self.text.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Give where a node begins and ends."""
        begin, end = (getattr(node, name) for name in ("lineno", "end_lineno"))
        left, right = (getattr(node, n) for n in ("col_offset", "end_col_offset"))
        return self._lines[begin - 1] + left, self._lines[end - 1] + right

    def of(self, node: ast.AST) -> str:
        """Give the text of a node."""
        start, end = self.span(node)
        return self.text[start:end].decode()

    def change(self, operator: str, node: ast.AST, new: str) -> Mutant:
        """Make a mutant: another text instead of a node's own."""
        start, end = self.span(node)
        line = self.text.count(b"\n", 0, start) + 1
        old = self.text[start:end]
        return Mutant(operator, self.name, line, start, end, new.encode(), old)


Operator = Callable[[Source], Iterator[Mutant]]


def calls(source: Source, *names: str) -> Iterator[ast.Call]:
    """Yield the calls of what has one of the names."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
            yield node


def constants(source: Source, key: str) -> Iterator[ast.keyword]:
    """Yield one keyword of each operation's constant."""
    for call in calls(source, "Operation"):
        yield from (k for k in call.keywords if k.arg == key)
