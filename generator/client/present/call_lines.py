"""Operations to the call of each in the index: `codes.create_code(ticker="BTC", …)`."""

from __future__ import annotations

import re
from typing import Any

from ...model import ir
from ...model.inner import bare
from ...model.media import body_content
from .. import names
from .arguments import Argument, Arguments
from .catalog import Catalog

_OPEN = "..."  # the reader's to fill in
_PLAIN = re.compile(r"[A-Za-z0-9 ._:/@+-]{1,40}")  # as it may stand in Markdown code
_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")


def call_line(
    operation: ir.Operation, method: str, arguments: Arguments, catalog: Catalog
) -> str:
    """Return a call with the required arguments, as the document's examples have them.

    What has no short example is `...`, and so is everything that may be left out.
    """
    content = body_content(operation.body)
    whole = next((e.value for e in content.examples), None) if content else None
    shown = whole if isinstance(whole, dict) else {}
    required = [a for a in arguments.found if a.required]
    parts = [
        f"{arguments.name_of(a)}={_value(a, shown.get(a.wire_name), catalog)}"
        for a in required
    ]
    if not parts and arguments.found:
        parts = [_OPEN]
    return f"{method}({', '.join(parts)})"


def _value(argument: Argument, shown: Any, catalog: Catalog) -> str:
    type_ = bare(argument.type, catalog.schemas)
    for example in (shown, argument.example):
        if example is not None and (text := _literal(type_, example)):
            return text
    if isinstance(type_, ir.EnumType):
        return _literal(type_, type_.values[0]) or _OPEN
    return _OPEN


def _literal(type_: ir.Type, example: Any) -> str:
    """Return an example as it is passed, empty for what is no short value of its type."""
    fits: object = False
    match type_:
        case ir.EnumType():
            fits = example in type_.values and _PLAIN.fullmatch(str(example))
        case ir.StringType():
            plain = type_.format not in ("date", "date-time", "byte", "binary")
            fits = plain and isinstance(example, str) and _PLAIN.fullmatch(example)
        case ir.DecimalType():
            return f'"{example}"' if _NUMBER.fullmatch(str(example)) else ""
        case ir.NumberType():
            is_number = isinstance(example, int | float)
            fits = is_number and _NUMBER.fullmatch(repr(example))
        case ir.BooleanType():
            fits = isinstance(example, bool)
        case _:
            pass
    return names.literal(example) if fits else ""
