# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The bytes of an answer to values: strictly, in C; and leniently where that fails.

The lenient way builds the model all the same. A value that does not fit its type is
kept as it came, and each such place is given back as a `Mismatch`. PHP writes an empty
object as [], which is therefore the empty model or map.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain
from operator import attrgetter
from types import UnionType as TypesUnion
from typing import Annotated, Any, Union, cast, get_args, get_origin

from msgspec import NODEFAULT, DecodeError, Raw, Struct, json

from ._model import wire_names
from ._money import are_sane
from ._union import UnionType, choose, decode_hook, json_kind, nearest

__all__ = ["Mismatch", "NotJsonError", "decode", "parse"]

_MODULE = re.compile(r"[A-Za-z_][\w.]*\.")

_BROKEN = (DecodeError, UnicodeDecodeError, RecursionError, ValueError, TypeError)


class NotJsonError(Exception):
    """The bytes are no complete JSON document."""


class Mismatch(Struct, frozen=True, kw_only=True):
    """A place of an answer that does not fit its documented type; never the value."""

    operation: str  # get_flex_plans
    field: str  # data[].maxInvestment, fees.*.minimum in a map
    expected: str  # Decimal
    received: str  # boolean; "nothing" where a required field is missing


Note = Callable[[str, str, str], None]


def decode(body: bytes, kind: Any, note: Note) -> Any:
    """Decode an answer; `note(field, expected, received)` is told what doesn't fit.

    A value of another JSON kind than expected comes back as it is, noted as field "".

    Raises:
        NotJsonError: the body is no complete JSON document
    """
    body = body.removeprefix(b"\xef\xbb\xbf")
    try:
        value = _decoder(kind).decode(body)
        if not _holds_money(kind) or _all_sane(value):
            return value
    except _BROKEN:
        pass
    parse(body)
    return _build(body, kind, "", note)


def parse(body: bytes) -> Any:
    """Parse JSON without a type; fractions become `Decimal` and keep their digits.

    Raises:
        NotJsonError: the body is no complete JSON document
    """
    try:
        return _decoder(Any).decode(body.removeprefix(b"\xef\xbb\xbf"))
    except _BROKEN:
        return _parse_slowly(body)


def _parse_slowly(body: bytes) -> Any:
    """Parse what is JSON by the grammar and too odd for msgspec.

    Half surrogates ("\\ud800") and integers beyond 4,300 digits.
    """
    from json import loads

    def refuse(word: str) -> Any:
        raise ValueError(word)

    def integer(digits: str) -> int | Decimal:
        return int(digits) if len(digits) < 4000 else Decimal(digits)

    try:
        return loads(
            body.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=integer,
            parse_constant=refuse,
        )
    except (ValueError, RecursionError) as error:
        raise NotJsonError(type(error).__name__) from None


@lru_cache(maxsize=4096)
def _decoder(kind: Any) -> json.Decoder[Any]:
    return json.Decoder(kind, dec_hook=decode_hook, float_hook=Decimal)


@cache
def _holds_money(kind: Any) -> bool:
    """True for a type that has a `Decimal` somewhere."""
    seen: set[Any] = set()  # types refer to themselves
    todo: list[Any] = [kind]
    while todo:
        one = todo.pop()
        if one is Decimal:
            return True
        if one in seen:
            continue
        seen.add(one)
        if isinstance(one, UnionType):
            todo.extend(one.options)
        elif isinstance(one, type) and issubclass(one, Struct):
            todo.extend(info.type for info in wire_names(one).values())
        else:
            todo.extend(get_args(one))
    return False


@cache
def _money_fields(
    kind: type[Struct],
) -> tuple[Callable[[Any], tuple[Any, ...]] | None, tuple[str, ...]]:
    """Give what takes the amounts out of a model, and the fields that hold more."""
    direct: list[str] = []
    nested: list[str] = []
    for info in wire_names(kind).values():
        if info.type is Decimal or info.type == Decimal | None:
            direct.append(info.name)
        elif _holds_money(info.type):
            nested.append(info.name)
    if len(direct) == 1:
        direct *= 2  # with one name it would give the value itself
    return attrgetter(*direct) if direct else None, tuple(nested)


