"""Names for refusals that the document does not name, made of their own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_MOST_WORDS = 8
_CUT = re.compile(r"[(\[{:;.]|\s[-\u2013\u2014]\s")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_QUOTED = re.compile(
    r"(?<!\w)(?:'[^'\n]*'|\"[^\"\n]*\"|\u201c[^\u201d\n]*\u201d)(?!\w)"
)
_MARKDOWN = re.compile(r"[`*]")
_KEY = re.compile(r"[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)+")  # validation.exists
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_DROPPED = frozenset(
    ["a", "an", "the", "is", "are", "was", "were", "this", "that", "your", "you", "our"]
)
_HANGING = frozenset(
    [
        "for",
        "to",
        "of",
        "or",
        "and",
        "be",
        "with",
        "by",
        "in",
        "on",
        "at",
        "from",
        "than",
        "as",
        "if",
        "when",
    ]
)


def reason_words(
    heading: str, message: str, errors: Mapping[str, Sequence[str]], description: str
) -> list[str]:
    """Return the words that tell a refusal: all of them, the caller takes the first.

    In this order: the heading above its body; its only message; the words that the
    messages of several fields share; the message of the whole; what the document says of
    the response.
    """
    if heading:
        return words(heading)
    by_field = {field: texts for field, texts in errors.items() if texts}
    if len(by_field) == 1:
        field, texts = next(iter(by_field.items()))
        found = message_words(texts[0], field)
        if found:
            return found
    if len(by_field) > 1:
        shared = _shared([message_words(texts[0], f) for f, texts in by_field.items()])
        if len(shared) > 1:
            return shared
    return message_words(message, "") or words(description)


def name_of(found: Sequence[str], most: int = _MOST_WORDS) -> str:
    """Return the name that some words make: `notEnoughBalance`."""
    chosen = list(found[:most])
    while len(chosen) > 1 and chosen[-1] in _HANGING:
        chosen.pop()
    return "".join([*chosen[:1], *(word.capitalize() for word in chosen[1:])])


def message_words(text: str, field: str) -> list[str]:
    """Return the words of a message; a translation key is taken apart."""
    key = text.strip()
    if _KEY.fullmatch(key):
        parts = [_split(part) for part in key.split(".")]
        if len(parts[-1]) > 1:
            return parts[-1]
        return [*_split(field), *(word for part in parts for word in part)]
    return words(text)


def words(text: str) -> list[str]:
    """Return what a sentence says, without values, articles and Markdown."""
    plain = _MARKDOWN.sub("", _LINK.sub(r"\1", _QUOTED.sub(" ", text))).strip()
    head = next((part for part in _CUT.split(plain) if part.strip()), "")
    found: list[str] = []
    for token in head.replace("'", "").replace("\u2019", "").split():
        if token[0] == "/" or "://" in token or any(c.isdigit() for c in token):
            continue
        found += _split(token)
    return [word for word in found if word not in _DROPPED]


def _split(token: str) -> list[str]:
    plain = re.sub(r"[^\w]|_", " ", token)
    return [w.lower() for part in plain.split() for w in _HUMP.split(part) if w]


def _shared(messages: Sequence[Sequence[str]]) -> list[str]:
    first, *rest = messages
    return [word for word in first if all(word in other for other in rest)]
