"""JSONPath (RFC 9535) by a library, with one kind of error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathEnvironment

_T = TypeVar("_T")

Location = tuple[int | str, ...]  # ("tags", 0, "name")
Query = Callable[[object], Sequence[tuple[Location, object]]]


class PathError(Exception):
    """The path is wrong, or can't be applied; the message says why."""


def compile_path(text: str) -> Query:
    """Turn a path into a function from data to matches."""
    compiled = _guard(lambda: _environment().compile(text))

    def find(data: object) -> list[tuple[Location, object]]:
        return [
            (match.location, match.value)
            for match in compiled.finditer(cast("Any", data))
        ]

    return lambda data: _guard(lambda: find(data))


def _environment() -> JSONPathEnvironment:
    # Imported here because few runs need it and it brings a regex engine along.
    from jsonpath_rfc9535 import JSONPathEnvironment

    environment = JSONPathEnvironment()
    # The library stops at 100 levels, and legal documents are deeper.
    environment.max_recursion_depth = 400
    return environment


def _guard(work: Callable[[], _T]) -> _T:
    from jsonpath_rfc9535 import JSONPathError

    try:
        return work()
    except RecursionError:
        raise PathError("it is nested too deeply") from None
    except (JSONPathError, ValueError, TypeError, LookupError) as error:
        words = str(error).split("\n", 1)[0]
        raise PathError(words or type(error).__name__) from None
