"""`spec.lock`: what was generated from what, and the hash of each file as written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import UsageError, unreadable

NAME = "spec.lock"


@dataclass(frozen=True, slots=True)
class Lock:
    """What the last run wrote, and from what."""

    generator: str = ""  # 0.1.0
    inputs: Mapping[str, str] = field(
        default_factory=dict[str, str]
    )  # spec/overlay.yaml: sha256
    options: Mapping[str, Any] = field(
        default_factory=dict[str, Any]
    )  # package: whitebit
    files: Mapping[str, str] = field(
        default_factory=dict[str, str]
    )  # whitebit/codes.py: sha256

    def text(self) -> str:
        """Return the lock as text: one line a file, sorted, so that merges are easy."""
        data = {
            "generator": self.generator,
            "inputs": dict(self.inputs),
            "options": dict(self.options),
            "files": dict(sorted(self.files.items())),
        }
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def read_lock(folder: Path) -> Lock | None:
    """Return the lock of an output folder, None if there is none.

    Raises `UsageError` for a lock that can't be read: without it nobody knows which
    files were edited by hand.
    """
    file = folder / NAME
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(file, error) from error
    if "<<<<<<<" in text and ">>>>>>>" in text:
        raise UsageError(
            f"{file} holds merge conflicts",
            "take either side (`git checkout --theirs` or `--ours`) and generate again:"
            " the lock is written anew",
        )
    try:
        data = json.loads(text)
        return Lock(
            str(data["generator"]),
            dict(data["inputs"]),
            dict(data["options"]),
            {str(name): str(value) for name, value in data["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{file} is damaged: {error or type(error).__name__}",
            "restore it from version control, or delete it and generate with --force",
        ) from error
