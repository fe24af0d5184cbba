"""A package without the libraries that it needs: what is said, and when."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.command import ROOT

WITHOUT = """
import sys
sys.modules[{!r}] = None  # as if it were not installed
try:
    import whitebit
    print("imported")
    whitebit.{}()
except ImportError as error:
    print(error)
    print(error.name, type(error.__cause__).__name__)
"""


def said_without(library: str, client: str = "WhiteBIT") -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(library, client)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "generated")},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def needs(library: str) -> list[str]:
    return [
        f"whitebit needs {library}, which is not installed: pip install httpx2 msgspec",
        f"{library} ModuleNotFoundError",
    ]


def test_msgspec_is_needed_to_import_it() -> None:
    assert said_without("msgspec") == needs("msgspec")


@pytest.mark.parametrize("library", ["httpx2", "httpcore2"])
@pytest.mark.parametrize("client", ["WhiteBIT", "AsyncWhiteBIT"])
def test_the_http_library_is_needed_to_make_a_client(library: str, client: str) -> None:
    assert said_without(library, client) == ["imported", *needs(library)]
