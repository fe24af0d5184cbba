# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The mark of an operation that the document calls deprecated.

Editors and type checkers know `typing_extensions.deprecated` without the package being
installed. At run time the mark is an attribute and no warning: a program that is run
with `-W error` must not stop at a call that it made yesterday.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typing_extensions

    Deprecated = typing_extensions.deprecated
else:

    class Deprecated:
        def __init__(self, message, *, category):
            self._message = message

        def __call__(self, method):
            method.__deprecated__ = self._message
            return method


__all__ = ["Deprecated"]
