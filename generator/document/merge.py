"""The fragments of several pages to one document, every element with its place in a page.

What two pages show of the same thing has to be equal. Security and servers of a page as a
whole are no such thing: where they differ from those of the first page that states them,
they move to the operations of their page, and mean what they meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..diagnostics import Diagnostics, quoted
from ..pointers import join
from .differences import first_difference
from .grammar import METHODS
from .plain import is_list, is_mapping
from .shape import describe_value
from .source import Source

_Tokens = tuple[str, ...]
_NAMED = ("paths", "webhooks", "components")  # what is compared stands two levels down
_MISSING = object()
_LONG = 10**20  # numbers from here on are not worth their digits


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one page shows of an element."""

    page: Source
    place: _Tokens  # where it stands in the page
    value: object


def merge_pages(
    name: str,
    pages: Sequence[Source],
    prefer: Sequence[str],
    diagnostics: Diagnostics,
    *,
    folder: Path | None = None,
    index: Source | None = None,
) -> Source | None:
    """Merge pages into one document; None, with the reasons reported, if they disagree.

    `prefer` names the pages that win where two of them disagree, the first one first.
    """
    found = Diagnostics()
    reader = _Reader(pages, found)
    elements: dict[_Tokens, list[_Shown]] = {}
    for page in pages:
        for tokens, shown in reader.elements(page):
            elements.setdefault(tokens, []).append(shown)
    choice = _Choice(pages, prefer, found)
    chosen = {tokens: choice.of(shown) for tokens, shown in elements.items()}
    for each in found:
        diagnostics.add(each)
    if found.has_errors:
        return None
    data: dict[str, object] = {}
    origins: dict[_Tokens, tuple[Source, _Tokens]] = {(): (pages[0], ())}
    for tokens, shown in chosen.items():
        at = _put(data, tokens, shown.value)
        for length in range(1, len(at)):
            origins.setdefault(at[:length], (shown.page, shown.place[:length]))
        origins[at] = (shown.page, shown.place)
    parts = (*([index] if index is not None else []), *pages)
    return Source(name, "", data, folder=folder, origins=origins, parts=parts)


def _put(data: dict[str, object], tokens: _Tokens, value: object) -> _Tokens:
    """Put an element into the document, and return where it is."""
    if tokens[0] == "tags" and len(tokens) > 1:
        tags = data.setdefault("tags", [])
        assert is_list(tags)
        tags.append(value)
        return "tags", str(len(tags) - 1)
    into, (*around, key) = data, list(tokens)
    for token in around:
        inner = into.setdefault(token, {})
        assert is_mapping(inner)
        into = inner
    into[key] = value
    return tokens


class _Reader:
    """Takes pages apart into the elements that may stand in several of them."""

    def __init__(self, pages: Sequence[Source], diagnostics: Diagnostics) -> None:
        self.diagnostics = diagnostics
        self.first = {key: _first_with(key, pages) for key in ("servers", "security")}

    def elements(self, page: Source) -> Iterator[tuple[_Tokens, _Shown]]:
        """Yield where each element belongs in the document, and what the page shows."""
        data = page.data
        if not is_mapping(data):
            self.wrong(page, (), data, "the fragment must be a mapping")
            return
        for key, value in data.items():
            if key in _NAMED:
                for place, inner in self.named(page, key, value):
                    yield place, _Shown(page, place, inner)
            elif key == "tags" and is_list(value):
                for index, tag in enumerate(value):
                    name = tag.get("name") if is_mapping(tag) else None
                    place = ("tags", str(index))
                    yield ("tags", str(name)), _Shown(page, place, tag)
            elif key not in self.first or page is self.first[key]:
                yield (key,), _Shown(page, (key,), value)

    def named(
        self, page: Source, key: str, value: object
    ) -> Iterator[tuple[_Tokens, object]]:
        """Yield operations and other parts of paths, and components."""
        moved = self.moved(page) if key != "components" else {}
        for name, group in self.mapping(page, (key,), value):
            if name.startswith("x-"):
                yield (key, name), group
                continue
            parts = self.mapping(page, (key, name), group)
            above = dict(parts)
            for part, inner in parts:
                if part in METHODS and is_mapping(inner) and moved:
                    inherited = {k: v for k, v in moved.items() if k not in above}
                    inner = {**inherited, **inner} if inherited else inner
                yield (key, name, part), inner

    def moved(self, page: Source) -> Mapping[str, object]:
        """What the page's operations inherit from it, and not from the document."""
        data = page.data if is_mapping(page.data) else {}
        found: dict[str, object] = {}
        for key, first in self.first.items():
            # A page without security has none; one without servers leaves them open.
            own = data.get(key, [] if key == "security" else _MISSING)
            shown = first.data if first is not None else None
            if own is _MISSING or not is_mapping(shown):
                continue
            if first_difference(own, shown[key]) is not None:
                found[key] = own
        return found

    def mapping(
        self, page: Source, place: _Tokens, value: object
    ) -> list[tuple[str, object]]:
        """The entries of a mapping; nothing, and an error, where it is none."""
        if is_mapping(value):
            return list(value.items())
        if value is not None:
            self.wrong(page, place, value, f"`{place[-1]}` must be a mapping")
        return []

    def wrong(self, page: Source, place: _Tokens, value: object, message: str) -> None:
        """Report what can't be taken apart."""
        self.diagnostics.error(
            "wrong-shape",
            f"{message}, and is {describe_value(value)}",
            at=join(place),
            help="write a mapping here, or remove it",
            position=page.locate(place),
        )


