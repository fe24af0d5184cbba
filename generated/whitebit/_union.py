# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Unions that msgspec can't decode: several objects, or a number beside a text.

A generated module writes

    if TYPE_CHECKING:
        Estimate = NetworkFee | TickerFee
    else:
        Estimate = union("Estimate", NetworkFee, TickerFee)

so type checkers see a plain union, and the decoder a type that picks the option.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from types import UnionType as TypesUnion
from typing import Any, Literal, Union, cast, get_args, get_origin

from msgspec import Struct, ValidationError, convert

from ._model import wire_names

__all__ = ["UnionType", "choose", "decode_hook", "json_kind", "nearest", "union"]


class UnionType(type):
    """Type of a union: `isinstance` is true for values of each option."""

    options: tuple[Any, ...]
    discriminator: str
    mapping: Mapping[str, Any]

    def __instancecheck__(cls, value: object) -> bool:
        return any(_is_a(value, option) for option in cls.options)


def union(
    name: str,
    *options: Any,
    discriminator: str = "",
    mapping: Mapping[str, Any] | None = None,
) -> Any:
    """Make a union type.

    Args:
        name: What the type is called.
        options: Types that msgspec decodes, or unions; among equals the first wins.
        discriminator: Wire name of the field that tells the options apart.
        mapping: Option for each value of that field.
    """
    space = {
        "options": options,
        "discriminator": discriminator,
        "mapping": dict(mapping or {}),
    }
    return UnionType(name, (), space)


def decode_hook(kind: type, value: Any) -> Any:
    """Decode a union for msgspec: the option that fits strictly and explains most.

    Raises:
        ValidationError: no option fits
    """
    if not isinstance(kind, UnionType):
        raise ValidationError(f"no decoder for {kind.__name__}")
    named = _named(kind, value)
    best: Any = None
    best_score = (-1, False)
    for option in kind.options if named is None else (named,):
        try:
            fitted = convert(value, option, dec_hook=decode_hook)
        except ValidationError:
            continue
        # A whole number stays whole, and keeps all its digits.
        score = _score(fitted, value), type(fitted) is type(value) is int
        if score > best_score:
            best, best_score = fitted, score
    if best_score[0] < 0 or (named is None and _knows_nothing(best, kind, value)):
        raise ValidationError(f"Expected one of the options of `{kind.__name__}`")
    return best


def choose(kind: UnionType, value: Any) -> Any:
    """Give the option that a value comes nearest to, None if it resembles none."""
    named = _named(kind, value)
    if named is not None:
        return named
    return nearest(kind.options, value)


def nearest(options: Iterable[Any], value: Any) -> Any:
    """Give the option of the value's JSON kind that knows most of its keys."""
    alike = [one for one in options if json_kind(value) in _kinds(one)]
    if not isinstance(value, dict):
        return alike[0] if alike else None
    keys = cast("dict[str, Any]", value).keys()

    def known(option: Any) -> int:
        # A map has a place for every key, and loses to a model that knows one of them.
        return 2 * len(_names(option) & keys) + int(get_origin(option) is dict)

    return max(alike, key=known, default=None)


def json_kind(value: object) -> str:
    """Name the JSON kind of a parsed value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float, Decimal)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "object" if isinstance(value, dict) else "array"


def _named(kind: UnionType, value: Any) -> Any:
    if not kind.discriminator or not isinstance(value, dict):
        return None
    tag = cast("dict[str, Any]", value).get(kind.discriminator)
    return kind.mapping.get(tag) if isinstance(tag, str) else None


def _knows_nothing(best: object, kind: UnionType, value: Any) -> bool:
    """True for a model without a single key of an object, where another has some."""
    if not isinstance(best, Struct) or not isinstance(value, dict):
        return False
    keys = cast("dict[str, Any]", value).keys()
    if not keys or _names(type(best)) & keys:
        return False
    # A map was meant, and something in it does not fit.
    has_map = any(get_origin(option) is dict for option in kind.options)
    return has_map or bool(_names(kind) & keys)


def _score(fitted: object, value: object) -> int:
    """Count the keys of the answer that a decoded value has a place for.

    A scalar that is more than a mere text (a number, a date, a documented member of an
    enum) scores one, so that it is preferred to `str`.
    """
    if isinstance(fitted, Struct) and isinstance(value, dict):
        keys = cast("dict[str, object]", value)
        known = [
            1 + _score(getattr(fitted, info.name), keys[name])
            for name, info in wire_names(type(fitted)).items()
            if name in keys
        ]
        return sum(known) + int(bool(known) or not keys)
    if isinstance(fitted, dict) and isinstance(value, dict):
        # Its keys are data: what counts is what stands behind them.
        inside = cast("dict[str, object]", fitted)
        parts = cast("dict[str, object]", value)
        return int(bool(parts)) + sum(_score(inside[k], parts[k]) for k in inside)
    if isinstance(fitted, list) and isinstance(value, list):
        both = zip(
            cast("list[object]", fitted), cast("list[object]", value), strict=False
        )
        return sum(_score(one, inner) for one, inner in both)
    if isinstance(fitted, Enum):
        return int(fitted.name in type(fitted).__members__)
    return int(not isinstance(fitted, (str, dict, list)))


def _names(option: Any) -> frozenset[str]:
    if isinstance(option, type) and issubclass(option, Struct):
        return frozenset(wire_names(option))
    return frozenset[str]().union(*map(_names, _options(option)))


def _options(option: Any) -> tuple[Any, ...]:
    """Give what a union is made of, or the one type that is annotated."""
    if isinstance(option, UnionType):
        return option.options
    if hasattr(option, "__metadata__"):
        return get_args(option)[:1]
    return get_args(option) if get_origin(option) in (Union, TypesUnion) else ()


_EVERY = frozenset({"null", "boolean", "number", "string", "object", "array"})


def _kinds(option: Any) -> frozenset[str]:
    """Give the JSON kinds that a type can be written as."""
    if option is Any or option is object:
        return _EVERY
    if option is None or option is type(None):
        return frozenset({"null"})
    if options := _options(option):
        return frozenset[str]().union(*map(_kinds, options))
    origin = get_origin(option)
    if origin is Literal:
        return frozenset(json_kind(one) for one in get_args(option))
    return _kinds_of_class(origin or option)


def _kinds_of_class(kind: type) -> frozenset[str]:
    if issubclass(kind, bool):
        return frozenset({"boolean"})
    if issubclass(kind, Decimal):
        return frozenset({"number", "string"})
    if issubclass(kind, (int, float)):
        return frozenset({"number"})
    if issubclass(kind, (Struct, Mapping)):
        return frozenset({"object"})
    if issubclass(kind, (list, tuple, set, frozenset)):
        return frozenset({"array"})
    return frozenset({"string"})


def _is_a(value: object, option: Any) -> bool:
    if option is Any or option is object:
        return True
    if option is None:
        return value is None
    if options := _options(option):
        return any(_is_a(value, one) for one in options)
    origin = get_origin(option)
    if origin is Literal:
        return value in get_args(option)
    return isinstance(value, origin or option)
