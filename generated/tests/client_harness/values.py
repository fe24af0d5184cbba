# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Values in the words of the tests, and how a client's own compare with them.

`Model("codes.Code", id="7")` stands for `package.codes.Code(id="7")`: the tests don't
import the package, because `conftest.py` says where it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Any, cast

import msgspec

__all__ = ["Member", "Model", "Open", "build", "differences", "look_up"]


class Model:
    """A model with these fields; all others are None."""

    def __init__(self, class_name: str, /, **fields: Any) -> None:
        self.class_name = class_name  # models.FlexPlan
        self.fields = fields

    def __repr__(self) -> str:
        shown = (f", {name}={value!r}" for name, value in self.fields.items())
        return f'Model("{self.class_name}"{"".join(shown)})'


class Member:
    """A documented member of an enum."""

    def __init__(self, name: str) -> None:
        self.name = name  # models.Status.ACTIVE

    def __repr__(self) -> str:
        return self.name


class Open:
    """A value of an enum that is not documented."""

    def __init__(self, class_name: str, value: str | int) -> None:
        self.class_name = class_name  # models.Status
        self.value = value  # "NEW"

    def __repr__(self) -> str:
        return f"{self.class_name}({self.value!r})"


def look_up(package: str, name: str) -> Any:
    """Give what `module.Class` or `module.Class.MEMBER` names in a package."""
    module, *path = name.split(".")
    found: Any = import_module(f"{package}.{module}")
    for part in path:
        found = getattr(found, part)
    return found


def build(package: str, value: Any) -> Any:
    """Give the client's own value of one that a test describes."""
    if isinstance(value, Model):
        fields = {name: build(package, one) for name, one in value.fields.items()}
        return look_up(package, value.class_name)(**fields)
    if isinstance(value, Member):
        return look_up(package, value.name)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value).items()
        return {name: build(package, one) for name, one in pairs}
    if isinstance(value, list | tuple):
        items = [build(package, one) for one in cast("Sequence[Any]", value)]
        return tuple(items) if isinstance(value, tuple) else items
    return value


def differences(package: str, got: Any, expected: Any, place: str = "") -> list[str]:
    """Say where a value differs from what is expected; equal means digit by digit."""
    if isinstance(expected, Model):
        return _model_differences(package, got, expected, place)
    if isinstance(expected, Member):
        is_same = got is look_up(package, expected.name)
        return [] if is_same else [_said(place, got, expected)]
    if isinstance(expected, Open):
        kind = look_up(package, expected.class_name)
        is_same = type(got) is kind and got.value == expected.value
        return [] if is_same else [_said(place, got, expected)]
    if type(got) is not type(expected):
        return [_said(place, got, expected)]
    if isinstance(expected, dict):
        return _dict_differences(package, got, cast("dict[str, Any]", expected), place)
    if isinstance(expected, list | tuple):
        wanted = cast("Sequence[Any]", expected)
        if len(got) != len(wanted):
            return [f"{place or 'value'}: {len(got)} items instead of {len(wanted)}"]
        return [
            one
            for index, (mine, its) in enumerate(zip(got, wanted, strict=True))
            for one in differences(package, mine, its, f"{place}[{index}]")
        ]
    # 10 and 10.0 are equal, and not the same amount of digits.
    is_same = got == expected and (
        not isinstance(got, Decimal) or str(got) == str(expected)
    )
    return [] if is_same else [_said(place, got, expected)]


def _model_differences(
    package: str, got: Any, expected: Model, place: str
) -> list[str]:
    kind = look_up(package, expected.class_name)
    if type(got) is not kind:
        return [_said(place, got, expected)]
    names = {info.name for info in msgspec.structs.fields(kind)}
    found = [
        f"{place}.{name}: {expected.class_name} has no such field"
        for name in expected.fields
        if name not in names
    ]
    for name in sorted(names):
        wanted = expected.fields.get(name)
        found += differences(package, getattr(got, name), wanted, f"{place}.{name}")
    return found


def _dict_differences(
    package: str, got: dict[str, Any], expected: dict[str, Any], place: str
) -> list[str]:
    if list(got) != list(expected):
        return [f"{place or 'value'}: keys {list(got)} instead of {list(expected)}"]
    return [
        one
        for key, wanted in expected.items()
        for one in differences(package, got[key], wanted, f"{place}[{key!r}]")
    ]


def _said(place: str, got: Any, expected: Any) -> str:
    shown = f"{type(got).__name__} {got!r}" if isinstance(got, Enum) else repr(got)
    return f"{place or 'value'}: {shown} instead of {expected!r}"
