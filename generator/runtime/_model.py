# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Base classes of the generated types: models and open enums."""

from __future__ import annotations

import datetime
import uuid
from enum import IntEnum, StrEnum
from functools import cache
from typing import Any, Self, TypeAlias, cast, dataclass_transform

from msgspec import Struct, field, structs

__all__ = [
    "Date",
    "DateTime",
    "Json",
    "Model",
    "OpenIntEnum",
    "OpenStrEnum",
    "Uuid",
    "attribute",
    "field",
    "wire_names",
]

Json: TypeAlias = Any
"""A JSON value of which the document says nothing: parsed, fractions as `Decimal`."""

# Under names that no field can hide: a field is often called `date` or `uuid`.
Date: TypeAlias = datetime.date
DateTime: TypeAlias = datetime.datetime
Uuid: TypeAlias = uuid.UUID


@dataclass_transform(
    kw_only_default=True, frozen_default=True, field_specifiers=(field,)
)
class Model(Struct, frozen=True, kw_only=True):
    """An object of the exchange, with Python names; unknown keys are left out.

    Fields that the exchange did not send are None. A field that came with another
    type than documented holds the value as it came: see `Options.on_mismatch`.
    """


class OpenStrEnum(StrEnum):
    """Strings of the exchange, the documented ones as members.

    A value that is not documented (yet) becomes a member on the fly: it equals its
    string, and `value in type(value).__members__.values()` is false for it.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member


class OpenIntEnum(IntEnum):
    """Numbers of the exchange; open in the same way as `OpenStrEnum`."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        member = int.__new__(cls, value)
        member._name_ = f"V{value}"
        member._value_ = value
        return member


@cache
def wire_names(model: type[Struct]) -> dict[str, structs.FieldInfo]:
    """Give the fields of a model by their wire names."""
    return {info.encode_name: info for info in structs.fields(model)}


def attribute(value: object, wire_name: str) -> Any:
    """Give a field of a decoded object by its wire name, None where there is none."""
    if isinstance(value, Struct):
        info = wire_names(type(value)).get(wire_name)
        return None if info is None else getattr(value, info.name)
    if isinstance(value, dict):
        return cast("dict[str, object]", value).get(wire_name)
    return None
