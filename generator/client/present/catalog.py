"""Where each type that has a class of its own lives, and what it is called.

A type lives where the document puts it: under `components` in `models`, inside an
operation in the module of its tag. Its name is made of its own words: the operation or
schema that holds it, then the fields on the way (`CreateWithdrawBeneficiaryBank`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...model import ir
from ...model.inner import inner_types
from .. import names
from .own_names import OwnNames

MODELS = "models"

# What generated modules import or define besides the document's own types.
RESERVED = frozenset(
    {
        *("Any", "Decimal", "Iterator", "AsyncIterator", "Sequence", "Mapping"),
        *("Model", "StrEnum", "OpenStrEnum", "OpenIntEnum", "TYPE_CHECKING"),
        *("Operation", "Resource", "AsyncResource", "Pages", "Code", "Case"),
        *("Unset", "UNSET", "Json", "Date", "DateTime", "Uuid", "MoneyNumber"),
        *("FilePart", "ItemStream", "AsyncItemStream", "Deprecated"),
        *("None", "True", "False"),
        # A type checker takes these for values until the class is there.
        *("NotImplemented", "Ellipsis"),
        # In tests.
        *("MADE_UP", "UUID"),
    }
)


@dataclass(slots=True)
class Entry:
    """A type that needs a class (or a union that needs a name)."""

    module: str  # crypto_lending_flex
    type: ir.Type
    candidates: tuple[str, ...]
    description: str
    name: str = ""


@dataclass(slots=True)
class Catalog:
    """All types that have a name, by module and pointer."""

    schemas: Mapping[str, ir.NamedSchema]
    own: OwnNames
    constants: Mapping[str, str]  # of operations, by pointer: CREATE_CODE
    reasons: Mapping[str, str]  # their enums of reasons: CreateCodeReason
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def name_of(self, module: str, pointer: str) -> tuple[str, str] | None:
        """Return the module and name of a type seen from a module, or None."""
        for home in (MODELS, module):
            entry = self.entries.get((home, pointer))
            if entry is not None:
                return home, entry.name
        return None

    def holds(self, type_: ir.Type, union: str) -> bool:
        """Tell whether a type's annotation, written out, comes to a union again."""
        seen: set[str] = set()
        pending = [type_]
        while pending:
            found = pending.pop()
            if isinstance(found, ir.UnionType) and found.pointer == union:
                return True
            if isinstance(found, ir.RefType) and found.target not in seen:
                seen.add(found.target)
                pending.append(self.schemas[found.target].type)
            if not isinstance(found, ir.ObjectType):  # a class is read later
                pending += inner_types(found)
        return False

    def of_module(self, module: str) -> Iterator[Entry]:
        """Yield the types of one module, sorted by name."""
        found = [entry for (home, _), entry in self.entries.items() if home == module]
        yield from sorted(found, key=lambda entry: entry.name)

    def add_schemas(self, used: frozenset[str]) -> None:
        """Enter the schemas in use that are an object, an enum or a union."""
        for pointer, schema in self.schemas.items():
            if pointer in used:
                self.add(
                    MODELS, schema.type, (schema.wire_name,), schema.description, True
                )

    def add(
        self,
        module: str,
        type_: ir.Type,
        path: Sequence[str],
        description: str = "",
        is_schema: bool = False,
    ) -> None:
        """Enter a type and those inside it; `path` holds the words of its name."""
        match type_:
            case ir.NullableType():
                self.add(module, type_.inner, path, description, is_schema)
            case ir.ArrayType():
                self.add(module, type_.items, (*path, "item"))
            case ir.MapType():
                self.add(module, type_.values, (*path, "value"))
            case ir.TupleType():
                for number, part in enumerate(type_.items, 1):
                    self.add(module, part, (*path, f"place{number}"))
            case ir.EnumType():
                self._enter(module, type_, path, type_.description or description)
            case ir.ObjectType():
                if self._enter(module, type_, path, type_.description or description):
                    for f in type_.fields:
                        self.add(module, f.type, (*path, f.wire_name), f.description)
                    if type_.extra is not None:
                        self.add(module, type_.extra, (*path, "extra"))
            case ir.UnionType():
                # A union that the decoder serves as it is needs no name, but a schema's
                # name is one that the document gave.
                if needs_name(type_, self.schemas) or is_schema:
                    self._enter(module, type_, path, type_.description or description)
                for option in type_.options:
                    words = _option_words(option, type_.options)
                    self.add(module, option, (*path, *words))
            case _:
                pass

    def _enter(
        self, module: str, type_: ir.Type, path: Sequence[str], description: str
    ) -> bool:
        key = (MODELS if _is_component(type_.pointer) else module, type_.pointer)
        if key in self.entries:
            return False
        joined = " ".join(path)
        # A class begins with a capital: a field may be called like the schema.
        exact = names.keyword_safe(names.exact(joined))
        exact = exact if exact[:1].isupper() else ""
        given = self.own.of(type_.pointer, is_class=True)
        candidates = (given,) if given else (names.camel(joined), exact)
        self.entries[key] = Entry(
            key[0], type_, candidates, description or _described(path)
        )
        return True

    def settle(self, made: frozenset[str]) -> None:
        """Give every entry its name: schemas first, then each module around them.

        `made` are the names of what modules define besides types.
        """
        modules = sorted({home for home, _ in self.entries} - {MODELS})
        taken = self._settle(MODELS, RESERVED | made)
        for module in modules:
            self._settle(module, RESERVED | made | taken)

    def _settle(self, module: str, taken: frozenset[str]) -> frozenset[str]:
        own = {k: entry for k, entry in self.entries.items() if k[0] == module}
        candidates = {
            key: [n if n not in taken else f"{n}_" for n in entry.candidates if n]
            for key, entry in own.items()
        }
        for key, name in names.assign(candidates).items():
            self.entries[key].name = name
            self.own.check(key[1], name, is_class=True)
        return frozenset(entry.name for entry in own.values())


