"""Names that an overlay gives (`x-name`): taken as they stand, or refused with a place.

A name that begins with a capital is that of a class, any other that of a method, an
argument, a field or a group: a property may be both a field and a class.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...diagnostics import Diagnostics, quoted
from .. import names

__all__ = ["OwnNames"]


class OwnNames:
    """What `x-name` says, and whether anything asked for it."""

    def __init__(self, given: Mapping[str, Any], diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self._given: dict[str, str] = {
            p: n for p, n in given.items() if self._is_name(p, n)
        }
        self._used: set[str] = set()

    def of(self, pointer: str, *, is_class: bool = False) -> str:
        """Return the name that is given to an element, "" if none is."""
        name = self._given.get(pointer, "")
        if not name or name[0].isupper() is not is_class:
            return ""
        self._used.add(pointer)
        return name

    def check(self, pointer: str, chosen: str, *, is_class: bool = False) -> None:
        """Report a given name that an element could not have."""
        name = self.of(pointer, is_class=is_class)
        if name and name != chosen:
            self._diagnostics.error(
                "name-taken",
                f"{quoted(name)} is the name of something else here",
                at=f"{pointer}/x-name",
                help="choose another one, or rename the other one by `x-name` too",
            )

    def finish(self) -> None:
        """Report the names that nothing asked for."""
        for pointer, name in self._given.items():
            if pointer not in self._used:
                kind = (
                    "class" if name[0].isupper() else "method, argument, field or tag"
                )
                self._diagnostics.warning(
                    "unused-name",
                    f"the client has no {kind} here that could be called {quoted(name)}",
                    at=f"{pointer}/x-name",
                    help="a name with a capital in front is a class's, any other one isn't;"
                    " it belongs on an operation, parameter, property, schema or tag",
                )

    def _is_name(self, pointer: str, name: Any) -> bool:
        is_good = (
            isinstance(name, str)
            and bool(names.exact(name))
            and names.keyword_safe(name) == name
            and not name.startswith("_")
        )
        if not is_good:
            self._diagnostics.error(
                "wrong-name",
                f"{quoted(name)} can't be a name in Python",
                at=f"{pointer}/x-name",
                help="give an identifier that is no keyword and begins with a letter",
            )
        return is_good
