# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What a refusing answer says: its code, its message and what is wrong with each field.

Reads every shape that is common: `{code, message, errors: {field: [text]}}`, a message
alone, `errors` as a list, an error inside `error`, problem details.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

__all__ = ["Words", "words_of"]

_MESSAGES = ("message", "error_description", "error", "detail", "title")


class Words(NamedTuple):
    """The words of an answer."""

    code: int | str | None  # 5
    message: str  # Inner validation failed
    field_errors: dict[str, tuple[str, ...]]  # {"amount": ("Not enough balance",)}


def words_of(parsed: Any) -> Words:
    """Find code, message and field errors, whatever shape the exchange gave them."""
    if not isinstance(parsed, dict):
        return Words(None, parsed if isinstance(parsed, str) else "", {})
    fields = cast("dict[str, Any]", parsed)
    code = fields.get("code")
    if isinstance(code, bool) or not isinstance(code, (int, str)):
        code = None
    message = ""
    errors = fields.get("errors")
    for name in _MESSAGES:
        value = fields.get(name)
        if isinstance(value, str) and value:
            message = value
            break
        if isinstance(value, (dict, list)) and not errors:
            errors = cast("Any", value)
    return Words(code, message, _field_errors(errors))


def _field_errors(errors: Any) -> dict[str, tuple[str, ...]]:
    if isinstance(errors, list):
        errors = {"": cast("list[object]", errors)} if errors else {}
    if isinstance(errors, str) and errors:
        errors = {"": errors}
    if not isinstance(errors, dict):
        return {}
    pairs = cast("dict[str, Any]", errors).items()
    return {name: tuple(_texts(value)) for name, value in pairs}


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(cast("dict[str, Any]", value).values())
    if isinstance(value, list):
        return [text for one in cast("list[object]", value) for text in _texts(one)]
    if value is None or (isinstance(value, int) and value.bit_length() > 256):
        return []  # Python refuses to print an integer of thousands of digits
    return [str(value)]
