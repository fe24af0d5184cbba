"""Types to annotations, as one module writes them, with the imports that they need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ...model import ir
from ..names import import_listing
from ..view import ImportView
from .catalog import MODELS, Catalog

_BUILTINS = frozenset({"str", "int", "float", "bool", "list", "dict", "tuple", "bytes"})
# Imported from one name a line, so that a field or an operation more only adds a line.
_GROWING = frozenset({"collections.abc", "._model", "._operation", f".{MODELS}"})
_FORMATS = {"date": "Date", "date-time": "DateTime", "uuid": "Uuid"}
# Schemas without a class inside each other, as lists of lists of lists.
_MOST_INLINED = 40


def or_none(annotation: str) -> str:
    """Return an annotation that allows None, which it may already do."""
    allowed = alternatives(annotation)
    return annotation if {"Json", "None"} & set(allowed) else f"{annotation} | None"


def joined(annotations: Iterable[str]) -> str:
    """Return the union of annotations, each of what they are made of once."""
    return " | ".join(alternatives(*annotations))


def alternatives(*annotations: str) -> list[str]:
    """Return what annotations allow, each once: `A | B[C | D]` is `A` and `B[C | D]`."""
    found: dict[str, None] = {}
    for annotation in annotations:
        part, depth = "", 0
        for piece in annotation.split(" | "):
            part = f"{part} | {piece}" if depth else piece
            depth += piece.count("[") - piece.count("]")
            if not depth:
                found[part] = None
    return list(found)


class Imports:
    """The names that a module imports."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)

    def add(self, module: str, *names: str) -> None:
        """Import names from a module; without names, the module itself."""
        self._names[module].update(names)

    def views(self) -> tuple[ImportView, ...]:
        """Return the imports: the standard library, then the package's own."""
        views: list[ImportView] = []
        for own in (False, True):
            modules = sorted(
                (m for m in self._names if m.startswith(".") == own),
                key=lambda m: (bool(self._names[m]), import_listing(m)),
            )
            views += [
                ImportView(self._line(module), bool(views) and index == 0)
                for index, module in enumerate(modules)
            ]
        return tuple(views)

    def _line(self, module: str) -> str:
        names = sorted(self._names[module], key=import_listing)
        if not names:
            return f"import {module}"
        if module in _GROWING:
            listed = "".join(f"    {name},\n" for name in names)
            return f"from {module} import (\n{listed})"
        return f"from {module} import {', '.join(names)}"


