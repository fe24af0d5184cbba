"""The page in a real browser: desktop and narrow, a hostile document, no foreign host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from generator.sandbox.http import serve
from tests.sandbox.support import SHIPPED, Draft, sandbox_of
from tests.support.chromium import WITHOUT, Page, browser, executable

pytestmark = pytest.mark.skipif(executable() is None, reason=WITHOUT)
READY = "document.body?.dataset.ready"
HOSTILE = '<img src=x onerror="document.body.id=1"></script><script>document.body.id=2'
WITHDRAW = "/api/v4/main-account/smart-flex/investments/withdraw"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("chromium")) as found:
        yield found


@pytest.mark.parametrize(("width", "height"), [(1400, 1000), (390, 844)])
def test_a_request_is_sent_and_explained(page: Page, width: int, height: int) -> None:
    sandbox = sandbox_of(SHIPPED)
    page.problems.clear()
    page.requested.clear()
    with serve(sandbox) as server:
        page.open(f"{server.url}/", width, height)
        page.wait(READY)
        assert page.run("document.querySelectorAll('#list details').length") == 14
        page.run("document.querySelector('#filter').value = 'exceedsInvested'")
        page.run("document.querySelector('#filter').dispatchEvent(new Event('input'))")
        assert page.run("document.querySelectorAll('#list details').length") == 1
        page.click("#list summary")
        page.wait("document.querySelector('#list li')")
        page.run(
            "[...document.querySelectorAll('#list li')]"
            ".find((one) => one.textContent.includes('exceedsInvested'))"
            ".querySelectorAll('button')[1].click()"
        )
        page.click("#send button")
        page.wait("document.querySelector('#visits details')")
        shown = page.run("document.querySelector('#result').textContent")
        assert "Withdraw amount exceeds total invested" in shown
        page.run("document.querySelector('#answer').value = ''")
        page.click("#send button")
        page.wait("document.querySelector('#ledger details')")
        sandbox(Draft(WITHDRAW, {}, secret="wrong").request())
        page.wait("document.querySelectorAll('#visits details').length === 3")
        first = page.run("document.querySelector('#visits details').textContent")
        assert "wrong-signature" in first
        assert "expected" in first and "received" in first
        page.click("#switch button")
        page.wait("document.querySelector('#on').textContent.includes('limited-1')")
        page.click("#off")
        page.wait("document.querySelector('#on').textContent === 'No fault is on.'")
        wide = page.run("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
        assert all(one.startswith((server.url, "data:")) for one in page.requested)
    told = [p for p in page.problems if "status of 422" not in p]
    assert told == []
    assert [w.operation for w in sandbox.journal.ledger] == [
        "withdrawFromFlexInvestment"
    ]


def test_text_of_a_document_or_a_request_never_becomes_markup(page: Page) -> None:
    sandbox = sandbox_of(SHIPPED)
    named = replace(
        sandbox.api.operations[0],
        operation_id=HOSTILE,
        summary=HOSTILE,
        group=HOSTILE,
    )
    api = replace(sandbox.api, title=HOSTILE, operations=(named,))
    from generator.sandbox.app import Sandbox

    hostile = Sandbox(api, {})
    body: dict[str, object] = {HOSTILE: HOSTILE, "ticker": HOSTILE}
    with serve(hostile) as server:
        hostile(Draft(named.path, body).request())
        hostile(Draft(f"/{HOSTILE}", body).request())
        page.open(f"{server.url}/", 1400, 1000)
        page.wait(READY)
        page.wait("document.querySelectorAll('#visits details').length === 2")
        page.click("#list summary")
        page.wait("document.querySelector('#list li')")
        assert page.run("document.body.id") == ""
        assert page.run("document.querySelectorAll('img, main script').length") == 0
        assert page.run("document.title").startswith(HOSTILE)
