"""How many deliberate faults of a generated client its generated tests find.

    python -m benchmarks.mutants                   both documents, about ten minutes
    python -m benchmarks.mutants shipped --limit 50

Each mutant is the client with one fault: an operator of `places` applied at one
place. The places of an operator are drawn with a fixed seed, so that two runs judge the
same mutants. A mutant is killed when the generated tests fail; no other test counts.
Prints the share of killed mutants for each operator, and every survivor.

Left out: the modules that only a socket reaches (`_transport`, `_connection`, `_network`,
`_retry` …), which the project's fault suite judges, the standard security schemes where a
client has none, and the wording of messages.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
import time
from collections import Counter
from importlib import import_module
from pathlib import Path

from .explanations import explained
from .judging import is_killed, make
from .places import SEED, mutants
from .source import Mutant

WANTED = 0.95


def run(document: str, limit: int) -> tuple[Counter[str], Counter[str], list[Mutant]]:
    """Judge the mutants of a document."""
    total: Counter[str] = Counter()
    killed: Counter[str] = Counter()
    survivors: list[Mutant] = []
    with tempfile.TemporaryDirectory() as folder:
        output = make(document, Path(folder))
        if is_killed(output, None):
            raise SystemExit(f"{document}: the tests fail without any mutant")
        chosen = mutants(output / "whitebit")
        if limit:
            chosen = random.Random(SEED).sample(chosen, min(limit, len(chosen)))
        begin = time.monotonic()
        for number, mutant in enumerate(chosen, 1):
            total[mutant.operator] += 1
            if is_killed(output, mutant):
                killed[mutant.operator] += 1
            else:
                survivors.append(mutant)
            passed = time.monotonic() - begin
            left = passed / number * (len(chosen) - number)
            line = f"{document}: {number}/{len(chosen)}, {len(survivors)} alive"
            with contextlib.suppress(OSError):
                print(f"\r{line}, {left:.0f} s left   ", end="", file=sys.stderr)
    print(file=sys.stderr)
    return total, killed, survivors


def main() -> int:
    """Print the table, and what survived."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mutants", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("document", nargs="*", default=["shipped", "published"])
    parser.add_argument("--limit", type=int, default=0, help="judge so many only")
    options = parser.parse_args()
    sys.dont_write_bytecode = True  # a file that changes twice a second has no cache
    for name in ("httpx2", "msgspec", "pytest"):
        import_module(name)  # what every child needs is imported once

    worst = 1.0
    for document in options.document:
        total, killed, survivors = run(document, options.limit)
        print(f"\n{document}, seed {SEED}\n{'operator':<20}{'mutants':>8}{'killed':>8}")
        for operator, count in total.items():
            print(f"{operator:<20}{count:>8}{killed[operator]:>8}")
        share = killed.total() / total.total()
        worst = min(worst, share)
        print(f"{'all':<20}{total.total():>8}{killed.total():>8}  {share:.1%}")
        for one in survivors:
            what = f"{one.old.decode()[:60]!r} -> {one.new.decode()[:60]!r}"
            reason = explained(one)
            print(f"  alive: {one.operator} {one.file}:{one.line} {what}: {reason}")
    return 0 if worst >= WANTED else 1


if __name__ == "__main__":
    raise SystemExit(main())
