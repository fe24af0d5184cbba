"""Bytes of a file to plain data, with the place of every element when it is asked for.

Beside `inputs`, which lists folders, and `revision` the only module here that touches
files.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from ..diagnostics import Diagnostics, Position
from ..pointers import join
from .faults import Fault, UnreadableError
from .foreign import foreign_fault
from .json_text import read_json
from .pages import SUFFIXES, Page, is_page, read_page
from .positions import Lines, Marks, json_marks, place_of, yaml_marks
from .yaml_text import read_yaml

_STANDARD_INPUT = "<stdin>"


class Source:
    """One file that was read, or one document that was merged from several."""

    __slots__ = (
        *("_body", "_lines", "_marks", "data", "folder", "is_json", "name"),
        *("origins", "parts", "text"),
    )

    def __init__(
        self,
        name: str,
        text: str,
        data: object,
        *,
        is_json: bool = False,
        folder: Path | None = None,
        body: str = "",
        origins: Origins | None = None,
        parts: Sequence[Source] = (),
    ) -> None:
        self.name = name  # spec/main_api_v4.yaml, as the user wrote it
        self.text = text
        self.data = data
        self.is_json = is_json
        self.folder = folder  # where relative references begin; None: nowhere
        self.origins: Origins = origins or {}  # of what was merged: where it stands
        self.parts = tuple(parts) or (self,)  # the files that were read
        self._body = body or text  # what the data was read from, at the same offsets
        self._marks: Marks | None = None
        self._lines: Lines | None = None

    @property
    def is_page(self) -> bool:
        """Whether the data is a fragment of the text, or was put together from such."""
        return self._body != self.text or self.parts != (self,)

    def locate(self, tokens: tuple[str, ...]) -> Position:
        """Find an element, or the nearest one around it."""
        if self._marks is None or self._lines is None:
            self._marks = (json_marks if self.is_json else yaml_marks)(self._body)
            self._lines = Lines(self.name, self.text)
        return self._lines.position(*place_of(self._marks, tokens))


# Where elements stand that come from another text: the text, and their tokens there.
Origins = Mapping[tuple[str, ...], tuple[Source, tuple[str, ...]]]


def load(
    path: str | Path, diagnostics: Diagnostics, *, name: str = ""
) -> Source | None:
    """Read a file, or standard input for `-`; `name` is how messages call it."""
    if str(path) == "-":
        return read_source(sys.stdin.buffer.read(), _STANDARD_INPUT, diagnostics)
    content = _content(path, diagnostics)
    if content is None:
        return None
    folder = Path(path).resolve().parent
    return read_source(content, name or str(path), diagnostics, folder=folder)


def load_text(
    path: str | Path, diagnostics: Diagnostics, *, name: str = ""
) -> Source | None:
    """Read a file that holds no data, but prose."""
    shown = name or str(path)
    content = _content(path, diagnostics)
    text = None if content is None else decoded(content, shown, diagnostics)
    if text is None:
        return None
    return Source(shown, text, None, folder=Path(path).resolve().parent)


def _content(path: str | Path, diagnostics: Diagnostics) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        _report_missing(str(path), error, diagnostics)
        return None


def load_beside(
    root: Source, relative: PurePosixPath, diagnostics: Diagnostics
) -> Source | None:
    """Read a file below the folder of `root`; None without a word if it is absent."""
    if root.folder is None:
        return None
    path = root.folder / relative
    try:
        content = path.read_bytes() if path.is_file() else None
    except (OSError, ValueError):
        return None
    if content is None:  # a folder; or a pipe, which would be waited for
        return None
    name = str(PurePosixPath(root.name).parent / relative)
    return read_source(content, name, diagnostics, folder=root.folder)


def stays_inside(root: Source, relative: PurePosixPath) -> bool:
    """Tell whether a path, its symbolic links followed, is below the root's folder."""
    if root.folder is None:
        return False
    try:
        target = (root.folder / relative).resolve()
    except (OSError, ValueError, RuntimeError):
        return False
    return target.is_relative_to(root.folder)


