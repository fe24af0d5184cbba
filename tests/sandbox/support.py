"""A sandbox of a document, and requests to it that are right before a test alters them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.compilation import Compiled, compile_document
from generator.config import Config
from generator.model import ir
from generator.sandbox.app import Sandbox
from generator.sandbox.messages import Request, Response
from tests.support.command import ROOT, WITHOUT_SHARED
from tests.support.packages import OVERLAY, SPECS

KEY, SECRET = "test-api-key", "test-api-secret"
SHIPPED = ROOT / "spec" / "main_api_v4.yaml"
MAIN = SPECS / "main_api_v4.yaml"
_LAST = [0]


@cache
def compiled(spec: Path) -> Compiled:
    """Return a document, compiled once a run."""
    if not spec.exists():
        pytest.skip(WITHOUT_SHARED)
    overlay = OVERLAY if spec.parent == SPECS else spec.with_name("overlay.yaml")
    overlays = (str(overlay),) if overlay.exists() else ()
    return compile_document(Config(spec=str(spec), overlays=overlays))


def sandbox_of(spec: Path, **options: Any) -> Sandbox:
    """Return a sandbox that nobody has talked to."""
    made = compiled(spec)
    data = made.document.root.value
    assert isinstance(data, dict)
    return Sandbox(made.api, data, **options)


def operation_of(sandbox: Sandbox, name: str) -> ir.Operation:
    """Find an operation by its name."""
    return next(o for o in sandbox.api.operations if o.operation_id == name)


def next_nonce() -> int:
    """Return a nonce that no test has used, within the window.

    It begins at the lower end: there are 1,000 a second, and tests are faster.
    """
    _LAST[0] = max(_LAST[0] + 1, time.time_ns() // 1_000_000 - 4_000)
    return _LAST[0]


@dataclass(frozen=True)
class Draft:
    """A signed request before it is made; signed with code of the tests' own."""

    path: str
    fields: Mapping[str, object]
    key: str = KEY
    secret: str = SECRET
    method: str = "POST"

    def request(self, **changed: object) -> Request:
        """Return the request; fields given here come in place of the right ones."""
        added: dict[str, object] = {"request": self.path, "nonce": next_nonce()}
        fields = {**self.fields, **added, "nonceWindow": True, **changed}
        kept = {name: one for name, one in fields.items() if one is not ...}
        return self.of(json.dumps(kept, separators=(",", ":")).encode())

    def of(self, body: bytes) -> Request:
        """Return the request with a body that is signed as it stands."""
        payload = base64.b64encode(body)
        signed = hmac.new(self.secret.encode(), payload, hashlib.sha512).hexdigest()
        headers = (
            ("Content-Type", "application/json"),
            ("X-TXC-APIKEY", self.key),
            ("X-TXC-PAYLOAD", payload.decode()),
            ("X-TXC-SIGNATURE", signed),
        )
        return Request(self.method, self.path, headers, body)


def with_headers(request: Request, **changed: str | None) -> Request:
    """Return a request with other headers; `_` stands for `-`, None takes one away."""
    names = {name.replace("_", "-").lower(): value for name, value in changed.items()}
    kept = [pair for pair in request.headers if pair[0].lower() not in names]
    added = [(name, value) for name, value in names.items() if value is not None]
    return replace(request, headers=(*kept, *added))


def ask(sandbox: Sandbox, request: Request) -> Response:
    """Send a request without a socket."""
    return sandbox(request)


def verdict(sandbox: Sandbox, request: Request) -> str:
    """Send a request and return why it was refused; empty if it was accepted."""
    sandbox(request)
    return str(sandbox.journal.visits[-1].reason)


def data_of(response: Response) -> Any:
    """Return the JSON of an answer."""
    return json.loads(response.body)
