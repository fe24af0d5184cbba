"""Markdown and MDX of a document to docstrings.

Paragraphs are wrapped; lists keep their items, code and tables their lines. MDX
components lose their tags and keep their text; error bodies in an accordion go to the
tests and not here. What a reader cannot see (controls, bidirectional marks) is escaped.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

WIDTH = 88

_ERRORS = re.compile(
    r"<Accordion\b[^>]*\btitle=[\"'][^\"']*error[^\"']*[\"'][^>]*>.*?</Accordion>",
    re.IGNORECASE | re.DOTALL,
)
_TITLED = re.compile(r"<Accordion\b[^>]*\btitle=[\"']([^\"'<>]*)[\"'][^>]*>")
_COMPONENT = re.compile(r"</?[A-Z][A-Za-z]*(?:\s[^<>]*)?/?>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\(([^()\s]*)\)")
_ESCAPE = re.compile(r"\\([_*])")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_ITEM = re.compile(r"(?P<indent>\s*)(?P<mark>[-*+]|\d+[.)])\s+(?P<text>.*)")
_LAST_QUOTE = re.compile(r'(\\*)"\Z')
_HEADING = re.compile(r"#{1,6}\s+")
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)


def plain(markdown: str) -> str:
    """Return Markdown without what only a web page can show."""
    text = _ERRORS.sub("", markdown.replace("\r\n", "\n").replace("\r", "\n"))
    text = _TITLED.sub(r"\1:", text)
    text = _COMPONENT.sub("", _BREAK.sub("\n", text))
    text = _IMAGE.sub("", text)
    text = _LINK.sub(_link, text)
    return _ESCAPE.sub(r"\1", _BOLD.sub(r"\1", text)).strip()


def _link(match: re.Match[str]) -> str:
    text, target = match[1], match[2]
    # A relative link leads nowhere outside of the vendor's own pages.
    return f"{text} ({target})" if "://" in target and target != text else text


def one_line(markdown: str) -> str:
    """Return the first paragraph as one line."""
    first = _QUOTE.sub("", plain(markdown)).lstrip().split("\n\n", 1)[0]
    return " ".join(first.split())


def paragraphs(markdown: str, width: int) -> list[str]:
    """Return the lines of a text, wrapped; blank lines stand between the blocks."""
    lines: list[str] = []
    for block in _blocks(plain(markdown).split("\n")):
        if lines:
            lines.append("")
        lines += _wrapped(block, width)
    return lines


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    fenced = False
    for line in lines:
        if line.lstrip().startswith("```"):
            fenced = not fenced
        line = line if fenced else _QUOTE.sub("", line)
        if line.strip() or fenced:
            block.append(line.rstrip())
        elif block:
            yield block
            block = []
    if block:
        yield block


def _wrapped(block: list[str], width: int) -> list[str]:
    first = block[0].lstrip()
    if first.startswith(("```", "|")) or all(line.startswith("    ") for line in block):
        return textwrap.dedent("\n".join(block)).split("\n")
    lines: list[str] = []
    pending: list[str] = []
    hang = ""

    def flush() -> None:
        if pending:
            lines.extend(wrap(" ".join(pending), width, hang))
            pending.clear()

    for line in block:
        item = _ITEM.fullmatch(line)
        if item:
            flush()
            depth = "  " * (len(item["indent"].expandtabs(4)) // 2)
            pending.append(f"{depth}{item['mark']} {item['text'].strip()}")
            hang = f"{depth}  "
        else:
            pending.append(_HEADING.sub("", line.strip()))
    flush()
    return lines


def hanging(head: str, markdown: str, width: int) -> list[str]:
    """Return an entry of `Args:` or `Raises:`: four spaces in, the rest eight."""
    first, *rest = paragraphs(f"{head}{markdown}", width - 8) or [head.strip()]
    return [f"    {first}", *(f"        {line}" if line else "" for line in rest)]


def wrap(text: str, width: int, hang: str = "") -> list[str]:
    """Wrap one paragraph; long words (addresses, links) are never broken."""
    return textwrap.wrap(
        text,
        width,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def escape(text: str) -> str:
    """Return text as it may stand between triple quotes."""
    shown = _safe(text)
    if not shown.replace("\n", "").isprintable():
        shown = "".join(
            c if c == "\n" or c.isprintable() else _escaped(c) for c in shown
        )
    quoted = _LAST_QUOTE.search(shown)
    # A quote before the closing ones has to be escaped, unless it is already.
    return f'{shown[:-1]}\\"' if quoted and len(quoted[1]) % 2 == 0 else shown


def _safe(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def _escaped(char: str) -> str:
    return "    " if char == "\t" else ascii(char)[1:-1]


def docstring(lines: Sequence[str], indent: int) -> str:
    """Return the lines as a docstring literal, indented but for its first line."""
    pad = " " * indent
    if not any(line.strip() for line in lines):
        return ""
    text = escape("\n".join(lines).strip())
    if "\n" not in text and len(text) + indent + 6 <= WIDTH:
        return f'"""{text}"""'
    body = "\n".join(
        f"{pad}{line}" if line.strip() else "" for line in text.split("\n")
    )
    return f'"""{body.lstrip()}\n{pad}"""'


def field_doc(markdown: str, indent: int) -> str:
    """Return the docstring of an attribute, empty where the document says nothing."""
    return docstring(paragraphs(markdown, WIDTH - indent - 6), indent)
