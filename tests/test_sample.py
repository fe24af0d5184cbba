"""The sample of the client type-checks, and runs against a local exchange."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve
from tests.support.command import ROOT
from tests.support.packages import read_document, success_answers

PROGRAM = Path(__file__).parent / "programs" / "flex_sample.py"
SPEC = ROOT / "spec" / "main_api_v4.yaml"
FLEX = "/api/v4/main-account/smart-flex"
WITHDRAW = f"{FLEX}/investments/withdraw"


def _exchange(refusal: str) -> Exchange:
    exchange = Exchange({"sample-key": "sample-secret"})
    exchange.answers.update(success_answers(SPEC))
    responses = read_document(SPEC)["paths"][WITHDRAW]["post"]["responses"]
    examples = responses["422"]["content"]["application/json"]["examples"]
    exchange.answers["POST", WITHDRAW] = (422, examples[refusal]["value"])
    return exchange


def _answer(exchange: Exchange, path: str) -> Any:
    answer = exchange.answers["POST", path]
    assert isinstance(answer, tuple)
    return answer[1]


def _run(url: str, *arguments: str) -> list[str]:
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "generated"),
        "WHITEBIT_API_KEY": "sample-key",
        "WHITEBIT_API_SECRET": "sample-secret",
        "WHITEBIT_BASE_URL": url,
    }
    command = [sys.executable, "-W", "error", str(PROGRAM), *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.parametrize("flavor", [(), ("async",)], ids=["sync", "async"])
@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        ("exceedsInvested", "refused with 422: there is less in the plan than that"),
        (
            "investmentClosed",
            "refused for another reason: withdraw_from_flex_investment: 422,",
        ),
    ],
    ids=["the-one-asked-for", "another"],
)
def test_it_invests_and_is_refused_a_withdrawal(
    flavor: tuple[str, ...], refusal: str, said: str
) -> None:
    exchange = _exchange(refusal)
    with serve(exchange) as server:
        plan, receipt, outcome = _run(server.url, *flavor)
    first = _answer(exchange, f"{FLEX}/plans")[0]
    invested = _answer(exchange, f"{FLEX}/investments/invest")
    assert plan == f"plan {first['id']}, at least {first['minInvestment']}"
    assert receipt == f"invested in {invested['data']['transaction_id']}"
    assert outcome.startswith(said)
    assert (refusal in outcome) is (refusal != "exceedsInvested")
    assert exchange.refused == ()
    sent = [
        {k: v for k, v in record.fields.items() if not k.startswith("nonce")}
        for record in exchange.accepted
    ]
    assert sent == [
        {"ticker": "USDT", "request": f"{FLEX}/plans"},
        {
            "plan": first["id"],
            "amount": "100.00",
            "request": f"{FLEX}/investments/invest",
        },
        {"plan": first["id"], "amount": "500", "request": WITHDRAW},
    ]


def test_it_passes_mypy_strict(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path)]
    command += ["--config-file", os.devnull, PROGRAM.name]
    env = {**os.environ, "MYPYPATH": str(ROOT / "generated")}
    done = subprocess.run(
        command,
        cwd=PROGRAM.parent,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "Success: no issues found in 1 source file\n", done.stderr
