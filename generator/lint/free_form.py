"""Objects of which nothing is said, where the same object is typed elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import ir
from .fields import Named, is_twin, named_values
from .findings import Finding, Rule, Subject, listed

_Described = dict[tuple[str, str], list[Named]]


def typed_elsewhere(subject: Subject) -> Iterator[Finding]:
    """Yield free-form fields that have a typed twin in the same company."""
    typed: _Described = {}
    free: list[Named] = []
    for value in named_values(subject.api):
        if isinstance(value.type, ir.ObjectType) and value.type.fields:
            typed.setdefault((value.side, value.name), []).append(value)
        elif isinstance(value.type, ir.MapType) and isinstance(
            value.type.values, ir.AnyType
        ):
            free.append(value)
    for value in free:
        twins = [
            t for t in typed.get((value.side, value.name), ()) if is_twin(value, t)
        ]
        if not twins:
            continue
        twin = twins[0]
        assert isinstance(twin.type, ir.ObjectType)
        fields = listed(f"`{field.wire_name}`" for field in twin.type.fields)
        yield Finding(
            value.pointer,
            f"`{value.name}` of {value.operation} is an object without fields, and that"
            f" of {twin.operation} has {fields}",
            f"give it the same schema in an overlay; the typed one is {twin.pointer}",
        )


RULES: Iterable[Rule] = (
    Rule(
        "free-form-twin",
        "warning",
        "an object has no fields, and the same object elsewhere has them",
        "what is passed there is not checked, and nobody sees what belongs into it",
        "give it the schema of its twin in an overlay",
        typed_elsewhere,
    ),
)
