"""One page of a documented answer: what `limit` and `offset` of a request leave of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast
from urllib.parse import parse_qsl

from ..model import ir
from .examples import Answer
from .messages import Request

__all__ = ["page_of"]


def page_of(
    answer: Answer,
    pages: ir.Pagination,
    request: Request,
    fields: Mapping[str, object] | None,
) -> Answer:
    """Return an answer with the items that a request asks for; all without a word of it.

    `fields` is the JSON body, as far as it is an object.
    """
    query = dict(parse_qsl(request.query))
    asked: Mapping[str, object] = query if pages.location == "query" else fields or {}
    limit, offset = _count(asked.get("limit")), _count(asked.get("offset"))
    value: Any = answer.value
    items = value.get(pages.items) if isinstance(value, dict) else value
    if (limit is None and offset is None) or not isinstance(items, list):
        return answer
    start = offset or 0
    end = None if limit is None else start + limit
    page = cast("list[object]", items)[start:end]
    if not pages.items:
        return replace(answer, value=page)
    stated = {"limit": limit, "offset": offset}
    said = {k: n for k, n in stated.items() if n is not None and k in value}
    return replace(answer, value={**value, **said, pages.items: page})


def _count(value: object) -> int | None:
    """Return a number that the checks let pass, as JSON has it or as text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return max(0, value)
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value[:18])
    return None
