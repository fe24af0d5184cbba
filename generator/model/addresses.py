"""Which addresses of servers a client can call: what its `check_base_url` takes."""

from __future__ import annotations

import re

_PATH = (
    r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~%-]*)*"  # a segment of dots leads elsewhere
)
_URL = re.compile(
    rf"(https?)://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{{1,5}})?{_PATH}"
)
_RELATIVE = re.compile(rf"(?![^/]*:|/{{2}})/?[A-Za-z0-9._~%-]*{_PATH}")
_LOOPBACK = re.compile(r"localhost|127(?:\.[0-9]{1,3}){3}|\[::1\]")


def is_absolute(url: str) -> bool:
    """Tell whether it is the address of a host, with or without a path."""
    return _URL.fullmatch(url) is not None


def is_relative(url: str) -> bool:
    """Tell whether it is a path on the host of the document."""
    return _RELATIVE.fullmatch(url) is not None


def is_usable(url: str) -> bool:
    """Tell whether a client may call it: plain http is for this machine alone."""
    match = _URL.fullmatch(url)
    if match is None:
        return False
    return match[1] == "https" or _LOOPBACK.fullmatch(match[2]) is not None
