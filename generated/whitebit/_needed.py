# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What is said where a library that this package needs is not installed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

__all__ = ["needed"]


@contextmanager
def needed() -> Generator[None, None, None]:
    """Import something; where it is missing, say what is to be installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise ImportError(
            f"{__package__} needs {error.name}, which is not installed: "
            "pip install httpx2 msgspec",
            name=error.name,
        ) from error
