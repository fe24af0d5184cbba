"""Where the classes of a package are, as the tests name them."""

from __future__ import annotations

from ....model import ir
from ....model.inner import bare
from ....model.wire_names import is_readable
from ... import names
from ..catalog import Catalog
from ..models import enum_members, model_fields


class Places:
    """Names of the classes, members and fields that one module of a package sees."""

    def __init__(self, catalog: Catalog, module: str) -> None:
        self.catalog = catalog
        self.module = module

    def class_of(self, type_: ir.Type) -> str:
        """Return `models.FlexPlan`, empty for a type without a class."""
        named = self.catalog.name_of(self.module, type_.pointer)
        return f"{named[0]}.{named[1]}" if named else ""

    def member(self, type_: ir.EnumType, value: str | int) -> str:
        """Return the expression of an enum's documented member."""
        members = enum_members(type_.values, type_.names)
        chosen = members[type_.values.index(value)].name
        return f'Member("{self.class_of(type_)}.{chosen}")'

    def fields(self, type_: ir.ObjectType) -> tuple[tuple[str, ir.Field], ...]:
        """Return Python name and field of a model, in the order of its class."""
        fields = [
            f for f in type_.fields if not f.supplied and is_readable(f.wire_name)
        ]
        chosen = model_fields(fields, self.catalog.own)
        ordered = sorted(fields, key=lambda f: not f.required)
        return tuple((chosen[f.wire_name], f) for f in ordered)

    def target(self, type_: ir.RefType) -> ir.Type:
        """Return what a reference leads to."""
        return self.catalog.schemas[type_.target].type

    def bare(self, type_: ir.Type) -> ir.Type:
        """Return a type without references and without null."""
        return bare(type_, self.catalog.schemas)


def model(class_name: str, fields: list[tuple[str, str]]) -> str:
    """Return the expression of a model."""
    passed = "".join(f", {name}={value}" for name, value in fields)
    return f"Model({names.string(class_name)}{passed})"
