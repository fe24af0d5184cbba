"""Options: where each comes from and what it is when nobody says.

The command line wins over `[tool.openapi-vendor]` of the nearest `pyproject.toml`, which
wins over the defaults. Paths in the table are relative to its file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .errors import UsageError, unreadable
from .ignoring import Ignored, with_positions
from .options import option, read_table

FILE = "pyproject.toml"
TABLE = "openapi-vendor"
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Config:
    """The options of a run; `docs/schemas/config.json` and the option table come of it."""

    spec: str = option(
        "The OpenAPI document, YAML or JSON, or its pages.", "", is_path=True
    )
    overlays: tuple[str, ...] = option(
        "Overlay files, laid over the document in this order.", (), is_path=True
    )
    prefer: tuple[str, ...] = option(
        "Pages that win where pages of the document disagree, the first one first.", ()
    )
    output: str = option(
        "The folder that holds the package, its tests, API.md and spec.lock.",
        "",
        is_path=True,
    )
    package: str = option(
        "The import name of the client; empty: after the document's title.", ""
    )
    client: str = option(
        "The name of the client class; empty: after the document's title.", ""
    )
    signer: str = option(
        "A Python file with a signing scheme of your own (docs/signers.md).",
        "",
        is_path=True,
    )
    templates: str = option(
        "A folder with templates of your own, which win over the built-in ones of the"
        " same name; what templates receive changes without notice.",
        "",
        is_path=True,
    )
    strict: bool = option("Take warnings for errors.", False)
    lenient: bool = option(
        "Take a reference to nothing for untyped, with a warning.", False
    )
    ignore: tuple[Ignored, ...] = option("Findings of `lint` that are known.", ())
    root: Path = Path()  # what names in the lock are relative to

    def shown(self, path: str) -> str:
        """Return a path as the lock and messages name it: the same on every machine."""
        if path == STDIN:
            return "<stdin>"
        try:
            return Path(path).resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return Path(path).name


def load_config(file: Path | None) -> Config:
    """Return the configuration of a file, or of the nearest `pyproject.toml`."""
    found = file if file is not None else nearest_file(Path.cwd())
    if found is None:
        return Config(root=Path.cwd())
    try:
        text = found.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except FileNotFoundError as error:
        help_ = "name a file that is there with --config"
        raise UsageError(f"{found} is not there", help_) from error
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(found, error) from error
    except tomllib.TOMLDecodeError as error:
        help_ = "mend it, or name another file with --config"
        raise UsageError(f"{found} can't be read: {error}", help_) from error
    table = table_of(data)
    config = read_table(
        Config,
        {} if table is None else table,
        f"{found}: [tool.{TABLE}]",
        lambda path: _beside(found, path),
        root=found.parent,
    )
    return replace(config, ignore=with_positions(config.ignore, text, _shown(found)))


def table_of(data: Mapping[str, object]) -> object | None:
    """Return the table of the options in a `pyproject.toml`, None if it has none."""
    tools = data.get("tool")
    return tools.get(TABLE) if isinstance(tools, dict) else None


def nearest_file(start: Path) -> Path | None:
    """Return the file that options are read from: in a folder, or the next one above."""
    for folder in (start, *start.parents):
        file = folder / FILE
        try:
            if file.is_file() and _is_configured(file.read_text(encoding="utf-8")):
                return file
        except (OSError, UnicodeDecodeError):
            continue
    return None


def _is_configured(text: str) -> bool:
    if TABLE not in text:  # nearly every other file above, and parsing takes a while
        return False
    try:
        return table_of(tomllib.loads(text)) is not None
    except tomllib.TOMLDecodeError:
        return f"[tool.{TABLE}]" in text  # to be complained about


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
    the configured one: no overlay, no preferred page, no names, no signer, no output.
    """
    if spec is not None and (spec == STDIN or not _same_file(spec, config.spec)):
        config = Config(
            templates=config.templates,
            strict=config.strict,
            lenient=config.lenient,
            root=config.root,
        )
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
