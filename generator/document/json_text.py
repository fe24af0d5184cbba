"""JSON text to plain data; faults are looked for by a scanner of our own.

The standard library reads the text, at full speed. Only when it objects, or when
something suspicious is there, the scanner goes over the text again to say where.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, NoReturn

from .faults import DEEPEST, LONGEST_NUMBER, Fault, UnreadableError
from .plain import is_deep

_TOKEN = re.compile(
    r"""[ \t\r\n]*(?:
        (?P<mark>[{}\[\]:,])
        | (?P<text>"[^"\\]*(?:\\.[^"\\]*)*")
        | (?P<word>[^\s{}\[\]:,"]+)
    )""",
    re.VERBOSE | re.DOTALL,
)
_LONG_INTEGER = re.compile(rf"-?([0-9]{{{LONGEST_NUMBER + 1},}})(?![0-9.eE])")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Token(NamedTuple):
    """A piece of JSON: a mark, a text or a word (number, true, false, null)."""

    kind: str  # mark, text, word
    text: str  # "openapi" with its quotes
    start: int
    end: int


class _NotJsonError(Exception):
    """Something that `json` accepts and JSON does not, or that loses data."""


def read_json(text: str, report: Callable[[Fault], None]) -> object:
    """Read JSON; raise UnreadableError where no data can be made of it."""
    try:
        data: object = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_refuse_constant
        )
    except (_NotJsonError, RecursionError, ValueError) as error:
        return _examine(text, error, report)
    if _SURROGATE.search(text) or is_deep(data, DEEPEST):
        _find_faults(text, report)
    return data


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _NotJsonError
    return mapping


def _refuse_constant(name: str) -> NoReturn:
    raise _NotJsonError(name)


def _examine(text: str, error: Exception, report: Callable[[Fault], None]) -> object:
    """Say what is wrong; read the data all the same if only keys are doubled."""
    _find_faults(text, report)
    if isinstance(error, json.JSONDecodeError):
        raise UnreadableError(_syntax_fault(text, error)) from None
    try:
        data: object = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as broken:
        raise UnreadableError(_syntax_fault(text, broken)) from None
    except (_NotJsonError, RecursionError, ValueError):
        raise UnreadableError(_syntax("this is no JSON", 0, "")) from None
    return data


def _syntax_fault(text: str, error: json.JSONDecodeError) -> Fault:
    start = min(error.pos, len(text))
    rest = text[start : start + 2]
    if rest in ("//", "/*") or rest[:1] == "#":
        return _syntax("JSON has no comments", start, "remove it, or save it as YAML")
    if not rest.strip():
        return _syntax("the text ends too early", start, "is the file cut off?")
    if error.msg.startswith("Extra data"):
        return _syntax("the document has ended before this", start, "remove the rest")
    if "control character" in error.msg:
        return _syntax("a line break inside a text", start, "write it as `\\n`")
    if "escape" in error.msg:
        return _syntax("an unknown escape", start, "double the backslash")
    if rest[0] in "}]" or "trailing comma" in error.msg:
        return _syntax("a comma too many, or a missing value", start, "remove it")
    if rest[0] == "'":
        return _syntax("JSON wants double quotes", start, 'write " instead')
    words = {
        "Expecting ',' delimiter": "a `,` is missing before this",
        "Expecting ':' delimiter": "a `:` is missing before this",
        "Expecting value": "a value is expected here",
        "Unterminated string starting at": "a text that is never closed",
    }
    for words_of_json, message in words.items():
        if error.msg.startswith(words_of_json):
            return _syntax(message, start, "")
    return _syntax("a key in double quotes is expected here", start, "")


def _syntax(message: str, start: int, help_text: str) -> Fault:
    return Fault("json-syntax", message, start, start + 1, help_text)


def tokens(text: str) -> Iterator[Token]:
    """Cut legal JSON into pieces; stop at the first thing that is none."""
    position = 0
    match = _TOKEN.match
    while (found := match(text, position)) is not None:
        kind = found.lastgroup or ""
        start, position = found.span(kind)
        yield Token(kind, text[start:position], start, position)


def _find_faults(text: str, report: Callable[[Fault], None]) -> None:
    """Report doubled keys; raise UnreadableError for what can't be kept as data."""
    outer: list[tuple[set[str] | None, str]] = []
    keys: set[str] | None = None
    key = ""
    previous = ""
    for token in tokens(text):
        if token.text in "{[":
            outer.append((keys, key))
            keys = set[str]() if token.text == "{" else None
            key = "" if token.text == "{" else "0"
            if len(outer) > DEEPEST:
                message = f"more than {DEEPEST} levels of nesting"
                help_text = "no tool reads this: move inner parts to components"
                raise UnreadableError(
                    Fault("too-deep", message, token.start, token.end, help_text)
                )
        elif token.text in "}]":
            if not outer:
                return
            keys, key = outer.pop()
        elif token.text == "," and keys is None and outer:
            key = str(int(key) + 1)
        elif token.kind == "text":
            value = _text_value(token)
            if keys is not None and previous in "{,":
                key = value
                if key in keys:
                    report(_duplicate(key, token, outer))
                keys.add(key)
        elif token.kind == "word":
            _check_word(token)
        previous = token.text


def text_of(piece: str) -> str:
    """Read a text with its quotes; a broken one stays as it is."""
    if "\\" not in piece:
        return piece[1:-1]
    try:
        return str(json.loads(piece))
    except ValueError:
        return piece


def _text_value(token: Token) -> str:
    value = text_of(token.text)
    if any("\ud800" <= each <= "\udfff" for each in value):
        raise UnreadableError(
            Fault(
                "lone-surrogate",
                "half of a character: a `\\uD8…` escape without its other half",
                token.start,
                token.end,
                "write the character itself, or both halves",
            )
        )
    return value


def _check_word(token: Token) -> None:
    word = token.text
    if word in ("NaN", "Infinity", "-Infinity"):
        message = f"`{word}` is no JSON"
        raise UnreadableError(_syntax(message, token.start, "write a number, or null"))
    if (number := _LONG_INTEGER.match(word)) is not None:
        message = f"a number of {len(number[1])} digits"
        help_text = "no program reads such a number: quote it to make it a text"
        raise UnreadableError(
            Fault("number-too-long", message, token.start, token.end, help_text)
        )


def _duplicate(
    key: str, token: Token, outer: list[tuple[set[str] | None, str]]
) -> Fault:
    return Fault(
        "duplicate-key",
        f"the key `{key}` stands twice in the same object",
        token.start,
        token.end,
        "remove or rename one of the two: only one of them can count",
        (*(name for _, name in outer[1:]), key),
    )
