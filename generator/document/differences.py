"""Two pieces of plain data compared: are they equal, and where do they differ first?"""

from __future__ import annotations

from .plain import is_list, is_mapping


def first_difference(one: object, other: object) -> tuple[str, ...] | None:
    """Return the way to the first element that differs, None where nothing does.

    The order of keys means nothing; `1`, `1.0` and `true` are three values.
    """
    if one is other:
        return None
    if is_mapping(one) and is_mapping(other):
        for key, value in one.items():
            if key not in other:
                return (key,)
            inner = first_difference(value, other[key])
            if inner is not None:
                return (key, *inner)
        return next(((key,) for key in other if key not in one), None)
    if is_list(one) and is_list(other):
        for index, (value, its) in enumerate(zip(one, other, strict=False)):
            inner = first_difference(value, its)
            if inner is not None:
                return (str(index), *inner)
        shorter = min(len(one), len(other))
        return None if len(one) == len(other) else (str(shorter),)
    if type(one) is not type(other):
        return ()
    # Not a number equals itself here: what counts is what was written.
    same = repr(one) == repr(other) if isinstance(one, float) else one == other
    return None if same else ()
