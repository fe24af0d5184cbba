"""What stands in a file already, where there is one."""

from __future__ import annotations

from pathlib import Path

from ..errors import unreadable


def read_existing(file: Path) -> bytes | None:
    """Return what a file holds, None where there is none.

    Raises `UsageError` for what is there and can't be read.
    """
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(file, error) from error
