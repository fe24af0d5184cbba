"""The command, the fixture, the quickstart; the heavy runs with SANDBOX_HEAVY=1."""

from __future__ import annotations

import http.client
import importlib.util
import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.testing import LocalExchange, sandbox_fixture
from tests.sandbox.support import MAIN, SHIPPED
from tests.support.command import ROOT, run
from tests.support.packages import OVERLAY, SPECS, load

HEAVY = pytest.mark.skipif(
    os.environ.get("SANDBOX_HEAVY") != "1", reason="takes minutes: SANDBOX_HEAVY=1"
)
SIX = {
    "main_api_v4": 347,
    "http-trade-v4": 129,
    "address-checker": 20,
    "oauth2": 13,
    "http-v1": 10,
    "http-v4": 37,
}
local_exchange = sandbox_fixture(str(SHIPPED), str(SHIPPED.with_name("overlay.yaml")))


@contextmanager
def sandbox(*options: str | Path) -> Iterator[str]:
    """Run the command until the test is done; give its address."""
    command = [sys.executable, "-m", "generator", "sandbox", "--port", "0", "--quiet"]
    process = subprocess.Popen(
        [*command, *map(str, options)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:"), process.communicate()
        yield url
    finally:
        process.terminate()
        said, complained = process.communicate(timeout=10)
    assert (process.returncode, said, complained) == (0, "", "")


def _tests(folder: Path, package: str, url: str) -> str:
    """Run generated tests against an address; return the summary."""
    variable = f"{package.upper()}_SANDBOX"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", folder],
        cwd=folder.parent,
        env={**os.environ, variable: url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3_000:]
    return done.stdout.strip().splitlines()[-1]


def test_the_generated_tests_pass_against_it() -> None:
    with sandbox() as url:
        summary = _tests(ROOT / "generated" / "tests", "whitebit", url)
        with urllib.request.urlopen(f"{url}/-/state") as answer:
            state = json.load(answer)
    passed = re.search(r"(\d+) passed", summary)
    assert passed and int(passed[1]) > 80, summary
    assert state["count"] > 2 * 80  # sync and async
    assert {visit["reason"] for visit in state["visits"]} <= {
        *("", "as-asked", "unknown-example")
    }


@HEAVY
@pytest.mark.parametrize("name", SIX)
def test_the_generated_tests_of_the_six_documents_pass(
    name: str, tmp_path: Path
) -> None:
    package = f"client_{name.replace('-', '_')}"
    spec = ("--spec", SPECS / f"{name}.yaml", "--overlay", OVERLAY)
    done = run("generate", *spec, "--output", tmp_path, "--package", package)
    assert done.returncode == 0, done.stderr
    with sandbox(*spec) as url:
        summary = _tests(tmp_path / "tests", package, url)
    passed = re.search(r"(\d+) passed", summary)
    assert passed and int(passed[1]) == SIX[name], summary


@HEAVY
@pytest.mark.skipif(
    importlib.util.find_spec("schemathesis") is None, reason="no schemathesis"
)
def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    checks = (
        *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
        *("response_headers_conformance", "response_schema_conformance"),
        *("unsupported_method", "allow_header_conformance"),
    )
    with sandbox("--spec", MAIN, "--overlay", OVERLAY) as url:
        command = [sys.executable, "-m", "schemathesis.cli", "run"]
        command += [f"{url}/openapi.json", "-c", ",".join(checks), "-n", "20"]
        command += ["--phases", "examples,coverage,fuzzing", "--no-color"]
        environment = {
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parent),
            "SCHEMATHESIS_HOOKS": "schemathesis_hooks",
        }
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        with urllib.request.urlopen(f"{url}/-/state") as answer:
            state = json.load(answer)
    assert done.returncode == 0, done.stdout[-3_000:]
    cases = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert cases and cases[1] == cases[2] and int(cases[1]) > 2_000, done.stdout
    assert state["accepted"] > 1_000  # the signature was no wall for it


def test_the_quickstart_runs_in_three_ways() -> None:
    command = [sys.executable, str(ROOT / "examples" / "quickstart.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("tx_9f3e0d4c-2b5c-4d3e-8f6g-7a8b9c0d1e2f") == 6
    assert done.stdout.count("  200 ") + done.stdout.count("  201 ") == 16
    assert "accepted\n  6 writes in the ledger, each once" in done.stdout


def test_the_fixture_gives_an_exchange(local_exchange: LocalExchange) -> None:
    package = load(ROOT / "generated", "whitebit")
    client = package.WhiteBIT(
        api_key=local_exchange.key,
        api_secret=local_exchange.secret,
        base_url=local_exchange.url,
    )
    flex = client.crypto_lending_flex
    with client:
        local_exchange.answer("withdrawFromFlexInvestment", "exceedsInvested")
        with pytest.raises(package.errors.UnprocessableEntityError):
            flex.withdraw_from_flex_investment(plan="p", amount="1")
        assert not local_exchange.ledger
        local_exchange.answer("withdrawFromFlexInvestment", "")
        local_exchange.fail("reset", "withdrawFromFlexInvestment")
        with pytest.raises(package.errors.OutcomeUnknownError):
            flex.withdraw_from_flex_investment(plan="p", amount="1")
    (write,) = local_exchange.ledger
    assert (write.fields, write.fault) == ({"plan": "p", "amount": "1"}, "reset")
    assert len(local_exchange.requests) == 2
    with pytest.raises(ValueError, match="exceedsInvested"):
        local_exchange.answer("withdrawFromFlexInvestment", "no such")


def test_what_can_not_be_used_is_told() -> None:
    for options, said in (
        (("--host", "nowhere.example"), "error: --host nowhere.example is no address"),
        (("--host", "192.0.2.1", "--port", "0"), "error: 192.0.2.1 port 0 can't be"),
        (("--spec", "no-such.yaml"), "no-such.yaml"),
    ):
        done = run("sandbox", *options)
        assert done.returncode == 2, options
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_each_request_is_told_on_demand() -> None:
    command = [sys.executable, "-m", "generator", "sandbox", "--port", "0", "-qv"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        host = run.stdout.readline().strip().removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=10)
        for method, target in (
            ("POST", "/api/v4/main-account/balance?key=mine"),
            ("GET", "/nowhere%0A"),
            ("GET", "/-/state"),
        ):
            connection.request(method, target)
            connection.getresponse().read()
        connection.close()
        run.terminate()
        told = run.stdout.read().splitlines()
    assert told == [
        "POST /api/v4/main-account/balance 400 no-payload",
        "GET /nowhere%0A 404 unknown-path",
    ]


def test_its_key_and_secret_can_be_chosen() -> None:
    with sandbox("--key", "mine", "--secret", "my-secret") as url:
        host = url.removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=10)
        connection.request("GET", "/-/operations")
        shown = connection.getresponse().read().decode()
        connection.close()
    assert '"key":"mine"' in shown
    assert "$SANDBOX_SECRET" in shown and "my-secret" not in shown
