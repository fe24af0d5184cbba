"""Options: where each comes from and what it is when nobody says.

The command line wins over `[tool.openapi-vendor]` of the nearest `pyproject.toml`, which
wins over the defaults. Paths in the table are relative to its file.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .errors import UsageError
from .ignoring import Ignored, read_entries

TABLE = "openapi-vendor"
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Config:
    """The options of a run."""

    spec: str = ""  # path of the document or its pages, or `-` for standard input
    overlays: tuple[str, ...] = ()  # paths, applied in order
    prefer: tuple[str, ...] = ()  # pages that win where pages disagree, first one first
    output: str = ""  # folder that holds the package, its tests and the lock
    package: str = ""  # import name; empty: from the document's title
    client: str = ""  # class name; empty: from the document's title
    strict: bool = False  # warnings are errors
    lenient: bool = False  # a reference to nothing is untyped, with a warning
    ignore: tuple[Ignored, ...] = ()  # findings of `lint` that are known
    root: Path = Path()  # what names in the lock are relative to

    def shown(self, path: str) -> str:
        """Return a path as the lock and messages name it: the same on every machine."""
        if path == STDIN:
            return "<stdin>"
        try:
            return Path(path).resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return Path(path).name


_KINDS: Mapping[str, type] = {
    "spec": str,
    "overlays": list,
    "prefer": list,
    "output": str,
    "package": str,
    "client": str,
    "strict": bool,
    "lenient": bool,
}


def load_config(file: Path | None) -> Config:
    """Return the configuration of a file, or of the nearest `pyproject.toml`."""
    found = file if file is not None else _nearest(Path.cwd())
    if found is None:
        return Config(root=Path.cwd())
    try:
        text = found.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except FileNotFoundError as error:
        raise UsageError(f"{found} is not there") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{found} can't be read: {error}") from error
    table = dict(data.get("tool", {}).get(TABLE, {}))
    entries = read_entries(table.pop("ignore", []), text, _shown(found))
    return replace(_from_table(found, table), ignore=entries)


def _nearest(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        try:
            if file.is_file() and f"[tool.{TABLE}]" in file.read_text(encoding="utf-8"):
                return file
        except (OSError, UnicodeDecodeError):
            continue
    return None


def _from_table(file: Path, table: Mapping[str, Any]) -> Config:
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in _KINDS:
            close = difflib.get_close_matches(name, _KINDS, 1)
            known = (
                f"did you mean `{close[0]}`?"
                if close
                else f"known: {', '.join(_KINDS)}"
            )
            raise UsageError(f"{file}: [tool.{TABLE}] has no option `{key}`", known)
        if not isinstance(value, _KINDS[name]):
            kind = {str: "text", list: "a list of texts", bool: "true or false"}
            raise UsageError(f"{file}: `{key}` should be {kind[_KINDS[name]]}")
        values[name] = value
    for name in ("spec", "output"):
        if values.get(name):
            values[name] = _beside(file, values[name])
    for name in ("overlays", "prefer"):
        entries = values.get(name, [])
        if not all(isinstance(entry, str) for entry in entries):
            raise UsageError(f"{file}: `{name}` should be a list of texts")
        values[name] = tuple(entries)
    values["overlays"] = tuple(_beside(file, entry) for entry in values["overlays"])
    return Config(**values, root=file.parent)


def _beside(file: Path, path: str) -> str:
    return _shown(file.parent / path)


def _shown(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def merge(
    config: Config,
    *,
    spec: str | None,
    overlays: Sequence[str],
    output: str | None,
    package: str | None,
    client: str | None,
    strict: bool,
    lenient: bool,
    prefer: Sequence[str] = (),
) -> Config:
    """Return the configuration with the command line's options over it.

    Another document than the configured one takes nothing from the table that belongs to
    the configured one: no overlay, no preferred page, no names, no output folder.
    """
    if spec is not None and (spec == STDIN or not _same_file(spec, config.spec)):
        config = Config(root=config.root, strict=config.strict, lenient=config.lenient)
    return replace(
        config,
        spec=spec or config.spec,
        overlays=tuple(overlays) or config.overlays,
        prefer=tuple(prefer) or config.prefer,
        output=output or config.output,
        package=package or config.package,
        client=client or config.client,
        strict=strict or config.strict,
        lenient=lenient or config.lenient,
    )


def _same_file(one: str, other: str) -> bool:
    return bool(other) and Path(one).resolve() == Path(other).resolve()
