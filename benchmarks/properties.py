"""Random documents made from the grammar of OpenAPI: generated, imported, type-checked.

    python -m benchmarks.properties [--examples N] [--typed N]

Each is legal, so each has to end in a package whose modules all import, or in one of the
few refusals that a legal document may meet. `mypy --strict` then judges the last ones.
Ends with exit code 1 and the smallest document that shows a fault, or with the findings.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Verbosity, given, settings

from tests.support.grammar import Data, documents
from tests.test_grammar import generated, import_all


def main() -> int:
    """Make documents until there are enough, and print how they ended."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--examples", type=int, default=500)
    parser.add_argument("--typed", type=int, default=30)
    options = parser.parse_args()
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)

        @settings(
            max_examples=options.examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
        )
        @given(documents())
        def each(document: Data) -> None:
            number = ends.total()
            own = folder / str(number % options.typed)
            own.mkdir(exist_ok=True)
            (own / "spec.json").write_text(json.dumps(document), encoding="utf-8")
            is_made = generated(document, own, f"grown{number}")
            if is_made:
                import_all(own, f"grown{number}")
            ends["generated" if is_made else "refused"] += 1
            if number % 50 == 49:
                print(f"{number + 1} of {options.examples}", flush=True)

        each()
        findings = [
            line
            for own in sorted(folder.iterdir())
            for line in _findings(own)
            if ": error:" in line
        ]
    print("\n".join(findings[:20]))
    print(
        f"{ends['generated']} generated and imported, {ends['refused']} refused;"
        f" {len(findings)} mypy findings in the last of {options.typed} folders"
    )
    return 1 if findings else 0


def _findings(folder: Path) -> list[str]:
    """Return what mypy says of the newest package of a folder."""
    packages = sorted(folder.glob("grown*"), key=lambda p: int(p.name[5:]))
    if not packages:
        return []
    command = [sys.executable, "-m", "mypy", "--strict", packages[-1].name]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    found = done.stdout.splitlines()
    return found if done.returncode in (0, 1) else [f"{folder}: error: {done.stderr}"]


if __name__ == "__main__":
    sys.exit(main())
