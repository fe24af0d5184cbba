"""Every documented example can be asked for by name; faults, ledger, other schemes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from generator.sandbox.app import Sandbox
from generator.sandbox.calls import Calls
from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response
from generator.sandbox.switches import FAULT_HEADER, fault_names
from tests.sandbox.support import (
    MAIN,
    SHIPPED,
    Draft,
    data_of,
    operation_of,
    sandbox_of,
    verdict,
    with_headers,
)
from tests.sandbox.test_refusals import Line
from tests.support.command import ROOT
from tests.support.documents import read
from tests.support.packages import load

INVEST = "/api/v4/main-account/smart-flex/investments/invest"
WITHDRAW = "/api/v4/main-account/smart-flex/investments/withdraw"
PLANS = "/api/v4/main-account/smart-flex/plans"
RIGHT = {"plan": "p", "amount": "1"}


def _documented(document: Any) -> Iterator[tuple[str, str, int, str, object]]:
    """Yield method, path, status, name and value of each example of an answer."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            for status, response in operation["responses"].items():
                for content in response.get("content", {}).values():
                    for name, example in content.get("examples", {}).items():
                        yield method, path, int(status), name, example["value"]
                    if "example" in content:
                        yield method, path, int(status), "example", content["example"]


def _right(sandbox: Sandbox, calls: Calls, path: str) -> Request:
    operation = next(o for o in sandbox.api.operations if o.path == path)
    made: Any = calls.signed(operation.pointer, calls.shown(operation)["body"])
    headers = tuple(made["headers"].items())
    return Request(made["method"], made["target"], headers, made["body"].encode())


@pytest.mark.parametrize(("spec", "count"), [(SHIPPED, 73), (MAIN, 247)])
def test_every_example_can_be_asked_for_by_name(spec: Path, count: int) -> None:
    sandbox = sandbox_of(spec)
    calls = Calls(sandbox.api, sandbox.keys)
    asked = 0
    with serve(sandbox) as server, closing(Line(server.url)) as line:
        for _, path, status, name, value in _documented(read(spec)):
            prefer = f"code={status}, example={name}"
            request = with_headers(_right(sandbox, calls, path), Prefer=prefer)
            assert line.send(request) == (status, value), (path, name)
            asked += 1
    assert asked == count
    assert len(sandbox.journal.ledger) == sum(
        o.kind == "write" and o.path == path and status < 400
        for _, path, status, _, _ in _documented(read(spec))
        for o in sandbox.api.operations
    )


def test_an_unknown_name_gets_the_list_of_names() -> None:
    sandbox = sandbox_of(SHIPPED)
    for prefer in ("code=422, example=nothing", "example=nothing", "code=418"):
        request = with_headers(Draft(WITHDRAW, RIGHT).request(), Prefer=prefer)
        answer = sandbox(request)
        assert answer.status == 400
        assert data_of(answer)["message"] == f"There is no example {prefer}"
        listed = data_of(answer)["errors"]["Prefer"]
        assert "code=422, example=exceedsInvested" in listed
        assert "code=400, example=invalidPlan" in listed
        # Every name of the list is one that can be asked for.
        for name in listed:
            asked = with_headers(Draft(WITHDRAW, RIGHT).request(), Prefer=name)
            assert sandbox(asked).status == int(name[5:8])
    assert sandbox.journal.accepted == 3  # the success of each list


def test_an_example_is_no_way_around_the_checks() -> None:
    sandbox = sandbox_of(SHIPPED)
    forged = Draft(WITHDRAW, RIGHT, secret="else").request()
    assert verdict(sandbox, with_headers(forged, Prefer="code=201")) == (
        "wrong-signature"
    )
    empty = with_headers(Draft(WITHDRAW, {}).request(), Prefer="code=201")
    assert verdict(sandbox, empty) == "validation"