def _all_sane(value: object) -> bool:
    """True unless a field for money holds NaN, infinity or absurdly many digits."""
    found: list[Any] = []
    _gather(value, found)
    return are_sane(found)


def _gather(value: object, found: list[object]) -> None:
    """Put all amounts into one list, where they are looked at in C."""
    if isinstance(value, Struct):
        take, nested = _money_fields(type(value))
        if take is not None:
            found.extend(take(value))
        for name in nested:
            _gather(getattr(value, name), found)
    elif isinstance(value, (list, tuple)):
        items = cast("list[object]", value)
        kinds = set(map(type, items))
        kind = kinds.pop() if len(kinds) == 1 else object
        if issubclass(kind, Struct):
            take, nested = _money_fields(kind)
            if take is not None and not nested:
                found.extend(chain.from_iterable(map(take, items)))
                return
        for one in items:
            _gather(one, found)
    elif isinstance(value, dict):
        for one in cast("dict[str, object]", value).values():
            _gather(one, found)
    else:
        found.append(value)


def _build(raw: bytes, kind: Any, place: str, note: Note) -> Any:
    """Decode as much as fits, from the outside to the inside."""
    try:
        value = _decoder(kind).decode(raw)
        if not _holds_money(kind) or _all_sane(value):
            return value
    except _BROKEN:
        pass
    came = parse(raw)
    origin = get_origin(kind)
    if origin is Annotated:
        return _build(raw, get_args(kind)[0], place, note)
    if isinstance(kind, UnionType):
        option = choose(kind, came) or (choose(kind, {}) if came == [] else None)
        return _build_option(raw, option, kind, place, note)
    if origin is Union or origin is TypesUnion:
        options = get_args(kind)
        option = nearest(options, came) or (
            nearest(options, {}) if came == [] else None
        )
        return _build_option(raw, option, kind, place, note)
    if isinstance(kind, type) and issubclass(kind, Struct):
        if came == []:
            return _model(kind, {}, place, note)
        if isinstance(came, dict):
            return _model(kind, _members(raw), place, note)
    elif origin is dict:
        if came == []:
            return {}
        if isinstance(came, dict):
            inner = get_args(kind)[1]
            pairs = _members(raw).items()
            return {
                name: _build(one, inner, f"{place}.*".lstrip("."), note)
                for name, one in pairs
            }
    elif origin is list and isinstance(came, list):
        inner = get_args(kind)[0]
        parts = json.decode(raw, type=list[Raw])
        return [_build(bytes(one), inner, f"{place}[]", note) for one in parts]
    if kind is Any:
        return came
    note(place, _name(kind), json_kind(came))
    if isinstance(came, Decimal):
        return raw.decode().strip()  # NaN by another name, or a number too long
    return came


def _build_option(raw: bytes, option: Any, kind: Any, place: str, note: Note) -> Any:
    if option is not None and option is not type(None):
        return _build(raw, option, place, note)
    came = parse(raw)
    note(place, _name(kind), json_kind(came))
    return came


def _members(raw: bytes) -> dict[str, bytes]:
    try:
        return {k: bytes(v) for k, v in json.decode(raw, type=dict[str, Raw]).items()}
    except _BROKEN:  # a key that msgspec can't read
        from json import dumps

        return {
            name: dumps(one, default=str).encode() for name, one in parse(raw).items()
        }


def _model(
    kind: type[Struct], members: dict[str, bytes], place: str, note: Note
) -> Any:
    values: dict[str, Any] = {}
    for wire_name, info in wire_names(kind).items():
        here = f"{place}.{wire_name}".lstrip(".")
        if wire_name in members:
            values[info.name] = _build(members[wire_name], info.type, here, note)
        elif info.default is NODEFAULT and info.default_factory is NODEFAULT:
            note(here, _name(info.type), "nothing")
            values[info.name] = None
    return kind(**values)


def _name(kind: Any) -> str:
    if isinstance(kind, type) and get_origin(kind) is None:
        return kind.__name__
    return _MODULE.sub("", str(kind))
