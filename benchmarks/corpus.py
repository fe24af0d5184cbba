"""Real documents that nobody here wrote: what becomes of each one, counted.

    python -m benchmarks.corpus [--corpus FOLDER] [--only NAME] [--fresh] [--no-pyright]

For each document of the corpus: does it generate (the one with broken references with
`--lenient`), does every module import, what do `mypy --strict` and `pyright` (strict)
report, do the generated tests pass, and how many operations of the *raw* document were
called. A call counts if a program written from the signatures, which both type checkers
judge too, makes a request whose method and path are those of the operation; requests stay
in this process. What a document's own operations are is read without the generator.

Results are kept beside the output (`--work`), so that an interrupted run goes on where it
stopped; `--fresh` forgets them. Ends with exit code 1 if one document falls short.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostics, InputError
from generator.document.source import load
from tests.support.command import run
from tests.support.packages import make_program

ROOT = Path(__file__).parents[1]

CORPUS = ROOT.parent / "shared" / "corpus" / "dev"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SECONDS = 900
CALLER = Path(__file__).parent / "call_all.py"


@dataclass
class Result:
    """What became of one document."""

    name: str
    generates: str = ""  # yes, lenient, or why not
    operations: int = 0  # of the raw document
    warnings: int = 0
    imports: str = ""  # yes, or what was raised
    mypy: int = -1
    pyright: int = -1
    tests: str = ""  # 120 passed
    called: int = 0  # operations of the raw document that a program reached
    missing: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether nothing falls short."""
        return (
            self.generates in ("yes", "lenient")
            and self.imports == "yes"
            and self.mypy == 0
            and self.pyright <= 0
            and self.tests.endswith("passed")
            and self.called == self.operations
        )


