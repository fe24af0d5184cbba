"""What the page at `/` needs: its files, what happened, switches, a signature.

Only pages of this server may use it: a request that names another host, or comes from
another origin, is refused, so that no page elsewhere can sign or switch anything here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from ..model import ir
from .access import OwnScheme
from .calls import Calls
from .messages import Request, Response
from .switches import fault_names

if TYPE_CHECKING:
    from .examples import Answers
    from .journal import Journal
    from .keys import Keys
    from .switches import Switches

__all__ = ["PREFIX", "Control", "Controlled"]

PREFIX = "/-/"
_FOLDER = Path(__file__).parent / "page"
_FILES = {
    "": ("index.html", "text/html; charset=utf-8"),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
}
_HEADERS = (
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
)


class Controlled(Protocol):
    """The sandbox, as far as its page knows it."""

    api: ir.Api
    journal: Journal
    faults: Switches
    keys: Keys
    own: OwnScheme | None

    def answers_of(self, operation: ir.Operation) -> Answers:
        """Return what an operation can be made to answer."""
        ...


class Control:
    """Answers below `/-/`, and at `/`."""

    def __init__(self, sandbox: Controlled) -> None:
        self._sandbox = sandbox
        self._calls = Calls(sandbox.api, sandbox.keys, sandbox.own)
        self._reads: Mapping[str, Callable[[], object]] = {
            "operations": self._operations,
            "state": self._state,
        }
        self._writes: Mapping[str, Callable[[Mapping[str, object]], object]] = {
            "faults": self._switch,
            "sign": self._sign,
            "clear": self._clear,
        }

    def __call__(self, request: Request) -> Response:
        """Answer the page."""
        if not _is_own(request):
            return _json(403, {"message": "Only a page of this server may ask."})
        name = request.path.removeprefix(PREFIX).removeprefix("/")
        if request.method == "POST" and name in self._writes:
            return self._written(name, request)
        if request.method != "GET":
            return _json(405, {"message": "Method not allowed"})
        if name in self._reads:
            return _json(200, self._reads[name]())
        if name not in _FILES:
            return _json(404, {"message": "Not found"})
        file, media = _FILES[name]
        body = (_FOLDER / file).read_bytes()
        return Response(200, body, (("Content-Type", media), *_HEADERS))

    def _written(self, name: str, request: Request) -> Response:
        if (request.header("Content-Type") or "") != "application/json":
            return _json(415, {"message": "Send application/json."})
        try:
            data: object = json.loads(request.body)
            if not isinstance(data, dict):
                return _json(400, {"message": "Send an object."})
            return _json(200, self._writes[name](data))
        except (ValueError, RecursionError) as error:
            return _json(400, {"message": str(error)})

    def _operations(self) -> object:
        api = self._sandbox.api
        return {
            "title": api.title,
            "version": api.version,
            "key": self._calls.key,
            "is_demo": self._calls.is_demo,
            "faults": list(fault_names()),
            "operations": [
                {
                    **self._calls.shown(operation),
                    "answers": [
                        {"status": a.status, "name": a.name, "summary": a.summary}
                        for a in self._sandbox.answers_of(operation).all
                    ],
                }
                for operation in api.operations
            ],
        }

    def _state(self) -> object:
        journal, faults = self._sandbox.journal, self._sandbox.faults
        return {
            "count": journal.count,
            "accepted": journal.accepted,
            "visits": [visit.as_json() for visit in reversed(journal.visits)],
            "ledger": [write.as_json() for write in reversed(journal.ledger[-200:])],
            "writes": len(journal.ledger),
            "faults": [
                {"fault": s.fault, "operation": s.operation, "left": s.left}
                for s in faults.on
            ],
        }

    def _switch(self, data: Mapping[str, object]) -> object:
        fault, operation = str(data.get("fault", "")), str(data.get("operation", ""))
        times = data.get("times", 0)
        if not fault:
            self._sandbox.faults.clear()
        elif not isinstance(times, int) or not 0 <= times <= 1_000_000:
            raise ValueError("`times` is a number of requests")
        else:
            self._sandbox.faults.set(fault, operation, times)
        return self._state()

    def _sign(self, data: Mapping[str, object]) -> object:
        return self._calls.signed(
            str(data.get("operation", "")),
            data.get("body", {}),
            str(data.get("target", "")),
        )

    def _clear(self, _: Mapping[str, object]) -> object:
        self._sandbox.journal.clear()
        return self._state()


def _json(status: int, data: object) -> Response:
    return Response.json(status, data, _HEADERS)


def _is_own(request: Request) -> bool:
    """Tell whether a request means this server, by an address or as localhost.

    A name that an attacker owns can be made to lead here; an address can't.
    """
    host = urlsplit(f"//{request.header('Host') or ''}").hostname or ""
    is_address = host == "localhost" or ":" in host or host.replace(".", "").isdigit()
    origin = request.header("Origin")
    own = request.header("Host") or ""
    return is_address and origin in (None, f"http://{own}")
