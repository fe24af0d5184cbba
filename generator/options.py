"""A frozen dataclass to a table of options: read with care, and described by a schema.

An option is a field of the dataclass, made by `option`: the annotation is its kind, the
default and the help stand beside it. `read_table` checks a table against such a class,
`schema_of` turns the class into a JSON Schema. Nothing else knows a list of options.

Kinds: `str`, `bool`, `int`, `tuple[str, ...]` and `tuple[Table, ...]`, where `Table` is
another such class (an array of tables).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_type_hints

from .errors import UsageError
from .spelling import near

__all__ = ["Option", "option", "options_of", "read_table", "schema_of"]

_T = TypeVar("_T")
_TABLE = "options"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a table."""

    name: str  # overlays
    kind: Any  # tuple[str, ...]
    default: Any  # (); `dataclasses.MISSING` where it has to be given
    help: str  # Files laid over the document, in this order.
    is_path: bool  # relative to the file that holds the table

    @property
    def is_required(self) -> bool:
        """Whether a table without it is wrong."""
        return self.default is dataclasses.MISSING

    @property
    def item(self) -> Any:
        """The kind of the items of a list, None for every other option."""
        return next(iter(get_args(self.kind)), None)


def option(
    help: str, default: Any = dataclasses.MISSING, *, is_path: bool = False
) -> Any:
    """Make a field of a class of options; without a default it has to be given."""
    metadata = {_TABLE: (help, is_path)}
    return dataclasses.field(default=default, metadata=metadata)


def options_of(kind: type) -> Iterator[Option]:
    """Yield the options of a class; fields that are none of them are left out."""
    hints = get_type_hints(kind)
    for field in dataclasses.fields(kind):
        if _TABLE in field.metadata:
            help_, is_path = field.metadata[_TABLE]
            yield Option(field.name, hints[field.name], field.default, help_, is_path)


def read_table(
    kind: type[_T],
    table: object,
    where: str,
    beside: Callable[[str], str] = str,
    **more: Any,
) -> _T:
    """Return an instance of a class of options; `where` names the table in complaints.

    `beside` makes a path of the table one of this process. `more` are fields that are no
    options. Raises `UsageError` for the first thing that is wrong.
    """
    if not isinstance(table, Mapping):
        message = f"{where} should be a table, not {_described(table)}"
        names = ", ".join(each.name for each in options_of(kind))
        raise UsageError(message, f"its options: {names}")
    known = {each.name: each for each in options_of(kind)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            raise UsageError(f"{where} has no option `{key}`", _meant(name, [*known]))
        if name in values:
            raise UsageError(
                f"{where} has `{key}` twice, spelled in two ways", "remove one of them"
            )
        values[name] = _read(known[name], value, f"{where}: `{key}`", beside)
    for each in known.values():
        if each.is_required and each.name not in values:
            raise UsageError(f"{where} has no `{each.name}`", each.help)
    return kind(**values, **more)


def _read(
    each: Option, value: object, where: str, beside: Callable[[str], str]
) -> object:
    if each.item is None:
        if not _is_a(each.kind, value):
            raise UsageError(
                f"{where} should be {_WORDS[each.kind]}, not {_described(value)}",
                each.help,
            )
        is_named = each.is_path and isinstance(value, str) and value
        return beside(str(value)) if is_named else value
    listed = "a list of texts" if each.item is str else "an array of tables"
    if not isinstance(value, list):
        message = f"{where} should be {listed}, not {_described(value)}"
        raise UsageError(message, each.help)
    if each.item is not str:
        return tuple(
            read_table(each.item, entry, f"{where}, entry {number}", beside)
            for number, entry in enumerate(value, 1)
        )
    for entry in value:
        if not isinstance(entry, str):
            message = f"{where} should be {listed}; {_described(entry)} is none"
            raise UsageError(message, each.help)
    return tuple(beside(entry) if each.is_path else entry for entry in value)


_WORDS: Mapping[Any, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
}


def _is_a(kind: Any, value: object) -> bool:
    return type(value) is kind  # `true` is no whole number


def _described(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return "text" if isinstance(value, str) else str(value)


def _meant(name: str, known: list[str]) -> str:
    meant = near(name, known)
    return f"did you mean `{meant}`?" if meant else f"known: {', '.join(known)}"


def schema_of(kind: type, title: str) -> dict[str, Any]:
    """Return the JSON Schema of a table, as editors read it (draft 7)."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **_schema(kind),
    }


def _schema(kind: type) -> dict[str, Any]:
    known = list(options_of(kind))
    required = [each.name for each in known if each.is_required]
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {each.name: _property(each) for each in known},
    }
    return {**schema, "required": required} if required else schema


_TYPES: Mapping[Any, str] = {str: "string", bool: "boolean", int: "integer"}


def _property(each: Option) -> dict[str, Any]:
    found: dict[str, Any]
    if each.item is None:
        found = {"type": _TYPES[each.kind]}
    else:
        items = {"type": "string"} if each.item is str else _schema(each.item)
        found = {"type": "array", "items": items}
    found["description"] = each.help
    if not each.is_required:
        found["default"] = list(each.default) if each.item else each.default
    return found
