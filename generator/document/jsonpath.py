"""JSONPath (RFC 9535) by a library, with one kind of error.

Nearly every path of an overlay only names keys, or operations by operationId. Such a path
is walked here, with the same result: the library costs 50 ms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .plain import is_list, is_mapping

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathEnvironment

_T = TypeVar("_T")

Location = tuple[int | str, ...]  # ("tags", 0, "name")
Query = Callable[[object], Sequence[tuple[Location, object]]]
_Match = tuple[Location, object]

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
# What stands between quotes has no quote of either kind and nothing to escape.
_QUOTED = r"'[^'\"\\\x00-\x1f\ud800-\udfff]*'"
_NAMES = rf"{_QUOTED}(?:, {_QUOTED})*"
_COMPARED = rf"@\.{_NAME} == {_QUOTED}"
_SEGMENT = re.compile(
    rf"[ \n]*(?:\.({_NAME})|\[({_NAMES})\]|(\.\*|\[\*\])"
    rf"|\[\?({_COMPARED}(?: \|\| {_COMPARED})*)\]|\[(0|[1-9][0-9]{{0,5}})\])"
)
_SIMPLE = re.compile(rf"\$(?:{_SEGMENT.pattern})*")
_PART = re.compile(r"(?:@\.(\w+) == )?'([^']*)'")  # of what stands in brackets


class PathError(Exception):
    """The path is wrong, or can't be applied; the message says why."""


def compile_path(text: str) -> Query:
    """Turn a path into a function from data to matches."""
    if _SIMPLE.fullmatch(text):
        return lambda data: _walk(text, data)
    compiled = _guard(lambda: _environment().compile(text))

    def find(data: object) -> list[tuple[Location, object]]:
        return [
            (match.location, match.value)
            for match in compiled.finditer(cast("Any", data))
        ]

    return lambda data: _guard(lambda: find(data))


def _walk(text: str, data: object) -> list[_Match]:
    """Return what a path leads to that consists of names, `*` and one comparison."""
    found: list[_Match] = [((), data)]
    for segment in _SEGMENT.finditer(text):
        name, quoted, every, compared, index = segment.groups()
        if every or compared:
            wanted = _PART.findall(compared or "")
            found = [
                ((*place, step), inner)
                for place, value in found
                for step, inner in _inner(value)
                if every or _is_one(inner, wanted)
            ]
        elif index:
            at = int(index)
            found = [
                ((*place, at), value[at])
                for place, value in found
                if is_list(value) and at < len(value)
            ]
        else:
            keys = [name] if name else [text for _, text in _PART.findall(quoted)]
            found = [
                ((*place, key), value[key])
                for place, value in found
                if is_mapping(value)
                for key in keys
                if key in value
            ]
    return found


def _is_one(value: object, wanted: Sequence[tuple[str, str]]) -> bool:
    """Tell whether one of some keys has the text that is wanted of it."""
    return is_mapping(value) and any(value.get(key) == text for key, text in wanted)


def _inner(value: object) -> Iterable[tuple[int | str, object]]:
    if is_mapping(value):
        return value.items()
    return enumerate(value) if is_list(value) else ()


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