def constant_names(methods: Mapping[str, str]) -> dict[str, str]:
    """Return the names of the constants of operations, by pointer."""
    upper = {pointer: names.upper(method) for pointer, method in methods.items()}
    return names.assign(
        {p: [f"{name}_" if name in RESERVED else name] for p, name in upper.items()}
    )


def _described(path: Sequence[str]) -> str:
    """Return what a type is, in the words of its place, where the document has none."""
    if len(path) == 1:
        return f"`{path[0]}` of the document."
    if path[-1] == "response":
        return f"Answer of `{path[0]}`."
    if len(path) > 2 and path[-2] == "with":
        return f"`{names.camel(' '.join(path[:-2]))}` that has `{path[-1]}`."
    # Between the name of a method or schema and the last word stand only classes.
    holder = path[0] if len(path) == 2 else names.camel(" ".join(path[:-1]))
    match path[-1]:
        case "item" | "value" as one:
            whole = "the answer" if path[-2] == "response" else f"`{path[-2]}`"
            return f"One {one} of {whole}."
        case "body":
            return f"Body of `{holder}`."
        case "option":
            return f"One kind of `{path[-2]}`."
        case name:
            return f"`{name}` of `{holder}`."


def _is_component(pointer: str) -> bool:
    """Tell whether a place belongs to no operation."""
    return "#/components/" in pointer or not pointer.startswith("#")


def needs_name(union: ir.UnionType, schemas: Mapping[str, ir.NamedSchema]) -> bool:
    """Tell whether the decoder needs help to tell the options of a union apart.

    It serves at most one option of each kind of JSON value, and text that is only text.
    """
    kinds: list[str] = []
    for option in union.options:
        kind = json_kind(option, schemas)
        if (kind in ("", "object", "array") and kind in kinds) or kind in ("", "union"):
            return True
        kinds.append(kind)
    texts = [kind for kind in kinds if kind.startswith("text")]
    numbers = [kind for kind in kinds if kind.startswith("number")]
    return (
        len(texts) > 1
        or len(set(numbers)) != len(numbers)
        or "number-decimal" in numbers
    )


def json_kind(type_: ir.Type, schemas: Mapping[str, ir.NamedSchema]) -> str:
    """Return the kind of JSON value that a type is, empty if it is none of its own."""
    match type_:
        case ir.RefType():
            return json_kind(schemas[type_.target].type, schemas)
        case ir.ObjectType() | ir.MapType():
            return "object"
        case ir.ArrayType() | ir.TupleType():
            return "array"
        case ir.BooleanType():
            return "boolean"
        case ir.NumberType():
            return "number-whole" if type_.integer else "number"
        case ir.StringType():
            return "text" if not type_.format else f"text-{type_.format}"
        case ir.EnumType():
            return "text-enum" if type_.base == "string" else "number-enum"
        case ir.DecimalType():
            return "text-decimal" if type_.wire == "string" else "number-decimal"
        case ir.UnionType():
            return "union"
        case _:
            return ""


def _option_words(option: ir.Type, options: Sequence[ir.Type]) -> tuple[str, ...]:
    """Return what tells an option from the others: its title, or a field of its own.

    Of several fields a required one, then the first of the alphabet: neither the order of
    the keys nor a new optional field should rename a class.
    """
    if not isinstance(option, ir.ObjectType):
        return ("option",)
    if option.title:
        return (option.title,)
    others = {
        f.wire_name
        for other in options
        if isinstance(other, ir.ObjectType) and other is not option
        for f in other.fields
    }
    own = sorted(
        (not f.required, f.wire_name)
        for f in option.fields
        if f.wire_name not in others
    )
    return ("with", own[0][1]) if own else ("option",)