def _first_with(key: str, pages: Sequence[Source]) -> Source | None:
    return next((p for p in pages if is_mapping(p.data) and key in p.data), None)


class _Choice:
    """Decides what counts where pages disagree, or says that somebody else must."""

    def __init__(
        self, pages: Sequence[Source], prefer: Sequence[str], diagnostics: Diagnostics
    ) -> None:
        self.diagnostics = diagnostics
        self.preferred = [
            [page for page in pages if _is_named(page, name)] for name in prefer
        ]
        for name, named in zip(prefer, self.preferred, strict=True):
            if not named:
                diagnostics.warning(
                    "unknown-page",
                    f"{quoted(name)} is preferred, and no page has this name",
                    help="correct the name, or leave it out",
                )

    def of(self, shown: Sequence[_Shown]) -> _Shown:
        """Return what counts of what the pages show of one element."""
        distinct = _distinct(shown)
        if len(distinct) == 1:
            return shown[0]
        for pages in self.preferred:
            named = [each for each in shown if each.page in pages]
            if len(_distinct(named)) == 1:
                return named[0]
        for other in distinct[1:]:
            self.report(distinct[0], other, shown)
        return shown[0]

    def report(self, one: _Shown, other: _Shown, shown: Sequence[_Shown]) -> None:
        """Name both pages, their lines and the first difference."""
        way = first_difference(one.value, other.value) or ()
        there = one.page.locate(one.place + way)
        counts = [
            sum(first_difference(each.value, this.value) is None for each in shown)
            for this in (one, other)
        ]
        self.diagnostics.error(
            "page-conflict",
            f"{quoted(join(other.place + way))} is {_said(other.value, way)} here and"
            f" {_said(one.value, way)} in {there.file}:{there.line}:{there.column}",
            at=join(other.place + way),
            help=f"choose with `--prefer {one.page.name}` ({_pages(counts[0])} it so) or"
            f" `--prefer {other.page.name}` ({_pages(counts[1])} it so)",
            position=other.page.locate(other.place + way),
        )


def _distinct(shown: Sequence[_Shown]) -> list[_Shown]:
    found: list[_Shown] = []
    for each in shown:
        if all(
            first_difference(known.value, each.value) is not None for known in found
        ):
            found.append(each)
    return found


def _is_named(page: Source, name: str) -> bool:
    """Whether a page has a name: the whole of it, or its end from a `/` on."""
    shown, wanted = page.name.replace("\\", "/"), name.removeprefix("./")
    return bool(wanted) and (shown == name or f"/{shown}".endswith(f"/{wanted}"))


def _pages(count: int) -> str:
    return "one page shows" if count == 1 else f"{count} pages show"


def _said(value: object, way: _Tokens) -> str:
    for token in way:
        if is_mapping(value):
            value = value.get(token, _MISSING)
        elif is_list(value):
            value = value[int(token)] if int(token) < len(value) else _MISSING
    if value is _MISSING:
        return "not there"
    if isinstance(value, str):
        return quoted(value)
    is_short = isinstance(value, bool | float) or (
        isinstance(value, int) and abs(value) < _LONG
    )
    return quoted(str(value).lower()) if is_short else describe_value(value)
