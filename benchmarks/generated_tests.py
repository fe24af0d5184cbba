"""The generated tests of many documents, run as a user would: a table, a line a document.

    python -m benchmarks.generated_tests ../shared/whitebit/revisions \
        --overlay spec/overlay-published.yaml

Generates every document of the folders into a temporary folder and runs its tests there.
Exits with 1 if a document that can be read has a failing test.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print a line a document and the sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--overlay", action="append", default=[])
    parser.add_argument("--lenient", action="store_true")
    arguments = parser.parse_args()
    specs = [
        file
        for folder in arguments.folders
        for file in (sorted(folder.iterdir()) if folder.is_dir() else [folder])
        if file.suffix in (".yaml", ".json") and file.name != "truth.json"
    ]
    options = [part for overlay in arguments.overlay for part in ("--overlay", overlay)]
    options += ["--lenient"] if arguments.lenient else []
    failed = passed = 0
    with ThreadPoolExecutor(2) as pool, tempfile.TemporaryDirectory() as folder:
        results = pool.map(lambda spec: judge(spec, Path(folder), options), specs)
        for spec, (text, tests, ok) in zip(specs, results, strict=True):
            passed += tests
            failed += not ok
            print(f"{spec.name:48} {text}", flush=True)
    print(f"{len(specs)} documents, {passed} tests passed, {failed} documents failed")
    sys.exit(1 if failed else 0)


def judge(spec: Path, folder: Path, options: list[str]) -> tuple[str, int, bool]:
    """Return what to print, how many tests passed and whether all is well."""
    output = folder / re.sub(r"\W", "_", spec.stem)
    command = [sys.executable, "-m", "generator", "generate", "--spec", str(spec)]
    made = _run([*command, "--output", str(output), *options], ROOT)
    if made.returncode:
        first = (made.stderr.splitlines() or ["no message"])[0]
        return f"not generated: {first.rsplit('/', 1)[-1]}", 0, made.returncode == 2
    done = _run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], output
    )
    last = (done.stdout.strip().splitlines() or ["nothing printed"])[-1]
    found = re.search(r"(\d+) passed", last)
    # 5: a document without operations has no tests.
    return last, int(found[1]) if found else 0, done.returncode in (0, 5)


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )


if __name__ == "__main__":
    main()
