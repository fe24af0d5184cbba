"""What one signed call costs, beside the same call by hand on the same server.

    python -m benchmarks.client_call [--calls 300] [--rounds 7]

By hand: a nonce, `json.dumps`, Base64, `hmac`, `httpx2`, and `msgspec` into the same
struct; no deadline, no watch, no errors, no lock. Once with a connection for each call
(what the client does by default) and once with connections that are kept open
(`Options(reuse_connections=True)`), sync and async, over plain TCP and over TLS. The
server is a process of its own with one answer. Rounds of both take turns, and the
median of the rounds' ratios is printed. Goal: at most 1.15.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import hmac
import json
import ssl
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import httpx2
import msgspec
import trustme

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "generated"))

from whitebit import AsyncWhiteBIT, Options, WhiteBIT
from whitebit.models import FlexPlan

KEY, SECRET = "benchmark-key", "benchmark-secret"
PATH = "/api/v4/main-account/smart-flex/plans"
GOAL = 1.15
PLANS = b"""[
    {"id": "8f2e9d3c-1a4b-4c2d-9e5f-6a7b8c9d0e1f", "ticker": "USDT",
     "minInvestment": "10.0", "maxInvestment": "100000.0", "maxRate": "0.15"},
    {"id": "7e1d8c2b-9a3b-3b1c-8d4e-5a6b7c8d9e0f", "ticker": "BTC",
     "minInvestment": "0.001", "maxInvestment": "10.0", "maxRate": "0.12"}
]"""
SERVER = """
import asyncio, ssl, sys
body = open(sys.argv[1], "rb").read()
head = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\n"
answer = head + b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body

class Answering(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.held = transport, b""

    def data_received(self, data):
        self.held += data
        if self.held.endswith(b"}"):  # the requests of this benchmark end so
            self.held = b""
            self.transport.write(answer)

async def main():
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2])
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answering, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


class Cost(NamedTuple):
    """Milliseconds for one call."""

    wall: float
    cpu: float


