"""Runs of a program, measured: wall time, processor time and peak memory, interleaved.

Every program has its bytecode compiled, as after an installation, and two cores.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
FETCHED = CACHE / "openapi-vendor-benchmarks"
PEER = "openapi-python-client==0.29.*"
PACK = "@octokit/openapi@23.0.2"


@dataclass(frozen=True, slots=True)
class Figure:
    """What one run took."""

    wall: float  # seconds
    cpu: float  # seconds, of all its processes
    memory: float  # megabytes, of its largest process


@dataclass(frozen=True, slots=True)
class Program:
    """Something to run, and what has to be done before each run."""

    command: list[str]
    prepare: Callable[[], object] = lambda: None


def generator(
    *arguments: str | Path, cache: Path, prepare: Callable[[], object] = lambda: None
) -> Program:
    """Return a run of this generator with a cache folder of its own."""
    command = ["env", f"XDG_CACHE_HOME={cache}", sys.executable, "-m", "generator"]
    return Program([*command, "generate", *map(str, arguments)], prepare)


def black(folder: Path, cache: Path) -> Program:
    """Return a run of black over a folder, in one process and without its cache."""
    command = [sys.executable, "-m", "black", "--quiet", "--workers", "1", str(folder)]
    return Program(["env", f"BLACK_CACHE_DIR={cache}", *command], forget(cache))


def forget(*folders: Path) -> Callable[[], object]:
    """Return what removes some folders."""

    def remove() -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    return remove


def peer(spec: Path, output: Path) -> Program:
    """Return a run of openapi-python-client, with ruff, fetched when it is missing."""
    folder = FETCHED / "peer"
    if not (folder / "bin" / "ruff").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "-qq"]
        subprocess.run([*pip, PEER, "ruff"], check=True)
    path = f"PATH={folder / 'bin'}:{os.environ['PATH']}"
    command = ["env", path, str(folder / "bin" / "openapi-python-client"), "generate"]
    arguments = ["--path", str(spec), "--output-path", str(output), "--overwrite"]
    return Program([*command, *arguments], forget(output))


def github() -> Path:
    """Return GitHub's document, fetched when it is missing."""
    document = FETCHED / "package" / "generated" / "api.github.com.json"
    if not document.exists():
        FETCHED.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", PACK], cwd=FETCHED, check=True)
        (archive,) = FETCHED.glob("octokit-openapi-*.tgz")
        name = document.relative_to(FETCHED)
        subprocess.run(["tar", "xzf", archive, name], cwd=FETCHED, check=True)
    return document


def measure(program: Program) -> Figure:
    """Run a program once."""
    program.prepare()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment["PYTHONPYCACHEPREFIX"] = str(FETCHED / "bytecode")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        program.command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: files differ
        raise SystemExit(f"exit code {process.returncode}: {program.command}")
    return Figure(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(programs: Mapping[str, Program], runs: int) -> dict[str, Figure]:
    """Return the medians of several runs of each program, one after the other in turn."""
    for program in programs.values():
        measure(program)  # bytecode, and files in the page cache
    found: dict[str, list[Figure]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, program in programs.items():
            found[name].append(measure(program))
    return {
        name: Figure(
            statistics.median(figure.wall for figure in figures),
            statistics.median(figure.cpu for figure in figures),
            statistics.median(figure.memory for figure in figures),
        )
        for name, figures in found.items()
    }
