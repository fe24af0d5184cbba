"""Revisions of the main document: each generates, imports and signs.

Ten by default; all that can be read with ALL_REVISIONS=1 in the environment.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import SHARED, WITHOUT_SHARED, run, tree
from tests.support.documents import Data, operations, read
from tests.support.packages import OVERLAY, load
from tests.support.six import KEYS, Published, call_all, exchange_of, make_client

FOLDER = SHARED / "whitebit" / "revisions"
BROKEN = "026"
# The first and the last, the neighbours of the broken one, those around the change from
# one declared header to three, and some between.
CHOSEN = ("001", "009", "017", "025", "027", "033", "041", "042", "048", "054")
ALL = sorted(file.stem for file in FOLDER.glob("*.yaml"))
READABLE = [
    name
    for name in ALL
    if not name.startswith(BROKEN)
    and (os.environ.get("ALL_REVISIONS") or name.startswith(CHOSEN))
]
JWT = {**KEYS, "jwt_auth": "a.b.c"}
# Revisions before declare one header of the three, and are signed all the same.
FIRST_WITH_THREE = "042"
ONE_HEADER = {"X-TXC-APIKEY"}
THREE_HEADERS = ONE_HEADER | {"X-TXC-PAYLOAD", "X-TXC-SIGNATURE"}
HIDDEN = {"request", "nonce", "nonce_window", "payload", "signature", "api_key"}

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason=WITHOUT_SHARED)


@pytest.mark.parametrize("name", READABLE)
def test_a_revision_generates_and_every_operation_is_signed(
    name: str, tmp_path: Path
) -> None:
    document = read(FOLDER / f"{name}.yaml")
    headers = _declared_headers(document)
    assert headers == (ONE_HEADER if name < FIRST_WITH_THREE else THREE_HEADERS)
    one = Published(name, len(list(operations(document))), JWT, FOLDER)
    make_client(one, tmp_path)
    package = load(tmp_path, one.package)
    exchange = exchange_of(one)
    done = call_all(one, tmp_path, exchange, "")
    assert exchange.refused == ()
    assert len(exchange.accepted) == len(done) == one.count
    signed = [r for r in exchange.accepted if r.request.header("X-TXC-SIGNATURE")]
    assert len(signed) == one.count - 1  # a card's token is asked for with a JWT
    for record in signed:
        assert record.fields["request"] == record.request.path
        assert isinstance(record.fields["nonce"], int)
    for flavor in ("", "Async"):
        client = getattr(package, f"{flavor}Exchange")(base_url="http://127.0.0.1:1")
        shown = set(_parameters(client))
        assert len(shown) > 50
        assert not shown & HIDDEN


def _declared_headers(document: Data) -> set[str]:
    schemes = document["components"]["securitySchemes"].values()
    found = {s["name"] for s in schemes if s.get("in") == "header"}
    return {name for name in found if name.startswith("X-TXC")}


def _parameters(client: Any) -> Iterator[str]:
    for attribute, member in inspect.getmembers(type(client)):
        if isinstance(member, property):
            for name, method in inspect.getmembers(getattr(client, attribute)):
                if not name.startswith("_"):
                    yield from inspect.signature(method).parameters


def test_the_revisions_are_53_and_one_that_is_no_yaml() -> None:
    assert len(ALL) == 54
    assert sum(name.startswith(BROKEN) for name in ALL) == 1
    assert len(READABLE) in (10, 53)


def test_the_broken_revision_is_located_and_nothing_is_written(tmp_path: Path) -> None:
    (name,) = (name for name in ALL if name.startswith(BROKEN))
    spec = FOLDER / f"{name}.yaml"
    done = run(
        "generate", "--spec", spec, "--overlay", OVERLAY, "--output", tmp_path / "out"
    )
    assert done.returncode == 2
    assert done.stdout == ""
    place, shown = f"{spec}:5805:44: error[yaml-syntax]: ", done.stderr.splitlines()
    assert shown[0].startswith(place)
    assert shown[1].split() == ["5805", "|", "limit:"]
    assert tree(tmp_path) == {}