def test_accepted_writes_are_in_the_ledger_once_each() -> None:
    sandbox = sandbox_of(SHIPPED)
    request = Draft(WITHDRAW, RIGHT).request()
    assert [sandbox(request).status for _ in range(3)] == [201, 429, 429]
    sandbox(Draft(PLANS, {}).request())  # a read
    refused = with_headers(Draft(WITHDRAW, RIGHT).request(), Prefer="code=422")
    assert sandbox(refused).status == 422
    sandbox(Draft(INVEST, {"plan": "p", "amount": "2"}).request())
    assert [(w.operation, w.fields) for w in sandbox.journal.ledger] == [
        ("withdrawFromFlexInvestment", RIGHT),
        ("createFlexInvestment", {"plan": "p", "amount": "2"}),
    ]


@pytest.mark.parametrize(
    ("fault", "executed"),
    [("reset", True), ("truncated", True), ("limited-1", False), ("502", True)],
)
def test_a_fault_by_header(fault: str, executed: bool) -> None:
    sandbox = sandbox_of(SHIPPED)
    request = Draft(WITHDRAW, RIGHT).request()
    sandbox(with_headers(request, **{FAULT_HEADER: fault}))
    assert [w.fault for w in sandbox.journal.ledger] == [fault] * executed
    assert sandbox.journal.visits[-1].fault == fault


def test_every_fault_can_be_asked_for_and_others_are_told() -> None:
    sandbox = sandbox_of(SHIPPED)
    for name in (*fault_names(), "delay=0.01"):
        draft = Draft(PLANS, {}).request()
        sandbox(with_headers(draft, **{FAULT_HEADER: name}))
        assert sandbox.journal.visits[-1].reason != "unknown-fault", name
    answer = sandbox(with_headers(Draft(PLANS, {}).request(), **{FAULT_HEADER: "x"}))
    assert answer.status == 400
    assert data_of(answer)["errors"][FAULT_HEADER] == list(fault_names())


def test_switches_hold_for_an_operation_and_a_number_of_requests() -> None:
    sandbox = sandbox_of(SHIPPED)
    sandbox.faults.set("limited-1", "getFlexPlans", times=2)
    sandbox.faults.set("503", "withdrawFromFlexInvestment")
    plans = [sandbox(Draft(PLANS, {}).request()).status for _ in range(3)]
    assert plans == [429, 429, 200]
    drafts = [Draft(WITHDRAW, RIGHT).request() for _ in range(3)]
    assert [sandbox(one).status for one in drafts] == [503, 503, 503]
    sandbox.faults.clear()
    assert sandbox(Draft(WITHDRAW, RIGHT).request()).status == 201
    with pytest.raises(ValueError, match="there is no fault"):
        sandbox.faults.set("no such fault")


def _standard() -> Sandbox:
    return sandbox_of(ROOT / "tests" / "cases" / "security_standard" / "spec.yaml")


def test_standard_schemes_have_their_own_rules() -> None:
    sandbox = _standard()
    calls = Calls(sandbox.api, sandbox.keys)
    told: dict[str, list[str]] = {}
    for operation in sandbox.api.operations:
        made: Any = calls.signed(operation.pointer, {})
        headers = tuple(made["headers"].items())
        right = Request(made["method"], made["target"], headers)
        bare = Request(made["method"], operation.path)
        wrong = tuple((k, v.replace("test", "else")) for k, v in headers)
        target = made["target"].replace("test", "else")
        if any(k == "Authorization" and v.startswith("Basic") for k, v in headers):
            other = base64.b64encode(b"else:else").decode()
            wrong = (("Authorization", f"Basic {other}"),)
        forged = Request(made["method"], target, wrong)
        told[operation.operation_id] = [
            verdict(sandbox, one) for one in (right, bare, forged)
        ]
    refused = ["", "no-credential", "wrong-credential"]
    assert set(map(tuple, told.values())) == {tuple(refused), ("", "", "")}
    closed = [name for name, said in told.items() if said == refused]
    assert len(closed) >= 4


