# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Walks over an operation that answers page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NoReturn, TypeGuard, cast

from msgspec import Struct

from ._model import attribute
from ._operation import Operation
from .errors import DecodeError

__all__ = ["Pages", "Walk"]


class Pages(Struct, frozen=True, kw_only=True):
    """Where an operation has its paging; all names are wire names."""

    items: str = ""  # records; "" where the answer is the list itself
    limit: str = "limit"  # argument, and field of the answer where it has one
    offset: str = "offset"
    total: str = ""  # total; "" where the answer does not give it
    where: Literal["body", "query"] = "body"  # where limit and offset are sent


class Walk:
    """The arguments of the next page, and what an answer means for the one after it.

    A page is the last one when it is empty, when `total` is reached, or when it is
    shorter than the limit that the answer itself states. A page that is merely shorter
    than the limit that was asked for is not: the exchange may allow less than that.
    """

    def __init__(
        self, operation: Operation[Any], pages: Pages, arguments: Mapping[str, Any]
    ) -> None:
        self._operation = operation
        self._pages = pages
        self._arguments = dict(arguments)
        start = attribute(arguments.get(pages.where), pages.offset)
        self._offset: int = start if isinstance(start, int) else 0
        self._before: list[object] | None = None
        self.done = False

    def arguments(self) -> dict[str, Any]:
        """Give the arguments of the next call."""
        if self._before is not None:
            part: Any = self._arguments.get(self._pages.where) or {}
            part = {**part, self._pages.offset: self._offset}
            self._arguments[self._pages.where] = part
        return self._arguments

    def take(self, answer: object) -> list[Any]:
        """Give the items of an answer.

        Raises:
            DecodeError: there is no list, or the same page came twice
        """
        pages = self._pages
        items = attribute(answer, pages.items) if pages.items else answer
        if items is None:
            items = []
        if not isinstance(items, list):
            self._refuse(f"has no list {pages.items}", answer)
        page = cast("list[object]", items)
        if page and page == self._before:
            self._refuse(f"at offset {self._offset} is the one before", answer)
        self._before = page
        self._offset += len(page)
        total = attribute(answer, pages.total) if pages.total else None
        limit = attribute(answer, pages.limit)
        self.done = (
            not page
            or (_is_count(total) and self._offset >= total)
            or (_is_count(limit) and len(page) < limit)
        )
        return page

    def _refuse(self, what: str, answer: Any) -> NoReturn:
        raise DecodeError(
            f"{self._operation.name}: the page {what}",
            operation=self._operation.name,
            parsed=answer,
            executed=True,
        )


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
