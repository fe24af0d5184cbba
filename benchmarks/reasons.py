"""What it costs to name a refusal, and that no body makes the matcher raise.

    python -m benchmarks.reasons ../shared/whitebit/specs/main_api_v4.yaml \
        --overlay spec/overlay-published.yaml --bodies 300000

Generates the client of a document and matches every documented body of every operation
(with its messages seen for the first time, which is the slow case), then random bodies.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.support.packages import make_package
from tests.test_reasons import Matcher, random_body


def main() -> None:
    """Print the median and the 95th percentile, and what random bodies did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("spec", type=Path)
    parser.add_argument("--overlay", action="append", default=[])
    parser.add_argument("--bodies", type=int, default=300_000)
    arguments = parser.parse_args()
    options = [part for overlay in arguments.overlay for part in ("--overlay", overlay)]
    with tempfile.TemporaryDirectory() as folder:
        package = make_package(arguments.spec, Path(folder), "measured", *options)
        matcher = Matcher(package)
        for warm in (True, False):
            matched = sorted(_times(matcher, warm))
            name = "words seen before" if warm else "words seen first"
            print(
                f"{name}: {len(matched)} bodies,"
                f" median {statistics.median(matched):.1f} us,"
                f" 95th percentile {matched[len(matched) * 95 // 100]:.1f} us"
            )
        raised = _fuzz(matcher, arguments.bodies)
    print(f"{arguments.bodies} random bodies: {raised} raised")
    sys.exit(1 if raised else 0)


def _times(matcher: Matcher, warm: bool) -> list[float]:
    found: list[float] = []
    for operation, case in matcher.cases():
        best = float("inf")
        for _ in range(5):
            if not warm:
                matcher.forget()
            start = time.perf_counter()
            matcher.match(operation, case.status, case.body)
            best = min(best, time.perf_counter() - start)
        found.append(best * 1e6)
    return found


def _fuzz(matcher: Matcher, count: int) -> int:
    chosen = random.Random(20260803)
    raised = 0
    for number in range(count):
        operation = chosen.choice(matcher.operations)
        try:
            matcher.match(
                operation, chosen.choice([400, 422, 500]), random_body(chosen)
            )
        except Exception as error:  # counted, whatever it is
            raised += 1
            print(f"{type(error).__name__}: {error}")
        if number and number % 50_000 == 0:
            print(f"  {number} bodies", flush=True)
    return raised


if __name__ == "__main__":
    main()
