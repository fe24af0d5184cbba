"""Names as they travel, and which of them can't."""

from __future__ import annotations

import re

# A header and a cookie have no escapes.
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_COOKIE = re.compile(r'[^\x00-\x20\x7f-\U0010ffff;,="]+')


def can_travel(location: str, name: str) -> bool:
    """Tell whether a parameter or a credential of that name can be sent there."""
    if location == "header":
        return _HEADER.fullmatch(name) is not None
    return location != "cookie" or _COOKIE.fullmatch(name) is not None


def is_readable(name: str) -> bool:
    """Tell whether msgspec takes it as the wire name of a field."""
    return min(name, default=" ") >= " " and not set(name) & set('\\"')
