"""Broken and hostile documents through the command line, each against what it must do.

    python -m benchmarks.bad_documents [--corpus FOLDER] [--only NAME]

`expected.csv` beside the documents says for each whether it generates or is refused,
whether that is binding (`firm`), how long it may take (counted in seconds of CPU, so that
other work on the machine changes nothing), and which files would betray that
something of it ran or escaped. Checked for each, binding or not: no traceback, exit code 0
with a package that imports or 2 with nothing written, no such file, nothing beside the
output folder, the time, and at most 1 GB of memory (2 GB for ten thousand operations).

Ends with exit code 1 if a firm one falls short, or any one of those checks does.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

CORPUS = ROOT.parent / "shared" / "corpus" / "bad"
MEGABYTE = 2**20
MOST_MEMORY = 1024 * MEGABYTE
MOST_MEMORY_OF_ALL = 2 * MOST_MEMORY  # what ten thousand operations may take
HANGS = 8  # times the seconds that it may take: no more is to be expected
LARGE = "ten_thousand"
IMPORT_ALL = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
package = importlib.import_module("bad")
for one in pkgutil.iter_modules(package.__path__):
    importlib.import_module(f"bad.{one.name}")
"""


@dataclass(frozen=True)
class Expected:
    """What `expected.csv` says of one document."""

    file: Path
    generates: bool
    firm: bool
    seconds: float
    traces: tuple[str, ...]  # files that must not be there afterwards


@dataclass(frozen=True)
class Seen:
    """What a document did."""

    code: int
    seconds: float
    memory: int  # bytes, at most
    faults: tuple[str, ...]  # of the checks that bind all

    def is_as(self, expected: Expected) -> bool:
        """Whether the document was taken or refused as it should be."""
        return self.code == (0 if expected.generates else 2)


def main() -> int:
    """Go through the documents and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    rows = [
        (expected, judge(expected))
        for expected in _announced(expectations(options.corpus), options.only)
    ]
    firm = [(e, s) for e, s in rows if e.firm]
    held = sum(s.is_as(e) and not s.faults for e, s in firm)
    others = sum(s.is_as(e) for e, s in rows if not e.firm)
    faulty = sum(bool(s.faults) for _, s in rows)
    print(
        f"{held} of {len(firm)} firm ones hold; {others} of {len(rows) - len(firm)} others"
        f" do what is expected of them; {faulty} of {len(rows)} break a rule for all"
    )
    return 0 if held == len(firm) and not faulty else 1


def _announced(found: Iterator[Expected], only: str) -> Iterator[Expected]:
    return (expected for expected in found if only in expected.file.name)


def expectations(corpus: Path) -> Iterator[Expected]:
    """Yield what is expected of each document."""
    with (corpus / "expected.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            traces = f"{row['canary']};{row['forbidden_path']}".split(";")
            yield Expected(
                corpus / row["file"],
                row["expected"] == "generates",
                row["firm"] == "yes",
                float(row["max_seconds"]),
                tuple(one.strip() for one in traces if one.strip()),
            )


def judge(expected: Expected) -> Seen:
    """Run one document, print its row."""
    most = MOST_MEMORY_OF_ALL if LARGE in expected.file.name else MOST_MEMORY
    with tempfile.TemporaryDirectory() as made:
        output = Path(made) / "a" / "b" / "out"
        output.parent.mkdir(parents=True)
        traces = [_absolute(one, output) for one in expected.traces]
        before = _there(traces)
        command = [sys.executable, "-m", "generator", "generate", "--spec"]
        command += [str(expected.file), "--output", str(output), "--package", "bad"]
        code, used, said = _run(command, expected.seconds, Path(made) / "said")
        seconds, memory = used.ru_utime + used.ru_stime, used.ru_maxrss * 1024
        faults = list(_faults(expected, code, said, seconds, memory, most))
        if code == 0:
            faults += _not_importable(output)
        elif output.exists():
            faults.append("wrote something")
        left = _there(traces) - before
        faults += [f"made {file}" for file in sorted(left)]
        beside = [file for file in Path(made).rglob("*") if output not in file.parents]
        known = {output, *output.parents, Path(made) / "said"}
        faults += [f"wrote {one.name} elsewhere" for one in beside if one not in known]
    seen = Seen(code, seconds, memory, tuple(faults))
    print(_row(expected, seen), flush=True)
    return seen


def _there(patterns: list[str]) -> set[str]:
    found: set[str] = set()
    for pattern in map(Path, patterns):
        top = Path(pattern.anchor)
        found.update(str(file) for file in top.glob(str(pattern.relative_to(top))))
    return found


def _absolute(pattern: str, output: Path) -> str:
    return pattern if pattern.startswith("/") else str(output / pattern)


def _run(
    command: list[str], most_seconds: float, log: Path
) -> tuple[int, resource.struct_rusage, str]:
    """Give exit code, usage and what was printed; one that hangs is ended."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            command,
            stdout=said,
            stderr=said,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            preexec_fn=_bounded,
        )
        until = time.monotonic() + HANGS * most_seconds
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > until:
                process.kill()
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
    text = log.read_text(encoding="utf-8", errors="replace")
    return process.returncode, used, text


def _bounded() -> None:
    """Keep a run that goes wrong from taking the machine with it."""
    resource.setrlimit(resource.RLIMIT_AS, (4 * MOST_MEMORY, 4 * MOST_MEMORY))


def _faults(
    expected: Expected, code: int, said: str, seconds: float, memory: int, most: int
) -> Iterator[str]:
    if "Traceback (most recent call last)" in said:
        yield "a traceback"
    if code not in (0, 2):
        yield f"exit code {code}"
    if code == 2 and "error" not in said:
        yield "refused without a word"
    if seconds > expected.seconds:
        yield f"over {expected.seconds:.0f} s"
    if memory > most:
        yield f"over {most // MEGABYTE} MB"


def _not_importable(output: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT_ALL, str(output)],
        cwd=output,
        capture_output=True,
        text=True,
        check=False,
    )
    last = (done.stderr.strip().splitlines() or [""])[-1]
    return [f"does not import: {last}"[:120]] if done.returncode else []


def _row(expected: Expected, seen: Seen) -> str:
    is_right = seen.is_as(expected) and not seen.faults
    mark = "ok  " if is_right else "FAIL" if expected.firm or seen.faults else "else"
    wanted = "generates" if expected.generates else "refused"
    did = {0: "generated", 2: "refused"}.get(seen.code, str(seen.code))
    return (
        f"{mark} {expected.file.name[:44]:44} {'firm' if expected.firm else '':4}"
        f" {wanted:9} {did:9} {seen.seconds:6.1f} s {seen.memory // MEGABYTE:5} MB"
        f"  {'; '.join(seen.faults)}"
    ).rstrip()


if __name__ == "__main__":
    sys.exit(main())
