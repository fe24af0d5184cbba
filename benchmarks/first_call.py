"""The CPU of the first call of one tag, and how many schemas its answer is made of.

    python first_call.py PACKAGE TAG       (in the folder of the package and its program)

Used by `github.py`, in a process of its own for each tag: whatever is imported or built on
first use is paid for here. Prints seconds of CPU and the number of schemas as JSON.
"""

from __future__ import annotations

import ast
import importlib
import json
import sys
import time
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import httpx2
import msgspec

PACKAGE, TAG = sys.argv[1:3]
sys.path.insert(0, str(Path.cwd()))


class Wall(httpx2.BaseTransport):
    """Answers everything, and lets nothing out."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer the client."""
        return httpx2.Response(200, content=b"[]")


def main() -> None:
    """Make the call and print what it took."""
    package: Any = importlib.import_module(PACKAGE)
    options = package.Options(transport=Wall(), retries=0)
    client = package.Exchange(base_url="https://nowhere.example", options=options)
    program = ast.parse(Path(f"program_{PACKAGE}.py").read_text(encoding="utf-8"))
    call = next(
        ast.unparse(node)
        for node in ast.walk(program)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith(f"client.{TAG}.")
    )
    began = time.process_time()
    module: Any = importlib.import_module(f"{PACKAGE}.{TAG}")
    names = {f"{TAG}_types": module, "client": client}
    for name in ("datetime", "uuid", "decimal", f"{PACKAGE}.models"):
        if name.rpartition(".")[2] in call.lower():
            names |= _imported(name)
    # The answer need not be a documented one: what it takes to look at it counts.
    with suppress(package.errors.ClientError):
        eval(call, names)
    spent = time.process_time() - began
    found: set[Any] = set()
    for one in vars(module).values():
        if type(one).__name__ == "Operation":
            _collect(one.returns, found)
    print(json.dumps([spent, len(found)]))


def _imported(name: str) -> dict[str, Any]:
    """Give what a program of `tests/support/every_call.py` calls a module."""
    module = importlib.import_module(name)
    short = name.rpartition(".")[2]
    return {short: module, f"{short}_types": module, "Decimal": Decimal}


def _collect(kind: Any, found: set[Any]) -> None:
    """Collect the classes that a type is made of."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if kind not in found:
            found.add(kind)
            for field in msgspec.structs.fields(kind):
                _collect(field.type, found)
        return
    for inner in (*get_args(kind), *getattr(kind, "options", ())):
        _collect(inner, found)


if __name__ == "__main__":
    main()
