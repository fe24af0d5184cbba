"""Names that can travel: a header's and a cookie's have no escapes."""

from __future__ import annotations

import re

_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_COOKIE = re.compile(r'[^\x00-\x20\x7f-\U0010ffff;,="]+')


def can_travel(location: str, name: str) -> bool:
    """Tell whether a parameter or a credential of that name can be sent there."""
    if location == "header":
        return _HEADER.fullmatch(name) is not None
    return location != "cookie" or _COOKIE.fullmatch(name) is not None
