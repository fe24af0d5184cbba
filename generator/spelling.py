"""A name that nothing has, to the one that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def near(name: str, known: Iterable[str], alike: float = 0.6) -> str:
    """Return what comes nearest to a name, whatever the case of letters; "" if nothing.

    `alike` says how much they have in common at least, 1 being all.
    """
    folded = {each.lower(): each for each in known}
    close = get_close_matches(name.lower(), folded, n=1, cutoff=alike)
    return folded[close[0]] if close else ""
