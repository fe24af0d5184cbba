"""What decoding 100 records with money costs, beside `msgspec.json.decode`.

    python -m benchmarks.client_decode [--rounds 40]

The same bytes, the same struct: by the client's `decode`, which looks at every amount
(finite, of bounded size), and by msgspec alone. Rounds of both take turns, and the
median of the rounds' ratios is printed. Goal: at most 1.1.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "generated"))

from whitebit._decode import decode
from whitebit.models import FlexPlan

GOAL, CALLS, RECORDS = 1.1, 100, 100
PLAN = """{"id": "8f2e9d3c-1a4b-4c2d-9e5f-%012d", "ticker": "USDT",
"minInvestment": "10.%02d", "maxInvestment": "100000.0", "maxRate": "0.1500%d"}"""


def _milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(CALLS):
        work()
    took = time.perf_counter() - wall, time.process_time() - cpu
    return took[0] / CALLS * 1_000, took[1] / CALLS * 1_000


def main() -> int:
    """Measure, print the table, return 1 where the ratio is above the goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    rows = ",".join(PLAN % (n, n, n) for n in range(RECORDS))
    body, kind = f"[{rows}]".encode(), list[FlexPlan]
    decoder = msgspec.json.Decoder(kind)
    noted: list[str] = []

    def ours() -> object:
        return decode(body, kind, lambda field, *_: noted.append(field))

    def theirs() -> object:
        return msgspec.json.decode(body, type=kind)

    def prepared() -> object:
        return decoder.decode(body)

    assert ours() == theirs() == prepared()
    assert not noted
    found = [
        [_milliseconds(work) for work in (theirs, prepared, ours)]
        for _ in range(given.rounds)
    ]
    print(f"ms for {RECORDS} records{'':10}{'wall':>9}{'CPU':>9}")
    for number, name in enumerate(("msgspec", "msgspec, a Decoder", "the client")):
        middle = [
            statistics.median(one[number][kind] for one in found) for kind in (0, 1)
        ]
        print(f"{name:28}{middle[0]:9.4f}{middle[1]:9.4f}")
    ratio = [
        statistics.median(one[2][kind] / one[0][kind] for one in found)
        for kind in (0, 1)
    ]
    print(f"{'client / msgspec':28}{ratio[0]:9.2f}{ratio[1]:9.2f}  (goal: {GOAL})")
    return int(ratio[1] > GOAL)


if __name__ == "__main__":
    sys.exit(main())
