"""The types of the intermediate model: one dataclass a kind, joined in `Type`.

Everybody reads them as part of `ir`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class AnyType:
    """A value of which the document says nothing."""

    pointer: str  # #/components/schemas/Meta


@dataclass(frozen=True, slots=True)
class NullType:
    """The value `null` and nothing else."""

    pointer: str


@dataclass(frozen=True, slots=True)
class BooleanType:
    """True or false."""

    pointer: str


@dataclass(frozen=True, slots=True)
class StringType:
    """Text, with the format that says what kind of text."""

    pointer: str
    format: str = ""  # date-time
    min_length: int | None = None  # 1
    max_length: int | None = None  # 255
    pattern: str = ""  # ^[A-Z]+$


@dataclass(frozen=True, slots=True)
class NumberType:
    """A JSON number, whole or not."""

    pointer: str
    integer: bool  # True
    format: str = ""  # int64
    minimum: float | None = None  # 1
    maximum: float | None = None  # 100


@dataclass(frozen=True, slots=True)
class DecimalType:
    """An exact decimal (money), sent as text or as a JSON number."""

    pointer: str
    wire: Literal["string", "number"]  # string


@dataclass(frozen=True, slots=True)
class EnumType:
    """One of some values, all text or all whole numbers."""

    pointer: str
    base: Literal["string", "integer"]  # string
    values: tuple[str | int, ...]  # ("5m", "1h", "24h")
    names: tuple[str, ...] = ()  # ("ACTIVE", "CLOSED"), where x-enum-varnames says so
    description: str = ""  # Width of a bucket.


@dataclass(frozen=True, slots=True)
class ArrayType:
    """A list of one type."""

    pointer: str
    items: Type
    min_items: int | None = None  # 1
    max_items: int | None = None  # 20


@dataclass(frozen=True, slots=True)
class TupleType:
    """A list whose places have types of their own, `[price, amount]` for instance."""

    pointer: str
    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class MapType:
    """An object whose keys are data: `{"BTC": {...}}`."""

    pointer: str
    values: Type


@dataclass(frozen=True, slots=True)
class ObjectType:
    """An object with named fields."""

    pointer: str
    fields: tuple[Field, ...]
    extra: Type | None = None  # the type of fields that are not named
    description: str = ""  # Conditions of a plan.
    title: str = ""  # Flex plan


@dataclass(frozen=True, slots=True)
class UnionType:
    """One of several types; `discriminator` is the field that tells which."""

    pointer: str
    options: tuple[Type, ...]
    discriminator: str = ""  # kind
    mapping: tuple[tuple[str, str], ...] = ()  # (("limit", "#/components/schemas/A"),)
    description: str = ""


@dataclass(frozen=True, slots=True)
class NullableType:
    """A type, or `null`."""

    pointer: str
    inner: Type


@dataclass(frozen=True, slots=True)
class RefType:
    """A schema that has a name of its own; `target` is its key in `Api.schemas`."""

    pointer: str
    target: str  # #/components/schemas/FlexPlan


Type = (
    AnyType
    | NullType
    | BooleanType
    | StringType
    | NumberType
    | DecimalType
    | EnumType
    | ArrayType
    | TupleType
    | MapType
    | ObjectType
    | UnionType
    | NullableType
    | RefType
)


@dataclass(frozen=True, slots=True)
class Field:
    """A named field of an object."""

    pointer: str  # #/components/schemas/FlexPlan/properties/minInvestment
    wire_name: str  # minInvestment
    type: Type
    required: bool
    description: str = ""  # Smallest amount that can be invested.
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    supplied: bool = False  # the signer fills it: `request`, `nonce`
    default: Any = None  # 100
    has_default: bool = False  # a default of null is a default too
    example: Any = None  # "10.0"


@dataclass(frozen=True, slots=True)
class NamedSchema:
    """A schema that other places refer to."""

    pointer: str  # #/components/schemas/FlexPlan
    wire_name: str  # FlexPlan
    type: Type
    description: str = ""
