"""A Python file of the project to a signing scheme: `signer = "…"` of the configuration.

The file becomes a module of the client. Here it is run as one, beside the runtime, so
that what it says of itself can be read, and so that the sandbox can ask it. The file is
the project's own code and is trusted as such; what is wrong with it is said with its line.
"""

from __future__ import annotations

import ast
import inspect
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from .diagnostics import Diagnostics, Position, quoted
from .model import ir
from .runtime._operation import UNSET, Draft, Operation
from .runtime._signing import Scheme, fixed_body, full_target
from .signer_model import signer_of

__all__ = ["OwnSigner", "load_signer"]

Verify = Callable[[str, str, Mapping[str, str], bytes, Mapping[str, str]], str]

_RUNTIME = "generator.runtime"
_SETTINGS = ("bool", "int", "str", "float", "str | None", "int | None")
_HELP = "docs/signers.md shows a whole file"
_TEXTS = ("headers", "fills", "credentials")


@dataclass(frozen=True, slots=True)
class OwnSigner:
    """A signing scheme of the project, and what is done with it."""

    signer: ir.Signer
    file: str  # signers/timestamp_hmac.py, as it was named
    content: bytes
    kind: Any  # the class
    verify: Verify | None  # what it says of a request: "" if that is signed rightly

    def apply(
        self, request: tuple[str, str], body: object, credentials: Mapping[str, str]
    ) -> tuple[str, dict[str, str], bytes]:
        """Sign a request (method and target): target, headers and body as they are sent."""
        method, target = request
        path, _, query = target.partition("?")
        operation: Operation[Any] = Operation(
            name="call", method=method, path=path, returns=None
        )
        draft = Draft(operation, "http://127.0.0.1", path)
        draft.query = [_pair(part) for part in query.split("&") if part]
        draft.body = UNSET if body is None else body
        self.kind(**credentials).apply(draft)
        content = fixed_body(draft)
        return full_target(draft), draft.headers, content


def _pair(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name, value


def load_signer(path: str, diagnostics: Diagnostics) -> OwnSigner | None:
    """Run a signer file and return its scheme; None, with the reasons reported."""
    return _Reader(path, diagnostics).read()


class _Reader:
    def __init__(self, path: str, diagnostics: Diagnostics) -> None:
        self._path = path
        self._diagnostics = diagnostics
        self._lines: list[str] = []
        self._found: dict[str, int] = {}  # where each class and function begins

    def read(self) -> OwnSigner | None:
        try:
            content = Path(self._path).read_bytes()
            text = content.decode()
        except (OSError, UnicodeDecodeError) as error:
            return self._fail(f"the signer file can't be read: {error}", 0)
        self._lines = text.splitlines()
        name = Path(self._path).stem
        module_name = f"_{name.lstrip('_')}"
        taken = (Path(__file__).parent / "runtime" / f"{module_name}.py").exists()
        if (
            not name.isidentifier()
            or not name.isascii()
            or taken
            or name.startswith("__")
        ):
            return self._fail(
                f"a module of the client can't be called {quoted(module_name)}",
                0,
                "give the file a name of its own, of letters, digits and underscores",
            )
        try:
            tree = ast.parse(text, self._path)
            module = self._run(compile(tree, self._path, "exec"), module_name)
        except SyntaxError as error:
            message = f"the signer file is no Python: {error.msg}"
            return self._fail(message, error.lineno or 0, column=error.offset or 1)
        except Exception as error:  # noqa: BLE001
            # Whatever the file does, it is the file's fault.
            lines = [
                frame.lineno
                for frame in traceback.extract_tb(error.__traceback__)
                if frame.filename == self._path
            ]
            said = f"{type(error).__name__}: {error}"
            line = next((each for each in reversed(lines) if each), 0)
            return self._fail(f"the signer file can't be run: {said}", line)
        named = (ast.ClassDef, ast.FunctionDef)
        self._found = {n.name: n.lineno for n in tree.body if isinstance(n, named)}
        return self._scheme(module, content)

    def _run(self, code: Any, name: str) -> ModuleType:
        """Run the file as a module of the runtime: its relative imports lead there."""
        module = ModuleType(f"{_RUNTIME}.{name}")
        module.__package__ = _RUNTIME
        module.__file__ = self._path
        sys.modules[module.__name__] = module  # for what looks a class's module up
        exec(code, module.__dict__)
        return module

    def _scheme(self, module: ModuleType, content: bytes) -> OwnSigner | None:
        kinds = [
            kind
            for kind in vars(module).values()
            if isinstance(kind, type)
            and issubclass(kind, Scheme)
            and kind.__module__ == module.__name__
        ]
        if len(kinds) != 1:
            count = "no class" if not kinds else f"{len(kinds)} classes"
            return self._fail(f"the signer file has {count} derived from `Scheme`", 0)
        kind: Any = kinds[0]
        line = self._found.get(kind.__name__, 0)
        problem = _problem(kind)
        if problem:
            return self._fail(f"{quoted(kind.__name__)} {problem}", line)
        verify: Any = getattr(module, "verify", None)
        if verify is not None and not _takes_five(verify):
            return self._fail(
                "`verify` takes method, target, headers, body and credentials",
                self._found.get("verify", 0),
            )
        signer = signer_of(kind, is_own=True)
        return OwnSigner(signer, self._path, content, kind, verify)

    def _fail(
        self, message: str, line: int, help_: str = _HELP, column: int = 1
    ) -> OwnSigner | None:
        """Report what is wrong with the file; there is no scheme then."""
        text = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        start = max(column, len(text) - len(text.lstrip()) + 1)
        place = Position(self._path, line, start, max(start, len(text)) + 1, text)
        self._diagnostics.error("signer-file", message, position=place, help=help_)
        return None


def _problem(kind: Any) -> str:
    """Return what a class lacks of a signing scheme, "" if nothing."""
    name, required = getattr(kind, "name", None), getattr(kind, "required", None)
    if not isinstance(name, str) or not name.isidentifier():
        return "needs a `name`, an identifier: `x-signing` asks for it"
    if not kind.__name__.endswith("Signer"):
        return "needs a name that ends in `Signer`, so that no other class is called so"
    for each in _TEXTS:
        value = getattr(kind, each, None)
        if not isinstance(value, tuple) or not all(isinstance(v, str) for v in value):
            return f"needs `{each}`, a tuple of texts"
    if required not in kind.headers:
        return "needs `required`, the one of its `headers` that tells it from others"
    if not kind.credentials or not all(v.isidentifier() for v in kind.credentials):
        return "needs `credentials`: the names of at least one argument of the client"
    if "apply" not in vars(kind):
        return "has no `apply`, which signs a request"
    return _constructor_problem(kind)


def _constructor_problem(kind: Any) -> str:
    parameters = inspect.signature(kind).parameters
    missing = [each for each in kind.credentials if each not in parameters]
    if missing:
        return f"takes no `{missing[0]}`, which `credentials` names"
    for parameter in parameters.values():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            return f"takes `{parameter.name}` not by keyword only"
        if parameter.name in kind.credentials:
            continue
        written = str(getattr(parameter.annotation, "__name__", parameter.annotation))
        is_plain = isinstance(parameter.default, bool | int | float | str | None)
        if written not in _SETTINGS or not is_plain:
            return (
                f"takes `{parameter.name}`, which the client can't offer: a setting is"
                f" {', '.join(_SETTINGS)}, with a default"
            )
    return ""


def _takes_five(verify: Any) -> bool:
    try:
        inspect.signature(verify).bind("", "", {}, b"", {})
    except (TypeError, ValueError):
        return False
    return True
