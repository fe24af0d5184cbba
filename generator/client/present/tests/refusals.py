"""Documented refusals as cases: the answer, and the error that a call raises for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ....model import ir
from ... import names
from ...view import CaseView
from ..reasons import reason_members
from .literals import json_text, text_literal

_ROW: dict[str, Any] = {"message": "Nobody documents this."}
_MESSAGES = ("message", "error_description", "error", "detail", "title")
# How a signed call is refused because of its credentials, in lower case, with the code.
_OF_SIGNER: dict[str, tuple[tuple[str, tuple[int | None, ...], str], ...]] = {
    "whitebit": (
        ("too many attempts", (), "RateLimitError"),
        ("payload not provided", (), "SignatureError"),
        ("invalid payload", (9, None), "SignatureError"),
        ("unauthorized request", (10, None), "SignatureError"),
        ("request not provided", (), "SignatureError"),
        ("nonce not provided", (), "NonceError"),
        ("invalid noncewindow", (), "NonceError"),
        ("your nonce is more than", (), "NonceError"),
    )
}


def refusals(operation: ir.Operation) -> tuple[CaseView, ...]:
    """Return the cases of an operation, one for each example and each row of a table."""
    members = {m.value: m.name for m in reason_members(operation)}
    found: list[CaseView] = []
    taken: set[str] = set()
    for case in operation.errors:
        name = f"{case.name}-code-{case.code}" if case.source == "row" else case.name
        if name in taken:
            name = f"{name}-{case.status}-{case.source}"
        while name in taken:
            name = f"{name}-{names.digest(f'{case.pointer}{case.body}')}"
        taken.add(name)
        # Of cases with one and the same body, status tells; else nobody can.
        alike = {
            other.name
            for other in operation.errors
            if (other.body, other.status) == (case.body, case.status)
            and other.source != "row"
        }
        reason = members[names.string(case.name)]
        is_unique = case.source == "row" or len(alike) == 1
        found.append(_case(operation, case, name, reason if is_unique else ""))
    return tuple(found)


def _case(
    operation: ir.Operation, case: ir.ErrorCase, name: str, reason: str
) -> CaseView:
    status = case.status or _first_status(operation)
    body = _ROW | {"code": case.code} if case.source == "row" else case.body
    code, message, fields = _words(body)
    error = _class(operation, status, code, message)
    if case.source == "row":
        row = (names.string(name), str(status), names.string(reason), str(code))
        return CaseView("Row", row)
    rows = [names.string(name), str(status), names.string(reason)]
    if code is not None:
        rows.append(f"code={names.literal(code)}")
    if message:
        rows.append(f"message={text_literal(message)}")
    if fields:
        pairs = (
            f"{names.string(field)}: {names.tuple_of([names.string(t) for t in texts])}"
            for field, texts in fields.items()
        )
        rows.append("fields={" + ", ".join(pairs) + "}")
    if error:
        rows.append(f"error={names.string(error)}")
    if json_text(body) != json_text(_usual(code, message, fields)):
        rows.append(f"body={text_literal(json_text(body))}")
    if case.source == "fence":
        rows.append("is_example=False")
    return CaseView("Refusal", tuple(rows))


def _usual(
    code: int | str | None, message: str, fields: dict[str, Sequence[str]]
) -> dict[str, Any]:
    """Return the body that the harness makes of these words."""
    body: dict[str, Any] = {} if code is None else {"code": code}
    if message:
        body["message"] = message
    if fields:
        body["errors"] = {field: list(texts) for field, texts in fields.items()}
    return body


def _first_status(operation: ir.Operation) -> int:
    declared = (int(r.status) for r in operation.responses if r.status.isdecimal())
    return next((status for status in declared if 400 <= status < 500), 400)


def _class(
    operation: ir.Operation, status: int, code: int | str | None, message: str
) -> str:
    """Return the class where the words decide it; in general the status does."""
    for requirement in operation.security:
        for begin, codes, name in _OF_SIGNER.get(requirement.signer, ()):
            starts = message.lower().startswith(begin)
            if 400 <= status < 500 and starts and (not codes or code in codes):
                return name
        if (
            requirement.signer
            and 400 <= status < 500
            and message == "Too many requests."
        ):
            return "NonceError"
    return ""


def _words(body: Any) -> tuple[int | str | None, str, dict[str, Sequence[str]]]:
    """Return what a body says: code, message, and the messages of each field."""
    if not isinstance(body, dict):
        return None, body if isinstance(body, str) else "", {}
    code = body.get("code")
    errors: Any = body.get("errors")
    message = ""
    for name in _MESSAGES:
        value = body.get(name)
        if isinstance(value, str) and value:
            message = value
            break
        if isinstance(value, dict | list) and not errors:
            errors = value
    if isinstance(errors, list | str) and errors:
        errors = {"": errors}
    fields = (
        {str(k): list(_texts(v)) for k, v in errors.items()}
        if isinstance(errors, dict)
        else {}
    )
    is_code = isinstance(code, int | str) and not isinstance(code, bool)
    return code if is_code else None, message, dict(fields)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [] if value is None else [str(value)]
