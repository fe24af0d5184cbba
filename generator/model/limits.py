"""The rate limit that a description states in prose: `1000 requests/10 sec.`."""

from __future__ import annotations

import re

from . import ir

# "1000 requests/10 sec.", "200 requests / 10 seconds", "10 requests/60 sec"
_STATED = re.compile(
    r"(?P<calls>\d{1,7})\s*requests?\s*(?:/|per)\s*(?P<seconds>\d{1,5})?\s*"
    r"(?P<unit>sec|second|min|minute|hour)s?\b",
    re.IGNORECASE,
)
_SECONDS = {"sec": 1, "second": 1, "min": 60, "minute": 60, "hour": 3600}


def rate_limit_of(description: str, pointer: str) -> ir.RateLimit | None:
    """Return the limit that a description states first, or None."""
    match = _STATED.search(description)
    if match is None:
        return None
    count = int(match["seconds"] or 1)
    seconds = count * _SECONDS[match["unit"].lower()]
    return ir.RateLimit(pointer, int(match["calls"]), seconds) if seconds else None
