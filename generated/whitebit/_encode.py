# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Arguments to plain data, and that to JSON.

JSON comes out exactly as `json.dumps(value, separators=(",", ":"))` would write it:
compact, non-ASCII as lower-case \\uXXXX. Money goes out as text with all its digits.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from math import isfinite
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin
from uuid import UUID

from msgspec import Raw, Struct, json

from ._model import wire_names
from ._money import MoneyNumber, money_number, money_text
from ._operation import Unset
from .errors import ConfigurationError

__all__ = ["encode_json", "plain"]

_DEEPEST = 100
_NOT_ASCII = re.compile("[^\\x00-\\x7e]")


def encode_json(value: Any) -> bytes:
    """Encode plain data, see `plain`."""
    try:
        encoded = json.encode(value)
    except ValueError:
        raise ConfigurationError("a whole number has too many digits") from None
    if encoded.isascii() and b"\x7f" not in encoded:
        return encoded
    return _NOT_ASCII.sub(_escaped, encoded.decode()).encode()


def plain(value: Any, name: str = "", depth: int = 0) -> Any:
    """Turn an argument into data that JSON knows, without fields that are UNSET.

    Raises:
        ConfigurationError: something that has no wire form; `name` says where
    """
    kind = cast("type[object]", type(value))
    if kind is str:
        return _text(value, name)
    if kind is int or kind is bool or value is None or kind is Raw:
        return value
    if depth > _DEEPEST:
        raise ConfigurationError(f"{name} is nested too deep, or holds itself")
    if isinstance(value, dict):
        fields = cast("dict[object, object]", value).items()
        return {
            _key(key): plain(one, f"{name}.{key}" if name else str(key), depth + 1)
            for key, one in fields
            if not isinstance(one, Unset)
        }
    if isinstance(value, (list, tuple, set, frozenset)):
        items = cast("list[object]", value)
        return [
            plain(one, f"{name}[{index}]", depth + 1)
            for index, one in enumerate(items)
            if not isinstance(one, Unset)
        ]
    if isinstance(value, Struct):
        return _fields(value, name, depth)
    return _scalar(value, name)


def _scalar(value: Any, name: str) -> Any:
    if isinstance(value, Unset):
        raise ConfigurationError(f"{name or 'the body'} is UNSET inside a value")
    if isinstance(value, Enum):
        return plain(value.value, name)
    if isinstance(value, Decimal):
        return money_text(value)
    if isinstance(value, float):
        if not isfinite(value):
            raise ConfigurationError(f"{name} is {value!r}, which JSON can't say")
        return Raw(float.__repr__(value).encode())  # as json.dumps writes it
    if isinstance(value, str):
        return _text(str(value), name)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, (date, time)):  # a datetime is a date
        return _moment(value, name)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (bytes, bytearray)):
        return b64encode(value).decode()
    if isinstance(value, Mapping):
        return plain(dict(cast("Mapping[object, object]", value)), name, 1)
    raise ConfigurationError(
        f"{name or 'the body'} is of type {type(value).__name__}, which can't be sent"
    )


def _fields(model: Struct, name: str, depth: int) -> dict[str, Any]:
    """Fields of a model by wire name; None means that the field is not sent."""
    fields: dict[str, Any] = {}
    for wire_name, info in wire_names(type(model)).items():
        value = getattr(model, info.name)
        if value is None or isinstance(value, Unset):
            continue
        place = f"{name}.{wire_name}" if name else wire_name
        money_kind = _money_kind(info.type)
        if money_kind:
            value = _checked_money(value, money_kind, place)
        fields[wire_name] = plain(value, place, depth + 1)
    return fields


@cache
def _money_kind(kind: Any) -> str:
    """Say "text" or "number" for a type that holds money, "" for others.

    Beside other kinds than None it is no money any more: any of them is sent as it is.
    """
    if kind is Decimal:
        return "text"
    if MoneyNumber == kind:
        return "number"
    inner = [one for one in get_args(kind) if one is not type(None)]
    if get_origin(kind) in (Union, UnionType) and len(inner) > 1:
        return ""
    return next((found for one in inner if (found := _money_kind(one))), "")


def _checked_money(value: Any, money_kind: str, name: str) -> Any:
    if isinstance(value, (list, tuple)):
        items = cast("list[object]", value)
        return [_checked_money(one, money_kind, name) for one in items]
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value).items()
        return {key: _checked_money(one, money_kind, name) for key, one in pairs}
    if isinstance(value, Decimal) or type(value) in (float, int, str, bool):
        try:
            return money_number(value) if money_kind == "number" else money_text(value)
        except ConfigurationError as error:
            raise ConfigurationError(f"{name}: {error}") from None
    return value


def _text(value: str, name: str) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ConfigurationError(
                f"{name or 'the body'} holds half of a surrogate pair"
            ) from None
    return value


def _key(key: object) -> str:
    if isinstance(key, Enum):
        key = key.value
    if not isinstance(key, (str, int)) or isinstance(key, bool):
        raise ConfigurationError(f"{key!r} can't be the name of a field")
    return _text(str(key), "the name of a field")


def _moment(value: date | time, name: str) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ConfigurationError(
                f"{name} is a datetime without a time zone; "
                "give one, for example datetime(2030, 1, 1, tzinfo=timezone.utc)"
            )
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat()


def _escaped(match: re.Match[str]) -> str:
    point = ord(match[0])
    if point < 0x10000:
        return f"\\u{point:04x}"
    point -= 0x10000
    return f"\\u{0xD800 + (point >> 10):04x}\\u{0xDC00 + (point & 0x3FF):04x}"