def test_where_no_example_is_documented_one_is_built() -> None:
    sandbox = sandbox_of(MAIN)
    operation = operation_of(sandbox, "issueCardToken")
    answers = sandbox.answers_of(operation)
    assert answers.default.status == 201
    from generator.model.values import Values

    values = Values(sandbox.api.schemas)
    built = 0
    for one in sandbox.api.operations:
        types = {
            int(r.status): c.type
            for r in one.responses
            for c in r.content
            if r.status.isdecimal()
        }
        for answer in sandbox.answers_of(one).all:
            if answer.name == "built" and answer.media_type:
                assert values.problems(types[answer.status], answer.value) == {}
                built += 1
    assert built == 29


def test_the_page_asks_only_for_itself() -> None:
    sandbox = sandbox_of(SHIPPED)
    own = (("Host", "127.0.0.1:8080"),)
    page = sandbox(Request("GET", "/", own))
    headers = dict(page.headers)
    assert page.status == 200
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert b"http" not in page.body.replace(b"http-equiv", b"")
    for host, origin in (
        ("evil.example", None),
        ("127.0.0.1.evil.example", None),
        ("127.0.0.1:8080", "http://evil.example"),
        ("127.0.0.1:8080", "null"),
    ):
        foreign = (("Host", host), *((("Origin", origin),) if origin else ()))
        for path in ("/", "/-/state", "/-/operations"):
            assert sandbox(Request("GET", path, foreign)).status == 403
    body = b'{"fault":"reset"}'
    text = (*own, ("Content-Type", "text/plain"))
    assert sandbox(Request("POST", "/-/faults", text, body)).status == 415
    assert not sandbox.faults.on
    right = (*own, ("Content-Type", "application/json"))
    assert sandbox(Request("POST", "/-/faults", right, body)).status == 200
    assert [one.fault for one in sandbox.faults.on] == ["reset"]
    for wrong in (b"[]", b"{", b'{"fault":"x"}', b'{"fault":"reset","times":"1"}'):
        assert sandbox(Request("POST", "/-/faults", right, wrong)).status == 400


def test_no_secret_is_shown() -> None:
    sandbox = sandbox_of(MAIN, secret="a-secret-of-my-own")
    draft = Draft(
        "/api/v4/main-account/codes/apply", {"code": "c", "passphrase": "pw99"}
    )
    for secret in ("a-secret-of-my-own", "wrong-secret-of-mine"):
        sandbox(Draft(draft.path, draft.fields, secret=secret).request())
    sandbox(Request("POST", "/api/card-token", (("Authorization", "bearer-of-mine"),)))
    own = (("Host", "localhost:1"),)
    shown = b"".join(
        sandbox(Request("GET", path, own)).body
        for path in ("/-/state", "/-/operations")
    ).decode()
    signatures = [v.request.header("X-TXC-SIGNATURE") for v in sandbox.journal.visits]
    payloads = [v.request.header("X-TXC-PAYLOAD") for v in sandbox.journal.visits]
    assert len(sandbox.journal.ledger) == 1
    for text in (
        *("a-secret-of-my-own", "wrong-secret-of-mine", "bearer-of-mine", "pw99"),
        *filter(None, (*signatures, *payloads)),
    ):
        assert text not in shown
    assert json.loads(json.dumps(sandbox.journal.visits[0].as_json()))


def test_one_balance_is_kept_as_its_docstring_says(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The schema knows the map of all balances only, the prose knows the single one."""
    one = {"main_balance": "0"}
    package = load(ROOT / "generated", "whitebit")
    with serve(lambda _: Response.json(200, one)) as server:
        options = {"api_key": "key", "api_secret": "secret", "base_url": server.url}
        with package.WhiteBIT(**options) as exchange:
            call = exchange.main_account.get_main_balance
            assert call(ticker="BTC") == one
    assert "kept as it came" in " ".join(call.__doc__.split())
    assert [r.levelname for r in caplog.records if r.levelno > 20] == ["WARNING"]