class ByHand:
    """The same call without this client."""

    def __init__(self) -> None:
        self._decoder = msgspec.json.Decoder(list[FlexPlan])
        self._last = 0

    def _signed(self) -> tuple[bytes, dict[str, str]]:
        self._last = max(self._last + 1, time.time_ns() // 1_000_000)
        fields = {
            "ticker": "USDT",
            "request": PATH,
            "nonce": self._last,
            "nonceWindow": True,
        }
        content = json.dumps(fields, separators=(",", ":")).encode()
        payload = base64.b64encode(content)
        signature = hmac.new(SECRET.encode(), payload, "sha512").hexdigest()
        return content, {
            "Content-Type": "application/json",
            "X-TXC-APIKEY": KEY,
            "X-TXC-PAYLOAD": payload.decode(),
            "X-TXC-SIGNATURE": signature,
        }

    def call(self, client: httpx2.Client, url: str) -> list[FlexPlan]:
        """Call with httpx2."""
        content, headers = self._signed()
        answer = client.post(url + PATH, content=content, headers=headers)
        answer.raise_for_status()
        return self._decoder.decode(answer.content)

    async def call_async(self, client: httpx2.AsyncClient, url: str) -> list[FlexPlan]:
        """Call with httpx2, async."""
        content, headers = self._signed()
        answer = await client.post(url + PATH, content=content, headers=headers)
        answer.raise_for_status()
        return self._decoder.decode(answer.content)


def _limits(keep: bool) -> httpx2.Limits:
    return httpx2.Limits(max_connections=20, max_keepalive_connections=20 * keep)


def _cost(call: Callable[[], object], calls: int) -> Cost:
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(calls):
        call()
    took = time.perf_counter() - wall, time.process_time() - cpu
    return Cost(*(one / calls * 1_000 for one in took))


async def _async_cost(call: Callable[[], Awaitable[object]], calls: int) -> Cost:
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(calls):
        await call()
    took = time.perf_counter() - wall, time.process_time() - cpu
    return Cost(*(one / calls * 1_000 for one in took))


def measure(url: str, bundle: str, keep: bool, calls: int, rounds: int) -> list[Cost]:
    """Return the cost of a call by hand and of the client's, round by round."""
    found: list[Cost] = []
    trust = ssl.create_default_context(cafile=bundle)
    options = Options(reuse_connections=keep, ca_bundle=bundle)
    given = {"api_key": KEY, "api_secret": SECRET}
    hand = ByHand()
    with (
        httpx2.Client(verify=trust, limits=_limits(keep)) as http,
        WhiteBIT(**given, base_url=url, options=options) as client,
    ):
        assert hand.call(http, url) == client.crypto_lending_flex.get_flex_plans()
        for _ in range(rounds):
            found.append(_cost(lambda: hand.call(http, url), calls))
            found.append(
                _cost(
                    lambda: client.crypto_lending_flex.get_flex_plans(ticker="USDT"),
                    calls,
                )
            )
    return found


async def measure_async(
    url: str, bundle: str, keep: bool, calls: int, rounds: int
) -> list[Cost]:
    """As `measure`, for the async client."""
    found: list[Cost] = []
    trust = ssl.create_default_context(cafile=bundle)
    options = Options(reuse_connections=keep, ca_bundle=bundle)
    given = {"api_key": KEY, "api_secret": SECRET}
    hand = ByHand()
    async with (
        httpx2.AsyncClient(verify=trust, limits=_limits(keep)) as http,
        AsyncWhiteBIT(**given, base_url=url, options=options) as client,
    ):
        flex = client.crypto_lending_flex
        assert await hand.call_async(http, url) == await flex.get_flex_plans()
        for _ in range(rounds):
            found.append(await _async_cost(lambda: hand.call_async(http, url), calls))
            found.append(
                await _async_cost(lambda: flex.get_flex_plans(ticker="USDT"), calls)
            )
    return found


def _row(name: str, found: list[Cost]) -> float:
    hands, ours = found[::2], found[1::2]
    ratios = [
        Cost(our.wall / hand.wall, our.cpu / hand.cpu)
        for hand, our in zip(hands, ours, strict=True)
    ]
    middle = [
        statistics.median(getattr(one, kind) for one in rows)
        for rows in (hands, ours, ratios)
        for kind in ("wall", "cpu")
    ]
    print(
        f"{name:28}{middle[0]:9.3f}{middle[1]:9.3f}{middle[2]:9.3f}{middle[3]:9.3f}"
        f"{middle[4]:9.2f}{middle[5]:9.2f}"
    )
    return middle[4]


def main() -> int:
    """Measure, print the table, return 1 where a ratio is above the goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    print(f"{'':28}{'by hand':>18}{'client':>18}{'ratio':>18}")
    print(f"{'ms for a call':28}" + f"{'wall':>9}{'CPU':>9}" * 3)
    highest = 0.0
    with TemporaryDirectory() as folder:
        answer, bundle, chain = (Path(folder) / n for n in ("answer", "ca", "chain"))
        answer.write_bytes(PLANS)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(bundle))
        authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(
            str(chain)
        )
        for scheme, extra in (("http", []), ("https", [str(chain)])):
            server = subprocess.Popen(
                [sys.executable, "-c", SERVER, str(answer), *extra],
                stdout=subprocess.PIPE,
                text=True,
            )
            try:
                assert server.stdout is not None
                url = f"{scheme}://localhost:{server.stdout.readline().strip()}"
                for keep, name in ((True, "kept open"), (False, "one a call")):
                    about = (url, str(bundle), keep, given.calls, given.rounds)
                    found = measure(*about)
                    highest = max(highest, _row(f"{scheme}, {name}, sync", found))
                    found = asyncio.run(measure_async(*about))
                    highest = max(highest, _row(f"{scheme}, {name}, async", found))
            finally:
                server.terminate()
                server.wait()
    print(f"highest ratio of wall time: {highest:.2f} (goal: {GOAL})")
    return int(highest > GOAL)


if __name__ == "__main__":
    sys.exit(main())