def read_source(
    text: bytes,
    name: str,
    diagnostics: Diagnostics,
    *,
    folder: Path | None = None,
) -> Source | None:
    """Turn bytes into data; None, with the reasons reported, if that can't be done."""
    read = decoded(text, name, diagnostics)
    if read is None:
        return None
    found: list[Fault] = []
    data, is_json = None, False
    page: Page | None = None
    try:
        page = read_page(read) if is_page(name, read) else None
        data, is_json = _read(page.body if page else read, name, found)
    except UnreadableError as error:
        found.append(error.fault)
    if found:
        lines = Lines(name, read)
        for fault in found:
            _report(fault, name, lines, diagnostics)
        return None
    if page is None:
        return Source(name, read, data, is_json=is_json, folder=folder)
    if not page.add_notes(data):
        diagnostics.warning(
            "other-operation",
            f"the fence says {page.method.upper()} {page.path}, and its fragment has no"
            " such operation",
            help="look at the page: what the fragment has is taken",
            position=Lines(name, read).position(*page.fence),
        )
    return Source(name, read, data, is_json=is_json, folder=folder, body=page.body)


def _read(text: str, name: str, found: list[Fault]) -> tuple[object, bool]:
    if not text.strip():
        raise UnreadableError(_EMPTY)
    if name.lower().endswith(".json"):
        return read_json(text, found.append), True
    if text.lstrip()[0] in "{[":
        # JSON under another name. What it doubles is reported in either language.
        in_json: list[Fault] = []
        try:
            data = read_json(text, in_json.append)
        except UnreadableError as error:
            if error.fault.id != "json-syntax":
                raise
        else:
            found.extend(in_json)
            return data, True
    data = read_yaml(text, found.append)
    if data is None and not any(_says_something(line) for line in text.splitlines()):
        raise UnreadableError(_EMPTY)
    return data, False


def _says_something(line: str) -> bool:
    return not line.lstrip().startswith("#") and line.strip() not in ("", "---", "...")


_EMPTY = Fault(
    "empty-document",
    "there is nothing in this document",
    -1,
    -1,
    "is it the right file, and was it saved or downloaded completely?",
)


def decoded(content: bytes, name: str, diagnostics: Diagnostics) -> str | None:
    """Turn bytes into text; None, with the reason reported, if they are none."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    is_prose = PurePosixPath(name).suffix.lower() in SUFFIXES
    foreign = foreign_fault(content, is_page=is_prose)
    if foreign is not None:
        start = content[:2048].decode("utf-8", "replace")
        _report(foreign, name, Lines(name, start), diagnostics)
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        good = content[: error.start].decode("utf-8")
        shown = good + content[error.start :].decode("latin-1")
        byte = content[error.start]
        fault = Fault(
            "not-utf8",
            f"the byte 0x{byte:02X} is no UTF-8",
            len(good),
            len(good) + 1,
            "save the file as UTF-8",
        )
        _report(fault, name, Lines(name, shown), diagnostics)
        return None


def _report(fault: Fault, name: str, lines: Lines, diagnostics: Diagnostics) -> None:
    if fault.start < 0:
        position = Position(name, 0, 0, 0)
    else:
        position = lines.position(fault.start, fault.end)
    diagnostics.error(
        fault.id,
        fault.message,
        at=join(fault.path) if fault.path else "",
        help=fault.help,
        label=fault.label,
        position=position,
    )


def _report_missing(path: str, error: Exception, diagnostics: Diagnostics) -> None:
    position = Position(path, 0, 0, 0)
    if isinstance(error, FileNotFoundError):
        message, help_text = "there is no such file", "check the path and its spelling"
    elif isinstance(error, IsADirectoryError):
        message, help_text = "this is a folder", "name the file inside it"
    elif isinstance(error, PermissionError):
        message, help_text = "this file may not be read", "check its permissions"
    else:
        message, help_text = "this file can't be read", "check the path"
    diagnostics.error("missing-file", message, help=help_text, position=position)
