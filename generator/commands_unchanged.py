"""`generate` when nothing changed: what was said last time is said again.

Comes before everything else, so it imports next to nothing. What it can't answer for
certain is left to `cli`; there `remember` keeps the answer for the next time.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from .output import stamp

if TYPE_CHECKING:
    from .config import Config
    from .output.plan import Plan
    from .pipeline import Generated
    from .report import Report

_STARTED = time.time_ns()
_HERE = os.path.dirname(os.path.abspath(__file__))
_VALUES = ("--spec", "--overlay", "--output", "--package", "--client", "--config")
_FLAGS = ("--strict", "--lenient", "--force")
_SHOWN = ("--quiet", "--verbose", "--no-color")
_SHORT = {"-q": "--quiet", "-v": "--verbose"}
_CHECKS = ("--check", "--diff")
# What is written depends on their versions.
_LIBRARIES = (
    *("black", "click", "jinja2", "jsonpath_rfc9535", "markupsafe", "msgspec"),
    *("openapi_pydantic", "platformdirs", "pydantic", "pydantic_core", "yaml"),
)


def answer(arguments: list[str]) -> None:
    """Say what was said last time, and end, if all is as it was.

    Returns if there is anything to do, or anything that isn't certain.
    """
    key = _key(arguments)
    if key is None:
        return
    try:
        said = stamp.load(key)["check" if _is_check(arguments) else "generate"]
    except (stamp.Changed, KeyError):
        return
    sys.stderr.write(said[1])
    sys.stderr.flush()
    sys.stdout.write(said[0])
    sys.stdout.flush()
    raise SystemExit(0)


def _key(arguments: list[str]) -> list[str] | None:
    """Return all of the command line and of its surroundings that counts; None: unsure."""
    if not arguments or arguments[0] != "generate":
        return None
    key: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name in (*_VALUES, "--format"):
            value = value if equals else next(rest, "-")
            if value.startswith("-"):
                return None  # standard input, or a slip
            key += [name, value]
        elif argument in (*_FLAGS, *_SHOWN) or argument in _SHORT:
            key.append(_SHORT.get(argument, argument))
        elif argument not in _CHECKS:
            return None
    for stream in (sys.stdout, sys.stderr):
        if stream.encoding.lower() not in ("utf-8", "utf8"):
            return None
        key.append("terminal" if stream.isatty() else "file")
    key += [os.environ.get(name, "") for name in ("NO_COLOR", "FORCE_COLOR")]
    where = [os.getcwd(), _HERE, sys.executable, sys.version]
    return [*key, *where, *sys.path]


def _is_check(arguments: list[str]) -> bool:
    return any(argument in _CHECKS for argument in arguments)


def remember(report: Report, config: Config, made: Generated, plan: Plan) -> None:
    """Keep what `generate` says from now on, as long as nothing changes.

    `plan` was carried out. What can't be watched is not kept: standard input, a folder or
    an index of pages as document, templates of the project's own, and files that are
    missing and tolerated.
    """
    key = _key(sys.argv[1:])
    found = made.compiled.diagnostics
    sources = made.compiled.sources
    if (
        key is None
        or os.path.isdir(config.spec)
        or os.path.basename(config.spec).lower() == "llms.txt"
        or config.templates
        or (config.lenient and found)
        or any(source.folder is None for source in sources)
    ):
        return
    files: dict[str, bytes | None] = dict.fromkeys(_own_files())
    present: dict[str, bool] = {
        f"{_HERE}/templates": os.path.isdir(f"{_HERE}/templates")
    }
    for path in _configurations(key):
        present[path] = os.path.exists(path)
        if present[path]:
            files[path] = None
    for source in sources:
        files[source.name] = source.text.encode()
    if made.compiled.own is not None:
        files[made.compiled.own.file] = made.compiled.own.content
    for path, content in made.files.items():
        files[str(plan.folder / path)] = content
    for path in made.once:
        present[os.path.abspath(plan.folder / path)] = True
    said = {
        way: _said(report, config, made, plan, way) for way in ("check", "generate")
    }
    folders = [f"{_HERE}/runtime", f"{_HERE}/harness"]
    stamp.store(key, said, files, present, folders, _STARTED)


def _own_files() -> list[str]:
    """Return the files of the generator, and one of each library that it uses."""
    from importlib.util import find_spec

    from .pipeline import templates_folder

    found = [spec.origin for spec in map(find_spec, _LIBRARIES) if spec is not None]
    for top in (_HERE, str(templates_folder())):
        for folder, _, names in os.walk(top):
            if not folder.endswith("__pycache__"):
                found += [os.path.join(folder, name) for name in names]
    return [path for path in found if path is not None]


def _configurations(key: list[str]) -> list[str]:
    """Return every file that could hold the configuration, there or not."""
    folder = os.getcwd()
    found = [key[at + 1] for at, name in enumerate(key) if name == "--config"]
    while True:
        found.append(os.path.join(folder, "pyproject.toml"))
        above = os.path.dirname(folder)
        if above == folder:
            return [os.path.abspath(path) for path in found]
        folder = above


def _said(
    report: Report, config: Config, made: Generated, plan: Plan, way: str
) -> list[str]:
    """Return what is printed when nothing has to be done: standard output and error."""
    from contextlib import redirect_stderr, redirect_stdout, suppress
    from io import StringIO

    from .output.plan import Change, Plan, State

    class Recorded(StringIO):
        def __init__(self, is_terminal: bool) -> None:
            super().__init__()
            self._is_terminal = is_terminal

        def isatty(self) -> bool:
            return self._is_terminal

    changes = sorted(made.files.items())
    done = Plan(
        plan.folder,
        tuple(Change(path, State.UNCHANGED, text, text) for path, text in changes),
    )
    operations = len(made.compiled.api.operations)
    out, error = Recorded(sys.stdout.isatty()), Recorded(sys.stderr.isatty())
    with redirect_stdout(out), redirect_stderr(error), suppress(SystemExit):
        report.reading(config)
        report.found(made.compiled.diagnostics)
        if way == "check":
            report.compared(done, operations, False)
        report.writing(config)
        report.wrote(done, config, operations)
        report.undecided(made.floats)
    return [out.getvalue(), error.getvalue()]
