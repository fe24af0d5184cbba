"""Whether a document is plainly legal, so that openapi-pydantic has nothing to object to.

Importing the library and asking it takes a quarter of a run, and most documents are sound.
What is passed here, the library passes as well: the tables say what its models say, and a
test compares them. What is not passed is not wrong for that: then the library is asked.

In the tables a key with `!` has to be there. `?` after a value lets it be empty, `[x]` is a
list, `{x}` a mapping with any names, `x or y` one of two; a list or a mapping stands last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from .legal_shapes import SHAPES_30, SHAPES_31, WORDS
from .plain import is_list, is_mapping

_Check = Callable[[object, int], bool]

# The library stops at 255 levels, and counts otherwise.
_DEEPEST = 60
# It knows these keys by two names, of which no document should use the second.
_PYTHON_NAMES = frozenset(
    {
        *("ref", "param_schema", "param_in", "media_type_schema"),
        *("schema_not", "schema_if", "schema_else", "schema_format"),
        "security_scheme_in",
    }
)
_LARGEST = 2**53


def is_plainly_legal(data: object, *, is_31: bool) -> bool:
    """Tell whether openapi-pydantic certainly has no objection; False: ask it."""
    return checks(is_31)["document"](data, 0)


@cache
def checks(is_31: bool) -> dict[str, _Check]:
    """Return the check of each kind of mapping, of a version."""
    made: dict[str, _Check] = {}
    for name, fields in (SHAPES_31 if is_31 else SHAPES_30).items():
        made[name] = _shape(fields, made, is_31)
    return made


def _shape(
    fields: Mapping[str, str], shapes: Mapping[str, _Check], is_31: bool
) -> _Check:
    """Return the check of one kind of mapping. Kinds contain each other: looked up late."""
    known: dict[str, _Check] = {}
    required = {key[:-1] for key in fields if key.endswith("!")}

    def check(value: object, depth: int) -> bool:
        if not is_mapping(value) or depth > _DEEPEST or not required <= value.keys():
            return False
        if not known:
            for key, spec in fields.items():
                known[key.removesuffix("!")] = _check(spec, shapes, is_31)
        for key, each in value.items():
            fits = known.get(key)
            if fits is None:
                if key in _PYTHON_NAMES or not _is_text(key, 0):
                    return False
            elif not fits(each, depth + 1):
                return False
        return True

    return check


def _check(spec: str, shapes: Mapping[str, _Check], is_31: bool) -> _Check:
    if spec.endswith("?"):
        given = _check(spec[:-1], shapes, is_31)
        return lambda value, depth: value is None or given(value, depth)
    if " or " in spec and spec[0] not in "[{":
        one, other = (_check(each, shapes, is_31) for each in spec.split(" or ", 1))
        return lambda value, depth: one(value, depth) or other(value, depth)
    if spec[0] in "[{":
        inner = _check(spec[1:-1], shapes, is_31)
        return _list_of(inner) if spec[0] == "[" else _map_of(inner)
    if spec == "version":
        words = WORDS["version 3.1" if is_31 else "version 3.0"]
        return lambda value, _: isinstance(value, str) and value in words
    if spec in WORDS:
        allowed = WORDS[spec]
        return lambda value, _: isinstance(value, str) and value in allowed
    return _SCALARS.get(spec) or shapes[spec]


def _list_of(inner: _Check) -> _Check:
    def check(value: object, depth: int) -> bool:
        return is_list(value) and all(inner(each, depth) for each in value)

    return check


def _map_of(inner: _Check) -> _Check:
    def check(value: object, depth: int) -> bool:
        if not is_mapping(value):
            return False
        for name, each in value.items():
            if not (_is_text(name, depth) and inner(each, depth)):
                return False
        return True

    return check


def _is_text(value: object, _: int) -> bool:
    if not isinstance(value, str):
        return False
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True


def _is_number(value: object, _: int) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, float) or (
        isinstance(value, int) and -_LARGEST < value < _LARGEST
    )


def _is_positive(value: object, depth: int) -> bool:
    return _is_number(value, depth) and isinstance(value, int | float) and value > 0


def _is_count(value: object, _: int) -> bool:
    return (
        isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST
    )


def _is_filled(value: object, _: int) -> bool:
    return is_list(value) and bool(value)


def _is_text_list(value: object, depth: int) -> bool:
    return is_list(value) and bool(value) and all(_is_text(v, depth) for v in value)


_SCALARS: dict[str, _Check] = {
    "anything": lambda *_: True,
    "text": _is_text,
    "flag": lambda value, _: isinstance(value, bool),
    "number": _is_number,
    "positive": _is_positive,
    "count": _is_count,
    "values": _is_filled,
    "names": _is_text_list,
}
