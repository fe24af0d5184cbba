"""Findings about the input: collected, put in order, and printed.

A stage says *what* is wrong and *where* as a JSON pointer; line and column are looked
up once, at the end, by whoever prints.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning", "note"]

_ACCENTS: dict[Severity, str] = {"error": "1;31", "warning": "1;33", "note": "1;36"}
_WIDEST_LINE = 100
_LEAD = 40  # what stays visible before the carets when a long line is cut


@dataclass(frozen=True, slots=True)
class Position:
    """A stretch of one line. Line 0 means the file as a whole."""

    file: str  # spec/main_api_v4.yaml
    line: int  # 2585
    column: int  # 23, counted in characters from 1
    end_column: int  # 53, the first column behind the stretch
    text: str = ""  # the whole source line


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding."""

    id: str  # dangling-reference
    severity: Severity
    message: str  # nothing is at `#/components/schemas/FlexPlam`
    pointer: str = ""  # #/paths/~1a/get, or common.yaml#/a
    position: Position | None = None
    help: str = ""  # did you mean `#/components/schemas/FlexPlan`?
    label: str = ""  # in the 200 answer of getFlexPlans


class InputError(Exception):
    """The input can't be used; `diagnostics` says why."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__("; ".join(each.message for each in diagnostics))
        self.diagnostics = diagnostics


class Diagnostics:
    """Everything found so far."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(tuple(self._found))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def has_errors(self) -> bool:
        """Whether any finding forbids going on."""
        return any(each.severity == "error" for each in self._found)

    def add(self, diagnostic: Diagnostic) -> None:
        """Take in a finding that is made already."""
        self._found.append(diagnostic)

    def error(
        self,
        id: str,
        message: str,
        *,
        at: str = "",
        help: str = "",
        label: str = "",
        position: Position | None = None,
    ) -> None:
        """Report something that forbids going on; `at` is its JSON pointer."""
        self.add(Diagnostic(id, "error", message, at, position, help, label))

    def warning(
        self,
        id: str,
        message: str,
        *,
        at: str = "",
        help: str = "",
        label: str = "",
        position: Position | None = None,
    ) -> None:
        """Report something that can be lived with; `at` is its JSON pointer."""
        self.add(Diagnostic(id, "warning", message, at, position, help, label))

    def located(self, locate: Callable[[str], Position | None]) -> list[Diagnostic]:
        """Look up missing positions; in the order of the text, each finding once."""
        found: dict[Diagnostic, None] = {}
        for each in self._found:
            if each.position is None and each.pointer:
                each = replace(each, position=locate(each.pointer))
            found[each] = None
        return sorted(found, key=_place)


def _place(each: Diagnostic) -> tuple[str, int, int, str]:
    where = each.position
    if where is None:
        return ("", 0, 0, each.id)
    return (where.file, where.line, where.column, each.id)


def quoted(value: object, limit: int = 80) -> str:
    """Show a name or a value of the document inside a sentence."""
    text = value if isinstance(value, str) else repr(value)
    if len(text) > limit:
        # Out of the middle: the end of a path or a pointer says most.
        head = limit // 3
        text = f"{text[:head]}…{text[head + 1 - limit :]}"
    return f"`{text}`"


def render_text(diagnostics: Iterable[Diagnostic], *, color: bool) -> str:
    """Turn findings into the text for a terminal, one block each."""
    paint = _Paint(color)
    return "".join(_block(each, paint) for each in diagnostics)


class _Paint:
    """Terminal colours, or none."""

    def __init__(self, color: bool) -> None:
        self.color = color

    def __call__(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text


def _block(each: Diagnostic, paint: _Paint) -> str:
    accent = _ACCENTS[each.severity]
    kind = paint(accent, f"{each.severity}[{each.id}]")
    lines = [f"{paint('1', _heading(each))}{kind}: {visible(each.message)}"]
    where = each.position
    if where is not None and where.line and where.text.strip():
        lines += _snippet(where, visible(each.label), accent, paint)
    if each.help:
        lines.append(f"   {paint('1;36', 'help')}: {visible(each.help)}")
    return "\n".join(lines) + "\n"


def _heading(each: Diagnostic) -> str:
    where = each.position
    if where is None:
        return f"{visible(each.pointer)}: " if each.pointer else ""
    name = visible(where.file)
    return f"{name}:{where.line}:{where.column}: " if where.line else f"{name}: "


def _snippet(where: Position, label: str, accent: str, paint: _Paint) -> list[str]:
    """Show the source line, and carets under the stretch that is meant."""
    start = where.column - 1
    stop = max(where.end_column - 1, start + 1)
    line = where.text.rstrip("\r\n")
    head, tail = "", ""
    if len(line) > _WIDEST_LINE:
        cut = max(0, min(start - _LEAD, len(line) - _WIDEST_LINE))
        head = "…" if cut else ""
        tail = "…" if cut + _WIDEST_LINE < len(line) else ""
        line = line[cut : cut + _WIDEST_LINE]
        start, stop = start - cut, min(stop - cut, len(line))
    shown = [_cell(character) for character in line]
    before = len(head) + sum(_width(cell) for cell in shown[:start])
    under = sum(_width(cell) for cell in shown[start:stop])
    number = f"   {where.line}"
    carets = paint(accent, "^" * max(under, 1) + (f" {label}" if label else ""))
    bar = paint("1;34", f"{' ' * len(number)} |")
    return [
        f"{paint('1;34', f'{number} |')} {head}{''.join(shown)}{tail}",
        f"{bar} {' ' * before}{carets}",
    ]


def _cell(character: str) -> str:
    """One character of a source line as it may reach a terminal."""
    if character == "\t":
        return " "
    return "�" if _is_unsafe(character) else character


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def visible(text: str) -> str:
    """Spell out what would move the cursor, turn the text round or hide in it."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spelled(each) if _is_unsafe(each) else each for each in text)


def _spelled(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


def _is_unsafe(character: str) -> bool:
    """Control, format (bidi, zero width), surrogate and line-separating characters."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
