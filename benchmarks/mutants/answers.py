"""Faults in the types of answers: fields and members of enums."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .source import Mutant, Source


def _fields(source: Source) -> Iterator[ast.AnnAssign]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and any(
            ast.unparse(base) == "Model" for base in node.bases
        ):
            yield from (f for f in node.body if isinstance(f, ast.AnnAssign))


def misnamed_field(source: Source) -> Iterator[Mutant]:
    """A field of an answer under another wire name."""
    for field in _fields(source):
        if isinstance(field.value, ast.Call):
            for keyword in field.value.keywords:
                if keyword.arg == "name":
                    text = f'{source.of(keyword.value)[:-1]}_"'
                    yield source.change("misnamed-field", keyword.value, text)
        else:
            yield source.change(
                "misnamed-field", field.target, f"{source.of(field.target)}_"
            )


def dropped_field(source: Source) -> Iterator[Mutant]:
    """A field of an answer that is not there."""
    for field in _fields(source):
        yield source.change("dropped-field", field, "pass")


def float_field(source: Source) -> Iterator[Mutant]:
    """Money that comes in as a float, or as text."""
    for field in _fields(source):
        annotation = source.of(field.annotation)
        if "Decimal" in annotation:
            for other in ("float", "str"):
                text = annotation.replace("Decimal", other)
                yield source.change("float-field", field.annotation, text)


def wrong_member(source: Source) -> Iterator[Mutant]:
    """A member of an enum with another value."""
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.ClassDef)
            and node.name != "Server"
            and any(
                ast.unparse(base) in ("StrEnum", "OpenStrEnum") for base in node.bases
            )
        ):
            for member in node.body:
                if isinstance(member, ast.Assign):
                    text = f'{source.of(member.value)[:-1]}_"'
                    yield source.change("wrong-member", member.value, text)
