"""What `--spec` names to one document: a file, standard input, or pages to be merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..diagnostics import Diagnostics, Position, quoted
from .index import Link, is_index, places_of, read_index
from .merge import merge_pages
from .pages import SUFFIXES
from .source import Source, load, load_text, stays_inside


def load_document(
    path: str, diagnostics: Diagnostics, prefer: Sequence[str] = ()
) -> Source | None:
    """Read a document, or a folder or an index of pages that show it in pieces."""
    if path != "-" and _is_folder(path):
        return load_folder(Path(path), path, diagnostics, prefer)
    if is_index(path):
        return load_index(Path(path), path, diagnostics, prefer)
    return load(path, diagnostics)


def load_folder(
    folder: Path, name: str, diagnostics: Diagnostics, prefer: Sequence[str] = ()
) -> Source | None:
    """Read the pages below a folder, in the order of their names."""
    files = sorted(_pages_below(folder), key=lambda file: file.as_posix())
    named = ((folder / file, str(Path(name) / file)) for file in files)
    pages = fragments(_loaded(named), diagnostics)
    if pages is not None and not pages:
        report_none(name, "no page in this folder shows", diagnostics)
    if not pages:
        return None
    # Names are relative to the folder of a file, so that of the folder ends in one.
    inside = str(Path(name) / "*")
    return merge_pages(inside, pages, prefer, diagnostics, folder=folder.resolve())


def load_index(
    path: Path, name: str, diagnostics: Diagnostics, prefer: Sequence[str] = ()
) -> Source | None:
    """Read the pages that an index lists, in its order, from the folder where it is."""
    index = load_text(path, diagnostics, name=name)
    if index is None or index.folder is None:
        return None
    taken: dict[Path, str] = {}
    missing = False
    for link in read_index(name, index.text):
        file = next(_beside(index, link, taken), None)
        if file is not None:
            taken[index.folder / file] = str(Path(name).parent / file)
            continue
        missing = True
        diagnostics.error(
            "missing-page",
            f"the index lists {quoted(link.target)}, and there is no such page beside it",
            help="put the page into the folder of the index, or take the line out",
            position=link.position,
        )
    pages = fragments(_loaded(taken.items()), diagnostics)
    if pages is not None and not pages and not missing:
        report_none(name, "no page that this index lists shows", diagnostics)
    if not pages or missing:
        return None
    return merge_pages(
        name, pages, prefer, diagnostics, folder=index.folder, index=index
    )


def fragments(
    loaded: Iterable[tuple[Source | None, Diagnostics]], diagnostics: Diagnostics
) -> list[Source] | None:
    """Return the pages that show a fragment; None if there is a fault in one of them.

    Prose stands among the pages of every documentation, and nothing is said about it.
    """
    pages: list[Source] = []
    is_sound = True
    for source, found in loaded:
        if [each.id for each in found] == ["no-fragment"]:
            continue
        for each in found:
            diagnostics.add(each)
        if source is None:
            is_sound = False
        else:
            pages.append(source)
    return pages if is_sound else None


def report_none(name: str, message: str, diagnostics: Diagnostics) -> None:
    """Report that there are pages, or not even those, and no fragment in any."""
    diagnostics.error(
        "no-fragment",
        f"{message} an OpenAPI fragment",
        help="name a document, or a folder of pages with fences that begin with"
        " `yaml FILE METHOD /path`",
        position=Position(name, 0, 0, 0),
    )


def _loaded(
    named: Iterable[tuple[Path, str]],
) -> Iterator[tuple[Source | None, Diagnostics]]:
    for file, name in named:
        found = Diagnostics()
        yield load(file, found, name=name), found


def _pages_below(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        inside = file.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in inside.parts)
        is_page = file.suffix.lower() in SUFFIXES and not is_index(file.name)
        if is_page and not is_hidden and file.is_file():
            yield inside


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except ValueError:  # no name that a file can have
        return False


def _beside(index: Source, link: Link, taken: dict[Path, str]) -> Iterator[Path]:
    """Yield where a page lies below the folder of its index, each file for one link."""
    assert index.folder is not None
    for place in places_of(link):
        file = index.folder / place
        if stays_inside(index, place) and file.is_file() and file not in taken:
            yield Path(place)
