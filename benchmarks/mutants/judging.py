"""The generated tests on a client with one fault, in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .source import Mutant

ROOT = Path(__file__).parents[2]

SPECS = ROOT.parent / "shared" / "whitebit" / "specs"


def make(document: str, folder: Path) -> Path:
    """Give a copy of a generated output, the tests beside the package."""
    output = folder / document
    if document == "shipped":
        shutil.copytree(
            ROOT / "generated", output, ignore=shutil.ignore_patterns("__pycache__")
        )
        return output
    command = [sys.executable, "-m", "generator", "generate", "--quiet"]
    command += ["--spec", str(SPECS / "main_api_v4.yaml"), "--output", str(output)]
    command += ["--overlay", str(ROOT / "spec" / "overlay-published.yaml")]
    command += ["--package", "whitebit", "--client", "WhiteBIT"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return output


def is_killed(output: Path, mutant: Mutant | None) -> bool:
    """Run the generated tests on a mutant, in a process of its own."""
    if mutant is None:
        return _fails(output, [str(output / "tests")])
    file = output / "whitebit" / mutant.file
    whole = file.read_bytes()
    try:
        file.write_bytes(whole[: mutant.start] + mutant.new + whole[mutant.end :])
        own = output / "tests" / f"test_{mutant.file}"
        # The tests of the tag itself first: they are the likely ones.
        return (own.exists() and _fails(output, [str(own)])) or _fails(
            output, [str(output / "tests")]
        )
    finally:
        file.write_bytes(whole)


def _fails(output: Path, paths: list[str]) -> bool:
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        return os.waitstatus_to_exitcode(status) != 0
    code = 2
    try:  # the child: whatever happens, it ends here
        import pytest

        os.chdir(output)
        signal_after(120)
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
            options = ["-x", "-q", "-p", "no:cacheprovider", "--tb=no"]
            options += ["-p", "no:randomly", "-p", "no:hypothesispytest"]
            code = int(pytest.main([*options, "-c", os.devnull, *paths]))
    finally:
        os._exit(code)


def signal_after(seconds: int) -> None:
    """End this process when a mutant hangs: that is a kill too."""
    import signal

    signal.alarm(seconds)
