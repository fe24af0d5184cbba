"""What libyaml says about broken text, in words that help to mend it."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError, YAMLError
from yaml.reader import ReaderError

from .faults import Fault

# What a YAML text may hold; the rest are control characters and halves of surrogates.
# Compiled when it's needed.
_FORBIDDEN = (
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff"
)

# A piece of libyaml's problem, what it means, what to do.
_WORDS = (
    (
        "mapping values are not allowed",
        "a `:` can't stand here",
        "quote the text that holds the `:`, or mend the indentation",
    ),
    (
        "expected <block end>",
        "this line doesn't fit the lines above it",
        "give it the indentation of its siblings",
    ),
    (
        "did not find expected key",
        "this line doesn't fit the lines above it",
        "give it the indentation of its siblings, or quote the text that broke off",
    ),
    (
        "did not find expected '-' indicator",
        "an item that begins with `- ` is expected here",
        "give it the indentation of its siblings",
    ),
    (
        "could not find expected ':'",
        "a key without a `:` behind it",
        "write `key: value`, or quote a text that runs over several lines",
    ),
    (
        "found unexpected end of stream",
        "a quote that is opened here is never closed",
        "close it",
    ),
    (
        "did not find expected ',' or '}'",
        "a `,` or a `}` is missing here",
        "close the mapping that began with `{`",
    ),
    (
        "did not find expected ',' or ']'",
        "a `,` or a `]` is missing here",
        "close the list that began with `[`",
    ),
    (
        "unknown escape character",
        "an unknown escape inside a double-quoted text",
        "double the backslash, or put the text in single quotes",
    ),
    (
        "undefined tag handle",
        "a tag that is not defined",
        "remove it: an OpenAPI document needs no tags",
    ),
    (
        "found a tab",
        "a tab stands where spaces are needed",
        "indent with spaces: YAML allows no tabs there",
    ),
    (
        "contains violating tabs",
        "a tab stands where spaces are needed",
        "indent with spaces: YAML allows no tabs there",
    ),
    (
        "did not find expected <document start>",
        "the document has ended, and this line belongs to nothing",
        "mend the indentation, or remove it",
    ),
    (
        "incompatible YAML document",
        "only YAML 1.1 and 1.2 are supported",
        "remove the `%YAML` line",
    ),
)


def explain(error: YAMLError, text: str) -> Fault:
    """Turn libyaml's complaint into a fault of the text."""
    if isinstance(error, ReaderError) or not isinstance(error, MarkedYAMLError):
        return _bad_character(text)
    problem = error.problem or "the text is no YAML"
    mark = error.problem_mark or error.context_mark
    begun = error.context_mark
    at_end = mark is not None and mark.index >= len(text.rstrip())
    if begun is not None and (at_end or "could not find expected ':'" in problem):
        mark = begun  # where it began says more than where the parser gave up
    start = min(mark.index, len(text)) if mark else 0
    if "cannot start any token" in problem:
        return _bad_start(text, start)
    for piece, message, help_text in _WORDS:
        if piece in problem:
            return Fault("yaml-syntax", message, start, start + 1, help_text)
    help_text = "mend this line, or the one above it; quotes help where text looks odd"
    return Fault(
        "yaml-syntax", f"this is no YAML: {problem}", start, start + 1, help_text
    )


def _bad_start(text: str, start: int) -> Fault:
    character = text[start : start + 1]
    if character == "\t":
        return Fault(
            "yaml-syntax",
            "a tab stands where spaces are needed",
            start,
            start + 1,
            "indent with spaces: YAML allows no tabs there",
        )
    return Fault(
        "yaml-syntax",
        f"a text without quotes can't begin with `{character}`",
        start,
        start + 1,
        "put the text in quotes",
    )


def _bad_character(text: str) -> Fault:
    found = re.search(_FORBIDDEN, text)
    start = found.start() if found else 0
    code = f"U+{ord(text[start]):04X}" if start < len(text) else "nothing"
    return Fault(
        "yaml-syntax",
        f"the control character {code} can't stand in YAML",
        start,
        start + 1,
        'remove it, or write it as an escape inside double quotes: "\\x00"',
    )
