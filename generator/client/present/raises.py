"""The documented refusals of an operation to what its docstring says that it raises."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import ir
from ...runtime._refusal import raised_for
from .. import docs

# Each stands for several statuses, so the one that is meant has to be said.
_GENERAL = ("ApiError", "OutcomeUnknownError", "ServerError")


def raises(operation: ir.Operation) -> list[str]:
    """Return the section: each class with its reasons, without those in other words."""
    found = [(case.status, case.name) for case in operation.errors]
    found += _described(operation)
    by_class: dict[str, list[str]] = {}
    for status, text in sorted(found, key=lambda each: each[0] or 1000):
        known = by_class.setdefault(_raised(operation, status), [])
        if text not in known:
            known.append(text)
    lines = ["", "Raises:"] if by_class else []
    for name, texts in by_class.items():
        lines += docs.hanging(f"{name}: ", ", ".join(texts), docs.WIDTH - 8)
    return lines


def _described(operation: ir.Operation) -> Iterator[tuple[int, str]]:
    """Yield the statuses of which no body and no code is shown, as they are described."""
    shown = {case.status for case in operation.errors}
    for response in operation.responses:
        stated = response.status
        if stated[:1] not in ("4", "5"):
            continue
        is_one = stated.isdecimal()
        status = int(stated) if is_one else int(stated[0]) * 100 + 99
        if (status if is_one else 0) not in shown:
            text = docs.one_line(response.description).rstrip(".")
            is_clear = text and _raised(operation, status) not in _GENERAL
            yield status, text if is_clear else f"{stated} {text}".strip()


def _raised(operation: ir.Operation, status: int) -> str:
    return raised_for(status, is_read=operation.kind == "read").__name__
