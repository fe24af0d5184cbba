"""A method and a path to the operation that they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

from ..model import ir

__all__ = ["Match", "Routes"]

_PLACE = re.compile(r"\{([^{}/]*)\}")


@dataclass(frozen=True, slots=True)
class Match:
    """What a request line leads to."""

    operation: ir.Operation | None  # None: no operation, see `allowed`
    values: Mapping[str, str] = field(default_factory=dict[str, str])  # of the path
    allowed: tuple[str, ...] = ()  # methods that the path knows


class Routes:
    """The paths of a document, those that say most before those that fit most."""

    def __init__(self, api: ir.Api) -> None:
        self._exact: dict[str, dict[str, ir.Operation]] = {}
        self._patterns: list[tuple[re.Pattern[str], dict[str, ir.Operation]]] = []
        self._prefixes = sorted(_prefixes(api), key=len, reverse=True)
        by_path: dict[str, dict[str, ir.Operation]] = {}
        for operation in api.operations:
            # What stands behind a # tells operations of one path apart, no more.
            path = operation.path.partition("#")[0]
            by_path.setdefault(path, {}).setdefault(operation.method, operation)
        for path, methods in sorted(by_path.items(), key=lambda one: _openness(one[0])):
            if "{" in path:
                self._patterns.append((_pattern(path), methods))
            else:
                self._exact[quote(path, safe="/%!$&'()*+,;=:@")] = methods

    def match(self, method: str, path: str) -> Match:
        """Find an operation; the path may begin as a server's address does."""
        found = self._match(method, path)
        for prefix in self._prefixes:
            is_lost = found.operation is None and not found.allowed
            if is_lost and path.startswith(f"{prefix}/"):
                found = self._match(method, path[len(prefix) :])
        return found

    def _match(self, method: str, path: str) -> Match:
        methods = self._exact.get(path)
        if methods is not None:
            return Match(methods.get(method), allowed=tuple(methods))
        allowed: dict[str, None] = {}
        for pattern, known in self._patterns:
            hit = pattern.fullmatch(path)
            if hit is None:
                continue
            if method in known:
                names = _PLACE.findall(known[method].path.partition("#")[0])
                values = dict(zip(names, map(unquote, hit.groups()), strict=True))
                return Match(known[method], values, tuple(known))
            allowed |= dict.fromkeys(known)
        return Match(None, allowed=tuple(allowed))


def _openness(path: str) -> tuple[list[bool], int]:
    """Return what is small for a path of words and large for one of places."""
    words = "".join(_PLACE.split(path)[::2])
    return ["{" in segment for segment in path.split("/")], -len(words)


def _pattern(path: str) -> re.Pattern[str]:
    parts = _PLACE.split(path)
    text = [re.escape(part) for part in parts[::2]]
    return re.compile("([^/]+)".join(text))


def _prefixes(api: ir.Api) -> set[str]:
    servers = [*api.servers, *(s for o in api.operations for s in o.servers)]
    paths = {urlsplit(server.url).path.rstrip("/") for server in servers}
    return paths - {""}
