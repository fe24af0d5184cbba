"""An address to a document: what is there, or all pages that an index lists, merged.

Nothing is written here. A page that can't be fetched, or has a fault, is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from ..diagnostics import Diagnostics, Position
from .fetch import Fetcher, FetchError, shown
from .index import Link, is_index, read_index
from .inputs import fragments, report_none
from .merge import merge_pages
from .source import Source, decoded, read_source

_MOST_PAGES = 2000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pulled:
    """What is at an address."""

    source: Source
    content: bytes | None  # as it came; None for what was put together from pages


def pull(
    url: str,
    folder: Path,
    prefer: Sequence[str],
    diagnostics: Diagnostics,
    progress: Progress,
) -> Pulled | None:
    """Fetch a document; None, with the reasons reported, if that can't be done.

    `folder` is where the document will be, and files that it refers to are looked for.
    """
    name = shown(url)
    try:
        fetcher = Fetcher(url)
        content = fetcher.fetch(url)
    except FetchError as error:
        _report(error, Position(name, 0, 0, 0), diagnostics)
        return None
    if is_index(urlsplit(url).path):
        index = decoded(content, name, diagnostics)
        if index is None:
            return None
        links = list(read_index(name, index))
        loaded = _Pages(fetcher, url, folder, links).loaded(diagnostics, progress)
        source = _merged(name, list(loaded), folder, prefer, diagnostics)
        return Pulled(source, None) if source is not None else None
    source = read_source(content, name, diagnostics, folder=folder)
    if source is None:
        return None
    return Pulled(source, None if source.is_page else content)


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of an index, each fetched when its turn comes."""

    fetcher: Fetcher
    url: str  # of the index
    folder: Path
    links: Sequence[Link]

    def loaded(
        self, diagnostics: Diagnostics, progress: Progress
    ) -> Iterator[tuple[Source | None, Diagnostics]]:
        """Yield what each page shows; a host that fails is not asked any further."""
        if len(self.links) > _MOST_PAGES:
            diagnostics.error(
                "too-large",
                f"the index lists {len(self.links)} pages, more than {_MOST_PAGES}",
                help="fetch them by other means, and name their folder",
                position=self.links[_MOST_PAGES].position,
            )
            return
        for number, link in enumerate(self.links, 1):
            progress(number, len(self.links))
            found = Diagnostics()
            try:
                url = urljoin(self.url, link.target)
                content = self.fetcher.fetch(url)
            except (FetchError, ValueError) as error:
                _report(error, link.position, found)
                yield None, found
                if isinstance(error, FetchError) and error.again:
                    return
                continue
            name = shown(url)
            yield read_source(content, name, found, folder=self.folder), found


def _merged(
    name: str,
    loaded: list[tuple[Source | None, Diagnostics]],
    folder: Path,
    prefer: Sequence[str],
    diagnostics: Diagnostics,
) -> Source | None:
    pages = fragments(loaded, diagnostics)
    if pages is not None and not pages and not diagnostics.has_errors:
        report_none(name, "no page that this index lists shows", diagnostics)
    if not pages or diagnostics.has_errors:
        return None
    return merge_pages(name, pages, prefer, diagnostics, folder=folder)


def _report(error: Exception, position: Position, diagnostics: Diagnostics) -> None:
    id, help_ = "wrong-address", "correct the line in the index"
    if isinstance(error, FetchError):
        id, help_ = error.id, error.help
    diagnostics.error(id, str(error), help=help_, position=position)
