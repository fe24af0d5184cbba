"""A walk over pages: where it goes on, where it ends, and when it gives up."""

from __future__ import annotations

from typing import Any

import pytest

from generator.runtime._operation import Operation
from generator.runtime._pages import Pages, Walk
from generator.runtime.errors import DecodeError

LIST: Operation[Any] = Operation(name="list", method="GET", path="/a", returns=list)
BARE = Pages(where="query")
NAMED = Pages(items="records", total="total", where="query")


def walked(pages: Pages, asked: dict[str, Any], *answers: Any) -> tuple[list[Any], Any]:
    """Return the items of some answers, and the offset of each call but the first."""
    walk = Walk(LIST, pages, {"query": asked})
    items: list[Any] = []
    offsets: list[Any] = []
    for answer in answers:
        assert not walk.done
        offsets.append(walk.arguments()["query"].get("offset"))
        items += walk.take(answer)
    assert walk.done
    return items, offsets[1:]


def test_a_walk_ends_with_an_empty_page() -> None:
    assert walked(BARE, {}, [1, 2], [3], []) == ([1, 2, 3], [2, 3])
    assert walked(BARE, {}, []) == ([], [])
    assert walked(NAMED, {}, {"records": None}) == ([], [])


def test_a_walk_begins_where_it_is_told_to() -> None:
    assert walked(BARE, {"offset": 40}, [1], []) == ([1], [41])


def test_a_page_that_is_shorter_than_asked_for_is_not_the_last() -> None:
    asked = {"limit": 100}  # the exchange may give 2 at a time
    assert walked(BARE, asked, [1, 2], [3, 4], []) == ([1, 2, 3, 4], [2, 4])


def test_a_page_that_is_shorter_than_the_answer_says_is_the_last() -> None:
    full, rest = {"records": [1, 2], "limit": 2}, {"records": [3], "limit": 2}
    assert walked(NAMED, {}, full, rest) == ([1, 2, 3], [2])


@pytest.mark.parametrize("total", [2, 1])
def test_a_walk_ends_where_the_total_is_reached(total: int) -> None:
    assert walked(NAMED, {}, {"records": [1, 2], "total": total}) == ([1, 2], [])


def test_a_total_that_is_no_number_is_none() -> None:
    page: dict[str, Any] = {"records": [1], "total": True, "limit": "1"}
    assert walked(NAMED, {}, page, {"records": []}) == ([1], [1])


def test_the_same_page_twice_does_not_go_on_for_ever() -> None:
    walk = Walk(LIST, BARE, {})
    walk.take([1, 2])
    with pytest.raises(DecodeError, match="at offset 2 is the one before") as raised:
        walk.take([1, 2])
    assert raised.value.executed


def test_an_answer_without_its_list_is_refused() -> None:
    with pytest.raises(DecodeError, match="has no list records"):
        Walk(LIST, NAMED, {}).take({"records": {"a": 1}})
