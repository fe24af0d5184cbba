"""What a caller passes: the arguments of a method and the values that the call sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...model import ir
from ...model.inner import bare
from ...model.media import Encoding, body_content, encoding_of, is_range
from .. import docs, names
from ..view import ArgumentView, PartView
from .annotations import Annotator
from .catalog import Catalog
from .models import field_names

# Called in the body of a method, with its constant: such an argument would hide it.
_CALLED = frozenset({"self", "money", "money_number", "as_file"})
_PARTS = ("path", "query", "header", "cookie", "body")


@dataclass(frozen=True, slots=True)
class Argument:
    """A value that the caller passes, and where it travels."""

    wire_name: str  # uniqueId
    part: str  # path, query, header, cookie or body; empty for a whole body
    type: ir.Type
    required: bool
    description: str
    default: Any = None
    has_default: bool = False
    example: Any = None
    pointer: str = ""


class Arguments:
    """The arguments of one operation, required ones first."""

    def __init__(
        self, operation: ir.Operation, catalog: Catalog, annotator: Annotator
    ) -> None:
        self._catalog = catalog
        self._annotator = annotator
        self._content = body_content(operation.body)
        media_type = self._content.media_type if self._content is not None else ""
        encoding = encoding_of(media_type)
        # A part of a form has a name and a media type; of a range the file says which.
        self.takes_files = encoding is Encoding.MULTIPART or (
            encoding is Encoding.BYTES and is_range(media_type)
        )
        self.found = self._collect(operation)
        self._names = self._chosen(catalog.constants[operation.pointer])
        self.views = tuple(
            self._view(argument)
            for argument in sorted(self.found, key=lambda a: not a.required)
        )

    def _collect(self, operation: ir.Operation) -> list[Argument]:
        found = [
            Argument(
                p.wire_name,
                p.location,
                p.type,
                p.required,
                p.description,
                p.default,
                p.has_default,
                p.example,
                p.pointer,
            )
            for p in operation.parameters
        ]
        if self._content is None or operation.body is None:
            return found
        fields = self._body_fields(self._content)
        if fields is None:
            signed = any(requirement.signer for requirement in operation.security)
            free = isinstance(self._resolved(self._content.type), ir.MapType)
            required = operation.body.required and not (signed and free)
            text = operation.body.description
            type_ = self._sent_as(self._content)
            return [*found, Argument("body", "", type_, required, text)]
        return found + [
            Argument(
                f.wire_name,
                "body",
                f.type,
                f.required,
                f.description,
                f.default,
                f.has_default,
                f.example,
                f.pointer,
            )
            for f in fields
            if not f.supplied and not f.read_only
        ]

    def _sent_as(self, content: ir.Content) -> ir.Type:
        """Return the type of a whole body; a schema doesn't say how XML is written."""
        encoding = encoding_of(content.media_type)
        known = self._resolved(content.type)
        if encoding is Encoding.BYTES:
            return ir.StringType(content.type.pointer, "binary")
        if encoding is Encoding.TEXT and not isinstance(known, ir.EnumType):
            return ir.StringType(content.type.pointer)
        return content.type

    def _body_fields(self, content: ir.Content) -> tuple[ir.Field, ...] | None:
        """Return the fields that become arguments, None if the body is one argument."""
        known = self._resolved(content.type)
        if encoding_of(content.media_type) in (Encoding.TEXT, Encoding.BYTES):
            return None
        return known.fields if isinstance(known, ir.ObjectType) else None

    def _resolved(self, type_: ir.Type) -> ir.Type:
        return bare(type_, self._catalog.schemas)

    def _chosen(self, constant: str) -> dict[tuple[str, str], str]:
        """Return the names; of two equal ones both say where they travel."""
        keys = [(a.part, a.wire_name) for a in self.found]
        called = _CALLED | {constant}
        own = self._catalog.own
        given = {(a.part, a.wire_name): own.of(a.pointer) for a in self.found}
        plain = {
            key: field_names([key[1]], _CALLED, {key[1]: given[key]})[key[1]]
            for key in keys
        }
        chosen = names.assign(
            {
                key: [
                    plain[key],
                    f"{plain[key]}_{key[0] or 'whole'}",
                    _exact(key[1], called),
                ]
                for key in keys
            }
        )
        for argument in self.found:
            own.check(argument.pointer, chosen[argument.part, argument.wire_name])
        return chosen

    def name_of(self, argument: Argument) -> str:
        """Return what an argument is called."""
        return self._names[argument.part, argument.wire_name]

    def _view(self, argument: Argument) -> ArgumentView:
        is_part = argument.part in ("body", "") and self.takes_files
        annotate = self._annotator.part if is_part else self._annotator.argument
        annotation = annotate(argument.type)
        default = ""
        if not argument.required:
            self._annotator.imports.add("._operation", "UNSET", "Unset")
            annotation, default = f"{annotation} | Unset", " = UNSET"
        return ArgumentView(
            self._names[argument.part, argument.wire_name],
            argument.wire_name,
            annotation,
            default,
            _described(argument),
        )

    def parts(self) -> tuple[PartView, ...]:
        """Return what the call sends, by where it travels."""
        by_part: Mapping[str, list[Argument]] = {
            part: [a for a in self.found if a.part == part] for part in _PARTS
        }
        views = [
            PartView(part, self._mapping(own))
            for part, own in by_part.items()
            # A body without arguments is sent all the same: the signer fills it.
            if own or (part == "body" and self._content is not None)
        ]
        whole = next((a for a in self.found if not a.part), None)
        if whole is not None:
            views = [view for view in views if view.name != "body"]
            views.append(PartView("body", self._value(whole)))
        return tuple(views)

    def _mapping(self, own: Sequence[Argument]) -> str:
        pairs = (f"{names.string(a.wire_name)}: {self._value(a)}" for a in own)
        return "{" + ", ".join(pairs) + "}"

    def _value(self, argument: Argument) -> str:
        """Return the expression that hands an argument over, and checks some of them."""
        name = self._names[argument.part, argument.wire_name]
        in_form = argument.part == "body" and self.takes_files
        if in_form and self._is_file(argument.type):
            self._annotator.imports.add("._forms", "as_file")
            return f"as_file({name})"
        wire = self._money_wire(argument.type)
        if not wire:
            return name
        function = "money" if wire == "string" else "money_number"
        self._annotator.imports.add("._money", function)
        return f"{function}({name})"

    def _is_file(self, type_: ir.Type) -> bool:
        """Tell whether a field of a form is a file, or several."""
        passed: set[str] = set()  # a list may hold itself
        known = self._resolved(type_)
        while isinstance(known, ir.ArrayType) and known.pointer not in passed:
            passed.add(known.pointer)
            known = self._resolved(known.items)
        return isinstance(known, ir.StringType) and known.format in ("byte", "binary")

    def _money_wire(self, type_: ir.Type) -> str:
        """Return how an amount travels that lists and maps may hold, "" for no amount."""
        passed: set[str] = set()  # a list may hold itself
        known = self._resolved(type_)
        while known.pointer not in passed:
            passed.add(known.pointer)
            match known:
                case ir.DecimalType():
                    return known.wire
                case ir.ArrayType(items=inner) | ir.MapType(values=inner):
                    known = self._resolved(inner)
                case _:
                    pass
        return ""


def _exact(wire_name: str, called: frozenset[str]) -> str:
    """Return a name as the document spells it; what a class makes private is none."""
    exact = names.keyword_safe(names.exact(wire_name))
    return "" if exact[:1] == "_" else f"{exact}_" if exact in called else exact


def _described(argument: Argument) -> str:
    text = docs.plain(argument.description)
    stated = argument.has_default and argument.default is not None
    if not stated or "default" in text.lower():
        return text
    default = f"Default: {names.literal(argument.default)}."
    return f"{text.rstrip('.')}. {default}" if text else default
