"""What only changed its name: pairs of what is gone and what is new, with a confidence.

Words count most: `uniqueId` and `unique_id` are the same words. Then that both are of the
same type, that they are described alike, and that they have the same example. A pair is
taken where it is the best one for both of its halves, and good enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache, partial
from typing import Any, TypeVar

_T = TypeVar("_T")
_ENOUGH = 0.75
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LIKE_NOTHING = 0.5  # names that are less alike than this are two names


@dataclass(frozen=True, slots=True)
class Named:
    """What people tell a thing by."""

    name: str  # uniqueId
    text: str = ""  # Identifier of your own.
    example: Any = None


def pair_renamed(
    gone: Sequence[_T],
    come: Sequence[_T],
    named: Callable[[_T], Named],
    same: Callable[[_T, _T], bool],
) -> list[tuple[_T, _T, float]]:
    """Return the pairs that are one thing under two names, best first."""
    found: list[tuple[float, int, int]] = []
    for i, one in enumerate(gone):
        for j, other in enumerate(come):
            score = confidence(named(one), named(other), partial(same, one, other))
            if score >= _ENOUGH:
                found.append((score, i, j))
    pairs: list[tuple[_T, _T, float]] = []
    for score, i, j in sorted(found, key=lambda each: (-each[0], each[1], each[2])):
        rivals = [s for s, a, b in found if (a == i) != (b == j) and s == score]
        taken = any(gone[i] is a or come[j] is b for a, b, _ in pairs)
        if not taken and not rivals:  # between equals nobody can choose
            pairs.append((gone[i], come[j], round(score, 2)))
    return pairs


def confidence(old: Named, new: Named, same: Callable[[], bool]) -> float:
    """Say how sure it is that two names mean one thing, from 0 to 1."""
    alike = _alike(old.name, new.name)
    if alike < _LIKE_NOTHING:
        return 0.0
    is_same = same()
    if alike == 1.0:
        return 1.0 if is_same else 0.9
    score = 0.5 * alike + (0.25 if is_same else 0.0)
    if old.text and new.text:
        score += 0.15 * SequenceMatcher(None, old.text, new.text).ratio()
    if old.example is not None and old.example == new.example:
        score += 0.1
    return score


@lru_cache(maxsize=8192)
def _alike(one: str, other: str) -> float:
    """Compare two names by their words."""
    first = [word.lower() for word in _WORD.findall(one)]
    second = [word.lower() for word in _WORD.findall(other)]
    if not first or not second:
        return 1.0 if one == other else 0.0
    if "".join(first) == "".join(second):
        return 1.0
    shared = len(set(first) & set(second)) / max(len(set(first)), len(set(second)))
    spelled = SequenceMatcher(None, "".join(first), "".join(second)).ratio()
    return min(max(shared, spelled), 0.99)
