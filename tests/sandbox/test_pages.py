"""A paged operation of the sandbox is walked by the client to its end, page by page."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from generator.sandbox.app import KEY, SECRET
from generator.sandbox.http import serve
from generator.sandbox.messages import Request
from tests.sandbox.support import SHIPPED, Draft, data_of, sandbox_of
from tests.support.command import ROOT
from tests.support.packages import load

PLANS = "/api/v4/main-account/smart-flex/plans"
INVESTMENTS = "/api/v4/main-account/smart-flex/investments"
CASE = ROOT / "tests" / "cases" / "pagination" / "spec.yaml"


@pytest.fixture
def whitebit() -> Any:
    return load(ROOT / "generated", "whitebit")


def test_a_bare_list_and_one_inside_an_object(whitebit: Any) -> None:
    sandbox = sandbox_of(SHIPPED)
    whole: Any = {
        path: data_of(sandbox(Draft(path, {}).request()))
        for path in (PLANS, INVESTMENTS)
    }
    plans, investments = whole[PLANS], whole[INVESTMENTS]["data"]
    assert len(plans) > 1
    with (
        serve(sandbox) as server,
        whitebit.WhiteBIT(
            api_key=KEY, api_secret=SECRET, base_url=server.url
        ) as exchange,
    ):
        flex = exchange.crypto_lending_flex
        for limits in ({}, {"limit": 1}, {"limit": 100}):
            assert [p.id for p in flex.iter_get_flex_plans(**limits)] == [
                p["id"] for p in plans
            ]
            found = flex.iter_get_user_flex_investments(**limits)
            assert [i.id for i in found] == [i["id"] for i in investments]
        assert flex.get_flex_plans(offset=len(plans)) == []
        answer = flex.get_user_flex_investments(limit=7, offset=1)
        assert (answer.limit, answer.offset, answer.data) == (7, 1, investments[1:])


def test_async(whitebit: Any) -> None:
    sandbox = sandbox_of(SHIPPED)

    async def walked(url: str) -> list[str]:
        options = {"api_key": KEY, "api_secret": SECRET, "base_url": url}
        async with whitebit.AsyncWhiteBIT(**options) as exchange:
            plans = exchange.crypto_lending_flex.iter_get_flex_plans(limit=1)
            return [plan.id async for plan in plans]

    with serve(sandbox) as server:
        found = asyncio.run(walked(server.url))
    plans: Any = data_of(sandbox(Draft(PLANS, {}).request()))
    assert found == [plan["id"] for plan in plans]


def test_in_the_query() -> None:
    sandbox = sandbox_of(CASE)
    (book,) = data_of(sandbox(Request("GET", "/books")))
    for query, page in {
        "limit=1": [book],
        "limit=0": [],
        "offset=0": [book],
        "offset=1&limit=5": [],
    }.items():
        assert data_of(sandbox(Request("GET", f"/books?{query}"))) == page, query


@pytest.mark.parametrize("path", ["", "/history", "/payment-history"])
def test_what_no_page_can_be_is_refused(path: str) -> None:
    sandbox = sandbox_of(SHIPPED)
    for field, value, least in (("limit", -1, 1), ("limit", 0, 1), ("offset", -1, 0)):
        answer = sandbox(Draft(f"{INVESTMENTS}{path}", {field: value}).request())
        said = {field: [f"The {field} must be at least {least}."]}
        assert (answer.status, data_of(answer)["errors"]) == (400, said)