class Annotator:
    """Writes the annotations of one module."""

    def __init__(self, catalog: Catalog, module: str, imports: Imports) -> None:
        self._catalog = catalog
        self._module = module
        self.imports = imports
        self._shadowed: frozenset[str] = frozenset()
        self._open: list[str] = []
        self._as_files = False  # bytes are parts of a form, and may have names
        self._union = ""  # pointer of the union whose options are being written

    def shadow(self, names: Iterable[str]) -> None:
        """Say which names the class around the next annotations gives to its members.

        A field called `list` hides the builtin for the annotations beside it.
        """
        self._shadowed = _BUILTINS.intersection(names)

    def answer(self, type_: ir.Type) -> str:
        """Return the type of a value as a model or an answer holds it."""
        return self._annotation(type_, argument=False)

    def argument(self, type_: ir.Type) -> str:
        """Return the type of a value as a caller may pass it."""
        return self._annotation(type_, argument=True)

    def part(self, type_: ir.Type) -> str:
        """Return the type of a field of a multipart body: bytes may have a file name."""
        self._as_files = True
        try:
            return self._annotation(type_, argument=True)
        finally:
            self._as_files = False

    def options(self, union: ir.UnionType) -> tuple[str, ...]:
        """Return the types of a named union's options; where it holds itself: untyped.

        They are evaluated when the module is imported, before the union has its name.
        """
        self._union = union.pointer
        written = tuple(self.answer(option) for option in union.options)
        self._union = ""
        return written

    def builtin(self, name: str) -> str:
        """Return a builtin's name, qualified where a member hides it."""
        if name in self._shadowed:
            self.imports.add("builtins")
            return f"builtins.{name}"
        return name

    def _annotation(self, type_: ir.Type, *, argument: bool) -> str:
        named = self._catalog.name_of(self._module, type_.pointer)
        match type_:
            case ir.RefType():
                return self._reference(type_, argument)
            case ir.NullableType():
                return or_none(self._annotation(type_.inner, argument=argument))
            case ir.EnumType() if named:
                plain = self.builtin("str" if type_.base == "string" else "int")
                name = self._local(*named)
                return f"{name} | {plain}" if argument else name
            case ir.ObjectType() | ir.UnionType() if named:
                return self._local(*named)
            case ir.UnionType():
                return joined(
                    self._annotation(o, argument=argument) for o in type_.options
                )
            case ir.ArrayType():
                items = self._annotation(type_.items, argument=argument)
                return f"{self._container('list', argument)}[{items}]"
            case ir.TupleType():
                parts = [self._annotation(i, argument=argument) for i in type_.items]
                return f"{self.builtin('tuple')}[{', '.join(parts)}]"
            case ir.MapType():
                values = self._annotation(type_.values, argument=argument)
                text = self.builtin("str")
                return f"{self._container('dict', argument)}[{text}, {values}]"
            case ir.StringType():
                return self._string(type_, argument)
            case ir.NumberType():
                return self.builtin("int" if type_.integer else "float")
            case ir.DecimalType():
                return self._decimal(type_, argument)
            case ir.BooleanType():
                return self.builtin("bool")
            case ir.NullType():
                return "None"
            case _:
                self.imports.add("._model", "Json")
                return "Json"

    def _reference(self, type_: ir.RefType, argument: bool) -> str:
        named = self._catalog.name_of(self._module, type_.target)
        target = self._catalog.schemas[type_.target].type
        if named is None:
            return self._inlined(type_, target, argument)
        if self._union and self._catalog.holds(target, self._union):
            self.imports.add("._model", "Json")
            return "Json"
        inner = target.inner if isinstance(target, ir.NullableType) else target
        name = self._local(*named)
        if argument and isinstance(inner, ir.EnumType):
            name = (
                f"{name} | {self.builtin('str' if inner.base == 'string' else 'int')}"
            )
        return or_none(name) if isinstance(target, ir.NullableType) else name

    def _inlined(self, ref: ir.RefType, target: ir.Type, argument: bool) -> str:
        """Write a schema without a class of its own.

        One that holds itself is untyped, and what is behind a long row of them.
        """
        if ref.target in self._open or len(self._open) > _MOST_INLINED:
            self.imports.add("._model", "Json")
            return "Json"
        self._open.append(ref.target)
        try:
            return self._annotation(target, argument=argument)
        finally:
            self._open.pop()

    def _local(self, module: str, name: str) -> str:
        if module != self._module:
            self.imports.add(f".{MODELS}", name)
        return name

    def _container(self, name: str, argument: bool) -> str:
        if not argument:
            return self.builtin(name)
        abstract = "Sequence" if name == "list" else "Mapping"
        self.imports.add("collections.abc", abstract)
        return abstract

    def _string(self, type_: ir.StringType, argument: bool) -> str:
        text = self.builtin("str")
        alias = _FORMATS.get(type_.format)
        if alias:
            self.imports.add("._model", alias)
            return f"{alias} | {text}" if argument else alias
        if type_.format in ("byte", "binary"):
            data = self.builtin("bytes")
            if not self._as_files:
                return data
            self.imports.add("._forms", "FilePart")
            return f"FilePart | {data}"
        return text

    def _decimal(self, type_: ir.DecimalType, argument: bool) -> str:
        if argument:
            self.imports.add("decimal", "Decimal")
            return f"Decimal | {self.builtin('str')} | {self.builtin('int')}"
        if type_.wire == "number":
            self.imports.add("._money", "MoneyNumber")
            return "MoneyNumber"
        self.imports.add("decimal", "Decimal")
        return "Decimal"
