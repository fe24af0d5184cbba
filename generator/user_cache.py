"""The user's cache: files that may vanish at any time, each written whole or not at all.

Imported by the quick answer, so standard library only, and little of it.
"""

from __future__ import annotations

import os
from contextlib import suppress


def cache_path(*names: str) -> str:
    """Return where something is kept, whether or not it is there."""
    from platformdirs import user_cache_dir

    return os.path.join(user_cache_dir("openapi-vendor"), *names)


def keep(path: str, content: bytes) -> None:
    """Write a file whole or not at all; a cache that can't be written is none."""
    import tempfile

    folder = os.path.dirname(path)
    with suppress(OSError):
        os.makedirs(folder, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
            os.replace(name, path)
        except OSError:
            with suppress(OSError):
                os.unlink(name)
            raise