def main() -> int:
    """Go through the corpus and print the table."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    results: list[Result] = []
    for name, file in documents(options.corpus):
        if options.only and options.only not in name:
            continue
        kept = options.work / f"{name}.json"
        if kept.exists() and not options.fresh:
            result = Result(**json.loads(kept.read_text()))
        else:
            result = judge(name, file, options.work / name, pyright=options.pyright)
            kept.write_text(json.dumps(asdict(result)))
        results.append(result)
        print(line(result), flush=True)
    print(totals(results))
    return 0 if all(result.holds for result in results) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--only", default="")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--no-pyright", dest="pyright", action="store_false")
    parser.add_argument(
        "--work", type=Path, default=Path(tempfile.gettempdir()) / "openapi-corpus"
    )
    return parser.parse_args()


def documents(corpus: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and file of each document."""
    with (corpus / "manifest.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            entry = row["entry"]
            yield re.sub(r"\W+", "_", entry).strip("_").lower(), corpus / entry


def judge(name: str, file: Path, folder: Path, *, pyright: bool = True) -> Result:
    """Generate a client of a document and look at it from all sides."""
    began = time.monotonic()
    result = Result(name)
    wanted = raw_operations(file)
    result.operations = wanted.total()
    package = f"c_{name}"
    for option in ((), ("--lenient",)):
        done = run(
            "generate",
            *("--spec", file, "--output", folder, "--package", package),
            *("--client", "Exchange", "--force", "--format", "json"),
            *option,
        )
        report = _report(done.stdout)
        if done.returncode == 0:
            result.generates = "lenient" if option else "yes"
            break
    else:
        result.generates = f"no: {report or done.stderr[-200:]}"
        return result
    result.warnings = len(report.get("diagnostics", ()))
    program = make_program(folder / package, 'base_url="https://nowhere.example"')
    result.imports, reached, why = _called(folder, package)
    missing = wanted - reached
    result.called = (wanted & reached).total()
    result.missing = tuple(f"{m} {p}" for m, p in missing)[:5] + tuple(why[:5])
    result.mypy = _count(
        [sys.executable, "-m", "mypy", "--strict", package, program.name],
        folder,
        r": error:",
    )
    if pyright:
        result.pyright = _pyright(folder, package, program)
    tests = _command(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        folder,
    )
    tail = [one for one in tests.stdout.splitlines() if one.strip()]
    result.tests = _summary(tests.returncode, tail)
    result.seconds = round(time.monotonic() - began, 1)
    return result


def _report(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:
        return {}
    return found


def raw_operations(file: Path) -> Counter[tuple[str, str]]:
    """Count the operations of a document by method and path, read as plain data."""
    data = _data(file)
    found: Counter[tuple[str, str]] = Counter()
    for path, item in (data.get("paths") or {}).items():
        for method in METHODS:
            if isinstance(_item(data, file, item).get(method), dict):
                found[method.upper(), str(path)] += 1
    return found


def _data(file: Path) -> dict[str, Any]:
    try:
        source = load(file, Diagnostics())
    except InputError:
        return {}
    data: Any = source.data if source is not None else {}
    return data if isinstance(data, dict) else {}


def _item(data: dict[str, Any], file: Path, item: Any) -> dict[str, Any]:
    """Follow the reference of a path item, inside the document or into a file."""
    for _ in range(8):
        if not isinstance(item, dict) or "$ref" not in item:
            break
        name, _, pointer = str(item["$ref"]).partition("#")
        found: Any = _data(file.parent / name) if name else data
        for token in pointer.split("/")[1:]:
            key = token.replace("~1", "/").replace("~0", "~")
            found = found.get(key, {}) if isinstance(found, dict) else {}
        item = found
    return item if isinstance(item, dict) else {}


def _called(
    folder: Path, package: str
) -> tuple[str, Counter[tuple[str, str]], list[str]]:
    """Call everything in a process of its own; give what was reached."""
    done = _command([sys.executable, str(CALLER), package], folder)
    try:
        said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        return last[:120], Counter(), []
    reached = Counter((method, path) for method, path in said["reached"])
    return "yes", reached, said["failed"]


def _pyright(folder: Path, package: str, program: Path) -> int:
    # The program calls deprecated operations as well: it's right that pyright says so.
    config = {
        "include": [package, program.name],
        "typeCheckingMode": "strict",
        "reportDeprecated": False,
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(config))
    done = _command(["pyright", "--pythonpath", sys.executable, "--outputjson"], folder)
    return int(_report(done.stdout).get("summary", {}).get("errorCount", -2))


def _count(command: list[str], folder: Path, pattern: str) -> int:
    done = _command(command, folder)
    found = len(re.findall(pattern, done.stdout))
    return found if found or done.returncode == 0 else -2


def _command(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": ""}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', '')}"
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, -1, "", f"over {SECONDS} s")


def _summary(code: int, tail: list[str]) -> str:
    dots = sum(one.count(".") for one in tail if re.fullmatch(r"[.sFE]+ +\[.*", one))
    if code == 0:
        return f"{dots} passed"
    if code == 5:
        return "0 passed"  # a document without operations
    return (tail or ["no answer"])[-1][:60]


def line(result: Result) -> str:
    """Return a row of the table."""
    mark = "ok  " if result.holds else "FAIL"
    row = (
        f"{mark} {result.name[:52]:52} {result.generates[:12]:8}"
        f" {result.called:4}/{result.operations:<4} imports {result.imports[:40]:4}"
        f" mypy {result.mypy:3} pyright {result.pyright:3} {result.tests:14}"
        f" {result.warnings:3} warnings {result.seconds:6.1f} s"
    )
    return "\n".join([row, *(f"       {one}" for one in result.missing)])


def totals(results: list[Result]) -> str:
    """Return the last line."""
    count = len(results)
    generated = sum(r.generates in ("yes", "lenient") for r in results)
    return (
        f"{generated} of {count} generate, {sum(r.imports == 'yes' for r in results)}"
        f" import, {sum(r.mypy == 0 for r in results)} without a mypy finding,"
        f" {sum(r.pyright == 0 for r in results)} without a pyright finding,"
        f" {sum(r.tests.endswith('passed') for r in results)} pass their tests;"
        f" {sum(r.called for r in results)} of"
        f" {sum(r.operations for r in results)} operations called;"
        f" {sum(r.holds for r in results)} of {count} hold"
    )


if __name__ == "__main__":
    sys.exit(main())
