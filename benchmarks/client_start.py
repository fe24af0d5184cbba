"""What the client costs before it is of use: importing, constructing, the first call.

    python -m benchmarks.client_start [--rounds 11]

Each program is run in a process of its own, in turns with the others, and the cost of
`python -c pass` is taken off. "first call" is one signed call over TLS to a server that
is a process of its own. Goals: importing the package and constructing a client at most
1.25 times `import httpx2, msgspec` and an `httpx2.Client()`; a first call at most 15 ms
of CPU beyond importing and constructing, with the same certificates to trust. The same
first call by hand stands beside it.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme

from .client_call import PLANS, SERVER

GENERATED = Path(__file__).resolve().parents[1] / "generated"
MOST, MOST_BEYOND = 1.25, 15.0
HAND = "import httpx2, msgspec; client = httpx2.Client()"
OURS = "import whitebit; client = whitebit.WhiteBIT(api_key='k', api_secret='s')"
HAND_CALL = """
import base64, hmac, json, ssl, sys, time
import httpx2, msgspec
class Plan(msgspec.Struct):
    id: str
path = "/api/v4/main-account/smart-flex/plans"
trust = ssl.create_default_context(cafile=sys.argv[2])
with httpx2.Client(verify=trust) as client:
    fields = {"request": path, "nonce": time.time_ns() // 10**6, "nonceWindow": True}
    content = json.dumps(fields).encode()
    payload = base64.b64encode(content)
    headers = {
        "Content-Type": "application/json",
        "X-TXC-APIKEY": "k",
        "X-TXC-PAYLOAD": payload.decode(),
        "X-TXC-SIGNATURE": hmac.new(b"s", payload, "sha512").hexdigest(),
    }
    answer = client.post(sys.argv[1] + path, content=content, headers=headers)
    print(msgspec.json.decode(answer.content, type=list[Plan])[0].id)
"""
OUR_CLIENT = """
import sys
import whitebit
options = whitebit.Options(ca_bundle=sys.argv[2])
given = {"api_key": "k", "api_secret": "s", "base_url": sys.argv[1]}
client = whitebit.WhiteBIT(**given, options=options)
"""
OUR_CALL = f"""{OUR_CLIENT}
with client:
    print(client.crypto_lending_flex.get_flex_plans()[0].id)
"""
PROGRAMS = {
    "python -c pass": "pass",
    "httpx2, msgspec, Client()": HAND,
    "package, client": OURS,
    "package, client, one tag": f"{OURS}; client.main_account",
    "first call by hand": HAND_CALL,
    "client for the call": OUR_CLIENT,
    "client and first call": OUR_CALL,
}


def _environment(cache: Path) -> dict[str, str]:
    """Return one in which compiled modules are kept, in a folder of the benchmark."""
    own = {"PYTHONPATH": str(GENERATED), "PYTHONPYCACHEPREFIX": str(cache)}
    given = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return given | own


def _run(env: dict[str, str], code: str, *arguments: str) -> tuple[float, float]:
    """Return the milliseconds that a program takes: wall and CPU."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        cwd=GENERATED,
        stdout=subprocess.DEVNULL,
        env=env,
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall * 1_000, cpu * 1_000


def main() -> int:
    """Measure, print the table, return 1 where a figure is above its goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=11)
    given = parser.parse_args()
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in PROGRAMS}
    with TemporaryDirectory() as folder:
        env = _environment(Path(folder) / "pyc")
        answer, bundle, chain = (Path(folder) / n for n in ("answer", "ca", "chain"))
        answer.write_bytes(PLANS)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(bundle))
        authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(
            str(chain)
        )
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(answer), str(chain)],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stdout is not None
            url = f"https://localhost:{server.stdout.readline().strip()}"
            for number in range(given.rounds + 1):
                for name, code in PROGRAMS.items():
                    cost = _run(env, code, url, str(bundle))
                    if number:  # the first round fills caches
                        found[name].append(cost)
        finally:
            server.terminate()
            server.wait()
    bare = found.pop("python -c pass")
    middle = {
        name: [
            statistics.median(o[n] - b[n] for o, b in zip(costs, bare, strict=True))
            for n in (0, 1)
        ]
        for name, costs in found.items()
    }
    print(f"{'ms beyond python -c pass':28}{'wall':>9}{'CPU':>9}")
    for name, (wall, cpu) in middle.items():
        print(f"{name:28}{wall:9.1f}{cpu:9.1f}")
    ratios = [
        middle["package, client"][n] / middle["httpx2, msgspec, Client()"][n]
        for n in (0, 1)
    ]
    tag = middle["package, client, one tag"][1] - middle["package, client"][1]
    first = middle["client and first call"][1]
    beyond = first - middle["client for the call"][1]
    by_hand = first - middle["first call by hand"][1]
    print(f"{'package / libraries':28}{ratios[0]:9.2f}{ratios[1]:9.2f}  (goal: {MOST})")
    print(f"{'one tag, beyond package':28}{'':9}{tag:9.1f}")
    print(f"{'first call, beyond client':28}{'':9}{beyond:9.1f}  (goal: {MOST_BEYOND})")
    print(f"{'all in all, beyond by hand':28}{'':9}{by_hand:9.1f}")
    return int(ratios[1] > MOST or beyond > MOST_BEYOND)


if __name__ == "__main__":
    sys.exit(main())
