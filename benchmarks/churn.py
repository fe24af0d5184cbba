"""How much of a vendored client changes from one revision of its document to the next.

    python -m benchmarks.churn ../shared/whitebit/revisions \\
        --overlay spec/overlay-published.yaml

Generates every revision that parses, in the order of their names, and counts the files of
the output that differ from the revision before and the lines that a reviewer sees in their
diffs (added and removed). `spec.lock` changes with every revision and is counted apart.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Mapping
from pathlib import Path

from generator.config import Config
from generator.diagnostics import InputError
from generator.model import operations
from generator.pipeline import generate

PARTS = {"client": "client/", "index": "API.md", "generated tests": "tests/"}


def main() -> None:
    """Print a line a transition and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--overlay", action="append", default=[])
    parser.add_argument(
        "--without-reasons",
        action="store_true",
        help="leave out what refusals add: their enums, cases and docstrings",
    )
    arguments = parser.parse_args()
    if arguments.without_reasons:
        vars(operations)["error_cases"] = lambda *_: ()
    before: Mapping[str, bytes] | None = None
    files = lines = 0
    by_file: dict[str, int] = {}
    touched: list[str] = []  # a file once for each transition that changes it
    for spec in sorted(arguments.folder.glob("*.yaml")):
        config = Config(
            spec=str(spec),
            overlays=tuple(arguments.overlay),
            output="out",
            package="client",
            client="Exchange",
        )
        try:
            after = generate(config).files
        except InputError as error:
            print(f"{spec.stem:24} left out: {error}")
            continue
        if before is not None:
            changed = compare(before, after)
            files += len(changed)
            lines += sum(changed.values())
            touched += changed
            for name, count in changed.items():
                by_file[name] = by_file.get(name, 0) + count
            print(
                f"{spec.stem:24} {len(changed):3} files {sum(changed.values()):5} lines"
            )
        before = after
        sys.stdout.flush()
    print(f"{'sum':24} {files:3} files {lines:5} lines")
    for part, starts in PARTS.items():
        own = [n for n in touched if n.startswith(starts)]
        count = sum(by_file[n] for n in set(own))
        print(f"  {part:22} {len(own):3} files {count:5} lines")
    for name, count in sorted(by_file.items(), key=lambda item: -item[1])[:12]:
        print(f"  {name:40} {count:5} lines")


def compare(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, int]:
    """Return the files that differ, the lock apart, each with its changed lines."""
    changed: dict[str, int] = {}
    for name in sorted(set(before) | set(after)):
        old, new = before.get(name, b""), after.get(name, b"")
        if old != new and not name.endswith("spec.lock"):
            diff = difflib.unified_diff(
                old.decode().splitlines(), new.decode().splitlines(), lineterm="", n=0
            )
            changed[name] = sum(
                line[0] in "+-" and line[:3] not in ("+++", "---") for line in diff
            )
    return changed


if __name__ == "__main__":
    main()
