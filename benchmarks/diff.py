"""How long a comparison of two revisions takes, without rendering anything.

    python -m benchmarks.diff spec/main_api_v4.yaml spec/main_api_v4.yaml
    python -m benchmarks.diff OLD NEW --overlay spec/overlay-published.yaml --runs 5

Prints the median of several runs, and its ratio to reading the two documents alone.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

from generator import pipeline
from generator.config import Config
from generator.diagnostics import Diagnostics
from generator.document.source import load


def main() -> None:
    """Print two lines: reading, and the whole comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--overlay", action="append", default=[])
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    configs = [
        Config(spec=spec, overlays=tuple(arguments.overlay), client="Exchange")
        for spec in (arguments.old, arguments.new)
    ]

    def read() -> None:
        for config in configs:
            load(config.spec, Diagnostics())

    alone = median(read, arguments.runs)
    whole = median(lambda: pipeline.compare(*configs), arguments.runs)
    print(f"reading both    {alone:6.3f} s")
    print(f"comparing them  {whole:6.3f} s, {whole / alone:.1f} times as long")


def median(run: Callable[[], object], runs: int) -> float:
    """Return the median of the processor time of some runs, in seconds."""
    times: list[float] = []
    for _ in range(runs):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
