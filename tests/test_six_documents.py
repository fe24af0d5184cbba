"""The exchange's six published documents: generated, type-checked, and called.

Every one of the 147 operations is called over a socket, sync and async, on a server that
verifies what comes; and every answer that a document shows is read back.
"""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.sandbox.exchange import Record
from tests.support.documents import operations, read
from tests.support.six import PUBLIC_V4, SIX, Published, call_all, exchange_of, paths_of


def _targets() -> list[str]:
    return [n for one in SIX for n in (one.package, f"program_{one.package}.py")]


def _python_files(folder: Path) -> int:
    return sum(len(list((folder / one.package).glob("*.py"))) + 1 for one in SIX)


def test_mypy_strict_reports_nothing(six: Path, tmp_path: Path) -> None:
    config = tmp_path / "mypy.ini"
    config.write_text("[mypy]\nstrict = True\nwarn_unreachable = True\n")
    command = [sys.executable, "-m", "mypy", "--config-file", str(config)]
    command += ["--cache-dir", str(tmp_path / "cache"), *_targets()]
    done = subprocess.run(command, cwd=six, capture_output=True, text=True, check=False)
    count = _python_files(six)
    assert done.stdout + done.stderr == (
        f"Success: no issues found in {count} source files\n"
    )


@pytest.mark.slow
def test_pyright_strict_reports_nothing(six: Path) -> None:
    config = six / "pyrightconfig.json"
    config.write_text(
        json.dumps(
            {
                "include": _targets(),
                "typeCheckingMode": "strict",
                "pythonVersion": "3.11",
            }
        )
    )
    command = [sys.executable, "-m", "pyright", "-p", str(config), "--outputjson"]
    command += ["--pythonpath", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    found = [f"{d['file']}: {d['message']}" for d in report["generalDiagnostics"]]
    assert found == []
    assert report["summary"]["filesAnalyzed"] == _python_files(six)


@pytest.mark.parametrize("flavor", ["", "Async"], ids=["sync", "async"])
@pytest.mark.parametrize("one", SIX, ids=lambda one: one.name)
def test_every_operation_is_accepted(one: Published, flavor: str, six: Path) -> None:
    exchange = exchange_of(one)
    done = call_all(one, six, exchange, flavor)
    assert exchange.refused == ()
    assert len(done) == len(exchange.accepted) == one.count
    called = {(r.request.method, r.request.path) for r in exchange.accepted}
    assert called == exchange.answers.keys()
    for record in exchange.accepted:
        _check_signature(record)


def _check_signature(record: Record) -> None:
    """Check what the server does not refuse: the form of what the signer adds."""
    if record.request.header("X-TXC-APIKEY") is None:
        assert "nonce" not in record.fields
        return
    body = record.request.body
    data = json.loads(body)
    assert body == json.dumps(data, separators=(",", ":")).encode()
    assert data["request"] == record.request.path
    assert data["nonceWindow"] is True
    assert isinstance(data["nonce"], int)


def test_the_operations_are_147() -> None:
    assert sum(one.count for one in SIX) == 147


# How many answers each document shows, and which of them a validator of JSON Schema
# refuses: two fit both options of a `oneOf` and so does a third, two are null where the
# enum beside `nullable` lists no null. A client that refused them would be of no use.
SHOWN = {
    "main_api_v4": 64,
    "http-trade-v4": 44,
    "address-checker": 5,
    "oauth2": 11,
    "http-v1": 7,
    "http-v4": 15,
}


@pytest.mark.parametrize("one", SIX, ids=lambda one: one.name)
def test_documented_answers_are_read_whole_and_without_a_mismatch(
    one: Published, six: Path
) -> None:
    documented = {o.path: o for o in operations(read(one.spec))}
    paths = dict(paths_of(six, one))
    mismatches: list[Any] = []
    compared: set[tuple[str, str]] = set()
    for turn in range(max(len(o.answers) for o in documented.values())):
        exchange = exchange_of(one, turn)
        done = call_all(one, six, exchange, "", on_mismatch=mismatches.append)
        for method, value in done.items():
            o = documented[paths[method]]
            if o.answers:
                number = turn % len(o.answers)
                assert _plain(value) == _plain(o.answers[number]), method
                compared.add((method, o.names[number]))
    assert mismatches == []
    assert len(compared) == SHOWN[one.name]


def _plain(value: object) -> object:
    """Return a value as JSON writes it; null is nothing, a number its own digits."""
    if isinstance(value, dict):
        pairs = {name: _plain(one) for name, one in value.items()}
        return {name: one for name, one in pairs.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, bool | None):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | float | str):
        return str(value).removeprefix("+")
    return _plain(msgspec.to_builtins(value, builtin_types=(Decimal,)))


def test_an_answer_that_does_not_fit_is_told(six: Path) -> None:
    exchange = exchange_of(PUBLIC_V4)
    exchange.answers["GET", "/api/v4/public/time"] = (200, {"time": "noon"})
    found: list[Any] = []
    call_all(PUBLIC_V4, six, exchange, "", on_mismatch=found.append)
    told = [(m.operation, m.field, m.expected, m.received) for m in found]
    assert told == [("get_server_time", "time", "int | None", "string")]
