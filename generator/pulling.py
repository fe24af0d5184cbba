"""An address and a file to what is new there: fetched, compared, as bytes to write."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from .config import Config
from .diagnostics import Diagnostics, InputError
from .diff import Comparison, compare as compare_revisions
from .document.differences import first_difference
from .document.pull import Progress, Pulled, pull
from .document.source import Source, read_source
from .document.yaml_writer import UnwritableError, stable_yaml
from .errors import UsageError, unreadable
from .pipeline import revision_of


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is at an address, beside what the file holds that it is meant for."""

    file: Path  # spec/api.yaml
    before: bytes | None  # None where there is no file
    old: Source | None  # the same as data; None for what can't be read, too
    pulled: Pulled

    @property
    def is_new(self) -> bool:
        """Whether anything differs as data; other bytes for the same data are no news."""
        new = self.pulled.source.data
        return self.old is None or first_difference(self.old.data, new) is not None

    def content(self) -> bytes:
        """Return the bytes to write: as they came, if they are in the file's language."""
        in_json = self.file.suffix.lower() == ".json"
        source = self.pulled.source
        if self.pulled.content is not None and source.is_json == in_json:
            return self.pulled.content
        if in_json:
            text = json.dumps(source.data, indent=2, ensure_ascii=False)
            return f"{text}\n".encode("utf-8", "backslashreplace")
        try:
            return stable_yaml(source.data)
        except UnwritableError as error:
            raise UsageError(
                f"the document can't be written as YAML: {error}",
                "give --spec a name that ends in .json",
            ) from error


def fetch(
    url: str, file: Path, config: Config, diagnostics: Diagnostics, progress: Progress
) -> Fetched:
    """Fetch what is meant for a file. Raises `InputError` if that can't be used."""
    folder = file.resolve().parent
    pulled = pull(url, folder, config.prefer, diagnostics, progress)
    if pulled is None:
        raise InputError(diagnostics)
    before = _read(file)
    old = None
    if before is not None:
        old = read_source(before, str(file), Diagnostics(), folder=folder)
    return Fetched(file, before, old, pulled)


def compare(fetched: Fetched, config: Config) -> Comparison | None:
    """Return what is different now, None where what was there can't be used.

    Raises `InputError` if the new document can't be used.
    """
    new = revision_of(fetched.pulled.source, config, Diagnostics())
    if fetched.old is None:
        return None
    try:
        old = revision_of(fetched.old, config, Diagnostics())
    except InputError:
        return None
    return compare_revisions(old, new)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(file, error) from error
