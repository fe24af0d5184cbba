"""Types with a class of their own to views: models, enums and named unions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ...model import ir
from ...model.wire_names import is_readable
from .. import docs, names
from ..view import EnumView, FieldView, MemberView, ModelView, UnionView
from .annotations import Annotator, or_none
from .catalog import Catalog, Entry
from .own_names import OwnNames

# Called in the body of a model: a field of that name would hide it from those below.
_CALLED = frozenset({"field", "builtins"})


class Types:
    """The views of one module's types."""

    def __init__(self, catalog: Catalog, annotator: Annotator, module: str) -> None:
        self._own = catalog.own
        self._annotator = annotator
        found = [(entry, _bare(entry.type)) for entry in catalog.of_module(module)]
        self.models = tuple(
            self._model(entry, type_)
            for entry, type_ in found
            if isinstance(type_, ir.ObjectType)
        )
        self.enums = tuple(
            self._enum(entry, type_)
            for entry, type_ in found
            if isinstance(type_, ir.EnumType)
        )
        self.unions = _dependent_last(
            [
                self._union(entry, type_)
                for entry, type_ in found
                if isinstance(type_, ir.UnionType)
            ]
        )

    def names(self) -> tuple[str, ...]:
        """Return the names of all types of the module."""
        views: Iterable[ModelView | EnumView | UnionView] = (
            *self.models,
            *self.enums,
            *self.unions,
        )
        return tuple(view.name for view in views)

    def _model(self, entry: Entry, type_: ir.ObjectType) -> ModelView:
        fields = [
            f for f in type_.fields if not f.supplied and is_readable(f.wire_name)
        ]
        chosen = model_fields(fields, self._own)
        self._annotator.imports.add("._model", "Model")
        self._annotator.shadow(chosen.values())
        # Required fields first: the order in which a reader needs them.
        ordered = sorted(fields, key=lambda f: not f.required)
        views = tuple(self._field(chosen[f.wire_name], f) for f in ordered)
        self._annotator.shadow(())
        return ModelView(entry.name, _class_doc(entry.description, entry.name), views)

    def _field(self, name: str, field: ir.Field) -> FieldView:
        annotation = self._annotator.answer(field.type)
        if not field.required:
            annotation = or_none(annotation)
        arguments: list[str] = []
        if name != field.wire_name:
            arguments.append(f"name={names.string(field.wire_name)}")
        if not field.required:
            arguments.append("default=None")
        default = " = None"
        if name != field.wire_name:
            self._annotator.imports.add("._model", "field")
            default = f" = field({', '.join(arguments)})"
        elif field.required:
            default = ""
        doc = docs.field_doc(field.description, 4)
        return FieldView(name, field.wire_name, annotation, default, doc)

    def _enum(self, entry: Entry, type_: ir.EnumType) -> EnumView:
        base = "OpenStrEnum" if type_.base == "string" else "OpenIntEnum"
        self._annotator.imports.add("._model", base)
        return EnumView(
            entry.name,
            base,
            _class_doc(entry.description, entry.name),
            enum_members(type_.values, type_.names),
        )

    def _union(self, entry: Entry, type_: ir.UnionType) -> UnionView:
        self._annotator.imports.add("._union", "union")
        self._annotator.imports.add("typing", "TYPE_CHECKING")
        options = self._annotator.options(type_)
        arguments = [names.string(entry.name), *options]
        if type_.discriminator:
            arguments.append(f"discriminator={names.string(type_.discriminator)}")
            arguments += self._mapping(type_)
        return UnionView(entry.name, " | ".join(options), ", ".join(arguments))

    def _mapping(self, union: ir.UnionType) -> list[str]:
        """Return the argument that says which tag stands for which option."""
        options = {o.target: o for o in union.options if isinstance(o, ir.RefType)}
        pairs = [
            f"{names.string(tag)}: {self._annotator.answer(options[target])}"
            for tag, target in union.mapping
            if target in options
        ]
        if not pairs:  # without a mapping the tag is the name of the schema
            pairs = [
                f"{names.string(target.rsplit('/', 1)[-1])}: {self._annotator.answer(o)}"
                for target, o in options.items()
            ]
        return [f"mapping={{{', '.join(pairs)}}}"] if pairs else []


def model_fields(fields: Sequence[ir.Field], own: OwnNames) -> dict[str, str]:
    """Return the Python names of the fields of one class."""
    given = {f.wire_name: own.of(f.pointer) for f in fields}
    chosen = field_names([f.wire_name for f in fields], _CALLED, given)
    for each in fields:
        own.check(each.pointer, chosen[each.wire_name])
    return chosen


def field_names(
    wire_names: Sequence[str], reserved: Iterable[str], given: Mapping[str, str]
) -> dict[str, str]:
    """Return the Python names of the fields of one object, or of one call."""
    taken = frozenset(reserved)
    candidates: dict[str, list[str]] = {}
    for wire_name in wire_names:
        name = given.get(wire_name) or names.snake(wire_name)
        # As it stands, unless it could be taken for a type (a capital in front) or NFKC
        # would make one identifier of several spellings.
        plain = wire_name.isascii() and wire_name.isidentifier()
        exact = wire_name if plain and wire_name[0].islower() else ""
        exact = "" if given.get(wire_name) else exact
        candidates[wire_name] = [
            f"{n}_" if n in taken else n
            for n in (name, exact and names.keyword_safe(exact))
            if n
        ]
    return names.assign(candidates)


def enum_members(
    values: Sequence[str | int], stated: Sequence[str] = ()
) -> tuple[MemberView, ...]:
    """Return the members of an enum in the document's order."""
    plain = Counter(names.member(value) for value in values)
    candidates: dict[str | int, list[str]] = {}
    for index, value in enumerate(values):
        given = [names.upper(stated[index])] if stated else []
        cased = [names.cased_member(value)] if plain[names.member(value)] > 1 else []
        candidates[value] = [*given, names.member(value), *cased]
    chosen = names.assign(candidates)
    return tuple(MemberView(chosen[value], names.literal(value)) for value in values)


def _dependent_last(unions: Sequence[UnionView]) -> tuple[UnionView, ...]:
    """Sort unions so that each stands below those it names: they are built at import."""
    by_name = {union.name: union for union in unions}
    ordered: dict[str, UnionView] = {}
    opened: set[str] = set()
    waiting = list(reversed(unions))
    while waiting:  # a list and no recursion: the row may be long
        top = waiting[-1]
        below: list[UnionView] = []
        if top.name not in opened:
            opened.add(top.name)
            words = dict.fromkeys(re.findall(r"\w+", top.annotation))
            below = [by_name[w] for w in words if w in by_name and w not in opened]
        if below:
            waiting += reversed(below)
        else:
            ordered.setdefault(top.name, waiting.pop())
    return tuple(ordered.values())


def _bare(type_: ir.Type) -> ir.Type:
    return type_.inner if isinstance(type_, ir.NullableType) else type_


def _class_doc(description: str, name: str) -> str:
    lines = docs.paragraphs(description, docs.WIDTH - 10)
    return docs.docstring(lines, 4) or f'"""`{name}` of the document."""'
