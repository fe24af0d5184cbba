"""GitHub's document: 13 MB, 1,223 operations, and what a client of it costs to load.

    python -m benchmarks.github [--document FILE] [--work FOLDER]

Without `--document` the npm package `@octokit/openapi` is fetched with `npm pack` into a
cache folder. Prints what `corpus.py` prints of a document, then: seconds of CPU to import
the package against a small one, and for each tag the CPU of its first call, in
milliseconds a schema that the tag's module needs, with bytecode compiled before. Ends with
exit code 1 if an operation can't be called or a type checker objects.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

from tests.support.packages import make_package

from .corpus import Result, judge, line

ROOT = Path(__file__).parents[1]

PACKAGE = "@octokit/openapi@23.0.2"
MEMBER = "package/generated/api.github.com.json"
SMALL = ROOT / "tests" / "cases" / "minimal" / "spec.yaml"
RUNS = 7
MOST_MS = 0.2  # CPU of a first call, a schema
IMPORT = """
import sys, time
sys.path.insert(0, ".")
began = time.process_time()
import {}
print(time.process_time() - began)
"""


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    parser.add_argument("--document", type=Path)
    parser.add_argument("--work", type=Path, default=cache / "openapi-vendor-github")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    document = options.document or fetched(options.work)
    result = judge("github", document, options.work / "client", pyright=False)
    print(line(result), flush=True)
    make_package(SMALL, options.work / "small", "small")
    large = _least(options.work / "client", IMPORT.format("c_github"))
    small = _least(options.work / "small", IMPORT.format("small"))
    print(f"import: {large * 1000:.1f} ms, a small client {small * 1000:.1f} ms")
    within, tags = _first_calls(options.work / "client", result)
    print(f"first call within {MOST_MS} ms of CPU a schema: {within} of {tags} tags")
    return 0 if result.holds and within == tags else 1


def _first_calls(folder: Path, result: Result) -> tuple[int, int]:
    """Print the first call of each tag; tell how many are cheap enough, and of how many."""
    tags = sorted(p.stem.removeprefix("test_") for p in folder.glob("tests/test_*.py"))
    rows: list[tuple[float, int, str]] = []
    script = str(Path(__file__).parent / "first_call.py")
    for tag in tags:
        _printed(folder, script, f"c_{result.name}", tag)  # compiles
        said = _printed(folder, script, f"c_{result.name}", tag)
        seconds, schemas = json.loads(said)
        rows.append((seconds * 1000, schemas, tag))
    rows.sort(key=lambda row: row[1])
    for spent, schemas, tag in rows:
        print(f"  {tag:32} {spent:7.1f} ms for {schemas} schemas")
    within = sum(spent <= MOST_MS * schemas for spent, schemas, _ in rows)
    return within, len(rows)


def fetched(folder: Path) -> Path:
    """Return the document, fetched from the registry that npm is set up for."""
    file = folder / MEMBER
    if not file.exists():
        command = ["npm", "pack", "--silent", PACKAGE]
        done = subprocess.run(
            command, cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(folder / done.stdout.strip().splitlines()[-1]) as archive:
            archive.extract(MEMBER, folder, filter="data")
    return file


def _least(folder: Path, code: str) -> float:
    """Return the least CPU of several runs: what the code itself needs."""
    return min(float(_printed(folder, "-c", code)) for _ in range(RUNS))


def _printed(folder: Path, *command: str) -> str:
    # With bytecode, as after an installation: else every run compiles the package anew.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
