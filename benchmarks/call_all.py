"""Calls every operation of a generated package, and says which requests were made.

    python call_all.py PACKAGE       (in the folder of the package and of its program)

Used by `corpus.py`, in a process of its own. Each call is answered in this process with
418, so every call that gets as far as a request ends in an `ApiError`. Prints one line of
JSON: the operation of each call whose one request left, and what was raised by the
others. Calls sync and async; only what both reached counts.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import pkgutil
import re
import sys
from pathlib import Path
from typing import Any

import httpx2

PACKAGE = sys.argv[1]
sys.path.insert(0, str(Path.cwd()))
LEFT: list[str] = []
FAILED: list[str] = []


class Wall(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Answers everything, and lets nothing out."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer the client."""
        LEFT.append(request.method)
        return httpx2.Response(418, content=b"{}")

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer the async client."""
        return self.handle_request(request)

    def close(self) -> None:
        """Nothing is kept open."""

    async def aclose(self) -> None:
        """Nothing is kept open."""


class Counted:
    """Stands for a client; notes for each call whether exactly one request left."""

    def __init__(
        self, inner: Any, errors: Any, reached: set[str], path: str = ""
    ) -> None:
        self._inner = inner
        self._errors = errors
        self._reached = reached
        self._path = path

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        path = f"{self._path}.{name}".lstrip(".")
        if not inspect.ismethod(found):
            return Counted(found, self._errors, self._reached, path)
        if inspect.iscoroutinefunction(found):
            return lambda **given: self._awaited(found, path, given)
        return lambda **given: self._called(found, path, given)

    def _called(self, method: Any, path: str, given: dict[str, Any]) -> None:
        LEFT.clear()
        try:
            method(**given)
        except Exception as error:
            self._note(path, error)

    async def _awaited(self, method: Any, path: str, given: dict[str, Any]) -> None:
        LEFT.clear()
        try:
            await method(**given)
        except Exception as error:
            self._note(path, error)

    def _note(self, path: str, error: Exception) -> None:
        if len(LEFT) == 1 and isinstance(error, self._errors.ApiError):
            self._reached.add(path)
        else:
            FAILED.append(f"{path}: {type(error).__name__}: {error}"[:200])


def main() -> None:
    """Import everything, call everything, print what was reached."""
    package: Any = importlib.import_module(PACKAGE)
    for one in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{PACKAGE}.{one.name}")
    program: Any = importlib.import_module(f"program_{PACKAGE}")
    both: list[set[str]] = [set(), set()]
    with _made(package, "") as client:
        program.calls(Counted(client, package.errors, both[0]), lambda *_: None)

    async def call_all() -> None:
        async with _made(package, "Async") as client:
            counted = Counted(client, package.errors, both[1])
            await program.async_calls(counted, lambda *_: None)

    asyncio.run(call_all())
    operations = _operations()
    reached = [operations[path] for path in sorted(both[0] & both[1])]
    failed = FAILED + [f"{p}: only sync or async" for p in sorted(both[0] ^ both[1])]
    print(json.dumps({"reached": reached, "failed": failed}))


def _made(package: Any, prefix: str) -> Any:
    kind = getattr(package, f"{prefix}Exchange")
    parameters = inspect.signature(kind).parameters
    given = {
        name: "credential"
        for name, parameter in parameters.items()
        if parameter.default is None and parameter.annotation == "str | None"
    }
    options = package.Options(transport=Wall(), retries=0)
    return kind(**given, base_url="https://nowhere.example", options=options)


def _operations() -> dict[str, tuple[str, str]]:
    """Give method and path of every call, as the index of operations lists them."""
    found: dict[str, tuple[str, str]] = {}
    for line in Path("API.md").read_text(encoding="utf-8").splitlines():
        row = re.fullmatch(r"\| `([\w.]+)\(.*?\)` \| `(\w+) (.*)` \|", line)
        if row:
            path = row[3].replace("\\|", "|").replace("&lt;", "<")
            found[row[1]] = (row[2], path)
    return found


if __name__ == "__main__":
    main()
