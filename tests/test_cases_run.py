"""Every package that `cases` expects: it type-checks, and each operation can be called."""

from __future__ import annotations

import asyncio
import inspect
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest

from tests.support.command import ROOT
from tests.support.every_call import read_package
from tests.support.packages import load, make_program

CASES = Path(__file__).parent / "cases"
RUNTIME = ROOT / "generator" / "runtime"
NAMES = sorted(
    file.parents[2].name for file in CASES.glob("*/expected/client/client.py")
)
BASE_URL = "https://nowhere.example"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder with the package of every case, its runtime and its program."""
    made = tmp_path_factory.mktemp("cases")
    for name in NAMES:
        package = made / f"case_{name}"
        shutil.copytree(CASES / name / "expected" / "client", package)
        for file in RUNTIME.glob("*.py"):
            if file.name != "__init__.py":
                shutil.copy(file, package)
        (package / "py.typed").touch()
        make_program(package, f'base_url="{BASE_URL}"')
    return made


def test_all_type_check(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.11", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


class Called:
    """A case whose operations are called; every request is answered with one text."""

    def __init__(self, folder: Path, name: str, answer: str) -> None:
        self.package = load(folder, f"case_{name}")
        self.program = load(folder, f"program_case_{name}")
        methods = read_package(folder / f"case_{name}").methods
        self.expected = sorted(m.name for m in methods if not m.is_pages)
        self.done: list[str] = []
        self.sent: list[httpx2.Request] = []
        self._answer = answer

    def client(self, prefix: str) -> Any:
        """Make a client that has every credential and sends to this object."""
        names = [n for n in self.package.__all__ if isinstance(n, str)]
        made = next(
            getattr(self.package, n)
            for n in names
            if n.startswith("Async") is bool(prefix)
            and hasattr(getattr(self.package, n), "from_env")
        )
        wanted = inspect.signature(made).parameters.values()
        secrets = {p.name: "secret" for p in wanted if p.annotation == "str | None"}
        options = self.package.Options(transport=httpx2.MockTransport(self._take))
        return made(**secrets, base_url=BASE_URL, options=options)

    def _take(self, request: httpx2.Request) -> httpx2.Response:
        self.sent.append(request)
        return httpx2.Response(200, text=self._answer)

    def check(self) -> None:
        """Every operation was called, and each call reached the transport once."""
        assert sorted(self.done) == self.expected
        assert len(self.sent) == len(self.expected)


class Tolerant:
    """A client whose methods return None where they raise an error of their own."""

    def __init__(self, inner: Any, errors: ModuleType) -> None:
        self._inner = inner
        self._errors = errors

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if not inspect.ismethod(found):
            return Tolerant(found, self._errors)
        if inspect.iscoroutinefunction(found):
            return lambda **given: self._awaited(found, given)
        return lambda **given: self._called(found, given)

    def _called(self, method: Any, given: dict[str, Any]) -> Any:
        with self._tolerated():
            return method(**given)

    async def _awaited(self, method: Any, given: dict[str, Any]) -> Any:
        with self._tolerated():
            return await method(**given)

    @contextmanager
    def _tolerated(self) -> Iterator[None]:
        try:
            yield
        except self._errors.ConfigurationError:
            raise  # nothing was sent
        except self._errors.ClientError:
            pass  # the answer is not the documented one


@pytest.mark.parametrize("answer", ["{}", "[]"])
@pytest.mark.parametrize("name", NAMES)
def test_every_operation_can_be_called(folder: Path, name: str, answer: str) -> None:
    called = Called(folder, name, answer)
    with called.client("") as client:
        tolerant = Tolerant(client, called.package.errors)
        called.program.calls(tolerant, lambda name, _: called.done.append(name))
    called.check()


@pytest.mark.parametrize("name", NAMES)
def test_every_operation_can_be_called_async(folder: Path, name: str) -> None:
    called = Called(folder, name, "{}")

    async def call_all() -> None:
        async with called.client("Async") as client:
            tolerant = Tolerant(client, called.package.errors)
            await called.program.async_calls(
                tolerant, lambda name, _: called.done.append(name)
            )

    asyncio.run(call_all())
    called.check()
