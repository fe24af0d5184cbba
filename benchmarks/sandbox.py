"""How soon the sandbox is ready, what it holds, and how many signed calls it serves.

Beside it, under the same load: a bare Starlette application on uvicorn with one route
that checks nothing. Both are processes of their own; the load comes from this one, over
a few connections that are kept open.

    python -m benchmarks.sandbox [--spec FILE --overlay FILE]
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import importlib.util
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]

SECRET = b"test-api-secret"
PATH = "/api/v4/main-account/smart-flex/plans"
CONNECTIONS = 8
REQUESTS = 8_000
BARE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def plans(request):
    await request.body()
    return JSONResponse([{"id": "1", "ticker": "USDT"}])

app = Starlette(routes=[Route(sys.argv[2], plans, methods=["POST"])])
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False)
"""


def signed() -> Callable[[], bytes]:
    """Return what makes the next request: signed, with a nonce of its own.

    The window holds 10,000 nonces of a key and gets 1,000 a second, so the first one is
    near its lower end.
    """
    last = time.time_ns() // 1_000_000 - 4_500

    def make() -> bytes:
        nonlocal last
        last += 1
        body = b'{"request":"%b","nonce":%d,"nonceWindow":true}' % (PATH.encode(), last)
        payload = base64.b64encode(body)
        signature = hmac.digest(SECRET, payload, hashlib.sha512).hex().encode()
        return (
            b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"X-TXC-APIKEY: test-api-key\r\nX-TXC-PAYLOAD: %b\r\n"
            b"X-TXC-SIGNATURE: %b\r\nContent-Length: %d\r\n\r\n%b"
            % (PATH.encode(), payload, signature, len(body), body)
        )

    return make


def load(port: int) -> tuple[float, int]:
    """Send requests; return how many a second were answered, and how many were refused."""
    make, good, bad = signed(), 0, 0
    chooser = selectors.DefaultSelector()
    open_: dict[int, bytes] = {}
    connections = [
        socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)
    ]
    for one in connections:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.sendall(make())
        open_[one.fileno()] = b""
        chooser.register(one, selectors.EVENT_READ, one)
    start = time.monotonic()
    while good + bad < REQUESTS:
        for key, _ in chooser.select(1):
            connection: socket.socket = key.data
            data = open_[key.fd] + connection.recv(65_536)
            head, found, rest = data.partition(b"\r\n\r\n")
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]
            if not found or len(rest) < int(length):
                open_[key.fd] = data
                continue
            open_[key.fd] = b""
            good += head.startswith(b"HTTP/1.1 200")
            bad += not head.startswith(b"HTTP/1.1 200")
            connection.sendall(make())
    for one in connections:
        one.close()
    return good / (time.monotonic() - start), bad


def cpu_seconds(process: int) -> float:
    """Return the CPU that a process has used, of its own and of the kernel's for it."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(process: int) -> float:
    """Return the memory that a process holds."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    resident = next(line for line in lines if line.startswith("VmRSS"))
    return int(resident.split()[1]) / 1024


@contextmanager
def started(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until it is no longer needed."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
    try:
        for _ in range(2_000):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.005)
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
        return port


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--spec", default="spec/main_api_v4.yaml")
    parser.add_argument("--overlay", default="spec/overlay.yaml")
    given = parser.parse_args()
    ready, held, rate = [], 0.0, []
    for _ in range(3):
        port = free_port()
        command = [sys.executable, "-m", "generator", "sandbox", "--port", str(port)]
        command += ["--spec", given.spec, "--overlay", given.overlay]
        with started(command, port) as process:
            ready.append(cpu_seconds(process.pid))
            held = megabytes(process.pid)
            before = cpu_seconds(process.pid)
            answered, bad = load(port)
            assert not bad, f"{bad} of {REQUESTS} were refused"
            rate.append(answered)
            cost = (cpu_seconds(process.pid) - before) / REQUESTS * 1e6
            after = megabytes(process.pid)
    print(f"ready after      {min(ready):.2f} s of CPU (of {len(ready)} starts)")
    print(f"memory           {held:.0f} MB when ready, {after:.0f} MB after the load")
    print(f"signed requests  {max(rate):,.0f} a second, {cost:.0f} us of CPU each")
    if importlib.util.find_spec("uvicorn") is None:
        print("no reference: pip install uvicorn starlette")
        return
    port = free_port()
    with started([sys.executable, "-c", BARE, str(port), PATH], port) as process:
        before = cpu_seconds(process.pid)
        bare = max(load(port)[0] for _ in range(3))
        its_cost = (cpu_seconds(process.pid) - before) / REQUESTS / 3 * 1e6
    parser_used = "httptools" if importlib.util.find_spec("httptools") else "h11"
    print(
        f"bare Starlette   {bare:,.0f} a second, {its_cost:.0f} us of CPU each,"
        f" on uvicorn with {parser_used}"
    )
    print(f"ratio            {max(rate) / bare:.2f} of its requests a second")


if __name__ == "__main__":
    main()
