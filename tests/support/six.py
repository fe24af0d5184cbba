"""The exchange's six published documents: their packages, and a server that verifies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response
from generator.sandbox.rules import Reason, Rule, bearer, header_equals

from .documents import Documented, operations, read
from .packages import OVERLAY, SPECS, load, make_package, make_program

UUID = "12345678-1234-5678-1234-567812345678"
# What the program of a package passes for parameters of a path.
VALUES = {"market": "text", "externalId": UUID}
KEYS = {"api_key": "key", "api_secret": "secret"}
AGREED = "/oauth2/agree?state=a%20b"


@dataclass(frozen=True)
class Published:
    """A document, and what its client is constructed with."""

    name: str  # oauth2
    count: int  # 12 operations
    credentials: dict[str, str]
    folder: Path = SPECS

    @property
    def package(self) -> str:
        return f"client_{self.name.replace('-', '_')}"

    @property
    def spec(self) -> Path:
        return self.folder / f"{self.name}.yaml"


SIX = (
    Published("main_api_v4", 65, {**KEYS, "jwt_auth": "a.b.c"}),
    Published("http-trade-v4", 45, KEYS),
    Published("address-checker", 4, KEYS),
    Published("oauth2", 12, {"bearer_auth": "token"}),
    Published("http-v1", 7, {}),
    Published("http-v4", 14, {}),
)
TRADE, OAUTH, PUBLIC_V1, PUBLIC_V4 = SIX[1], SIX[3], SIX[4], SIX[5]


def make_six(folder: Path) -> Path:
    """Generate the six packages and a program for each, side by side in a folder."""
    for one in SIX:
        make_client(one, folder)
    return folder


def make_client(one: Published, folder: Path) -> Path:
    """Generate the package of one document, and beside it a program that calls it."""
    made = make_package(
        one.spec, folder / "output" / one.name, one.package, "--overlay", OVERLAY
    )
    made.rename(folder / one.package)
    construct = ", ".join(f'{k}="{v}"' for k, v in one.credentials.items())
    make_program(folder / one.package, construct)
    return folder / one.package


def _without_credentials(request: Request) -> Reason | None:
    for name, _ in request.headers:
        if name.lower().startswith("x-txc") or name.lower() == "authorization":
            return Reason.WRONG_CREDENTIAL
    return None


def _rule(operation: Documented) -> Rule | None:
    """Return how an operation proves who calls; None for the exchange's own signature."""
    if operation.path == "/api/card-token":  # only its prose says so
        return header_equals("Authorization", "a.b.c")
    schemes = {name for one in operation.security for name in one}
    if "BearerAuth" in schemes:
        return bearer("token")
    return None if schemes else _without_credentials


def exchange_of(one: Published, turn: int = 0) -> Exchange:
    """Return a server that answers with a documented success: the first, second, …"""
    documented = list(operations(read(one.spec)))
    rules = {o.called(VALUES): rule for o in documented if (rule := _rule(o))}
    exchange = Exchange({"key": "secret"}, rules=rules)
    for o in documented:
        answer: tuple[int, object] | Response = (o.status, {})
        if o.answers:
            answer = (o.status, o.answers[turn % len(o.answers)])
        elif o.status == 302:
            answer = Response(302, b"", (("Location", AGREED),))
        exchange.answers[o.method, o.called(VALUES)] = answer
    return exchange


def call_all(
    one: Published, folder: Path, exchange: Exchange, flavor: str, **options: Any
) -> dict[str, object]:
    """Call every operation once and return what each returned."""
    program = load(folder, f"program_{one.package}")
    package = load(folder, one.package)
    done: dict[str, object] = {}

    def note(name: str, value: object) -> None:
        assert name not in done
        done[name] = value

    with serve(exchange) as server:
        client = getattr(package, f"{flavor}Exchange")(
            **one.credentials,
            base_url=server.url,
            options=package.Options(**options),
        )
        if not flavor:
            with client:
                program.calls(client, note)
        else:

            async def call() -> None:
                async with client:
                    await program.async_calls(client, note)

            asyncio.run(call())
    return done


def paths_of(folder: Path, one: Published) -> Iterator[tuple[str, str]]:
    """Yield the methods of a package, each with the path of its operation."""
    for file in (folder / one.package).glob("[a-z]*.py"):
        for value in vars(load(folder, f"{one.package}.{file.stem}")).values():
            if type(value).__name__ == "Operation":
                yield value.name, value.path
