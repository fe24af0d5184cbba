# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Which documented case an answer is."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ._decode import NotJsonError, parse
from ._operation import Operation

__all__ = ["match_reasons"]


def match_reasons(
    operation: Operation[Any], status: int, body: Any
) -> tuple[StrEnum, ...]:
    """Give the reasons whose documented body equals the parsed answer.

    Where several have the same body, those of this status.
    """
    met = [case for case in operation.cases if _parsed(case.body) == body]
    of_status = [case for case in met if case.status in (status, 0)]
    return tuple(dict.fromkeys(case.reason for case in of_status or met))


def _parsed(body: str) -> Any:
    try:
        return parse(body.encode())
    except NotJsonError:
        return None
