# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Which documented case an answer is: by its words first, by its code at last.

1. Each message is compared together with its field. Case, punctuation and spacing do
   not count; quoted text, words with a digit, paths and addresses may differ.
2. A case is met when all of its messages are in the answer. If none is met, one that
   shows all messages of the answer is met in part. A met case that is part of another
   met case does not count.
3. Of cases with the same messages: the one of this status, then the one of this code.
4. If no message is known, a code that the document lists under this status decides;
   never 0, never in an answer about credentials, nonce or rate limit.

A wrong name is worse than none: wherever several cases are left, all of them are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from ._decode import parse
from ._operation import Operation
from ._words import Words, words_of

__all__ = ["is_about_access", "match_reasons", "normal"]

_LONGEST = 2_000  # letters of a message that are compared
_MOST = 200  # messages of an answer that are compared

_QUOTED = re.compile(
    r"(?<!\w)(?:'[^'\n]{0,200}'|\"[^\"\n]{0,200}\"|`[^`\n]{0,200}`)(?!\w)"
)
_DIGIT = re.compile(r"\d")
_PUNCTUATION = re.compile(r"[\W_]+")
_INDEX = re.compile(r"\.\d{1,9}(?=\.|$)|\[\d{0,9}\]")

# How an answer about credentials, nonce or rate limit begins: its code says nothing
# about the operation.
_ABOUT_ACCESS = (
    "payload not provided",
    "too many requests",
    "too many attempts",
    "this action is unauthorized enable your key",
    "you dont have permission to use this endpoint",
    "this api key is not authorized",
    "invalid payload",
    "unauthorized request",
    "nonce not provided",
    "your nonce is more than",
    "invalid noncewindow",
    "request not provided",
)

_Message = tuple[str, str]  # field, words; the field is "" for the message itself


class _Known(NamedTuple):
    """One documented case, ready to be compared."""

    reason: StrEnum
    status: int
    code: int | str | None
    messages: frozenset[_Message]


class _Wordless(NamedTuple):
    """A documented case without words: only the identical body is it."""

    reason: StrEnum
    status: int
    body: Any


class _Table(NamedTuple):
    """All documented cases of an operation."""

    operation: Operation[Any]  # kept, so that its id is not given to another one
    cases: tuple[_Known, ...]
    telling: frozenset[_Message]  # messages that say more than "validation failed"
    wordless: tuple[_Wordless, ...]


_tables: dict[int, _Table] = {}


def match_reasons(
    operation: Operation[Any], status: int, parsed: Any, words: Words
) -> tuple[StrEnum, ...]:
    """Give the reasons whose documented case the answer is, mostly one or none."""
    if not operation.cases and not operation.codes:
        return ()
    table = _tables.get(id(operation)) or _prepare(operation)
    answer = _messages(words)
    if not answer:
        same = [case for case in table.wordless if case.body == parsed]
        return _distinct(case.reason for case in same if case.status in (status, 0))
    met = _met(table.cases, answer) or _met_in_part(table.cases, answer)
    if met:
        return _distinct(case.reason for case in _nearest(met, status, words.code))
    return _by_code(operation, status, words, answer, table)


def _met(cases: Sequence[_Known], answer: frozenset[_Message]) -> list[_Known]:
    met = [c for c in cases if c.messages and _all_in(c.messages, answer)]
    if len(met) < 2:
        return met
    return [c for c in met if not any(_is_part(c, other) for other in met)]


def _met_in_part(cases: Sequence[_Known], answer: frozenset[_Message]) -> list[_Known]:
    # "Validation failed" without a field is shown by every case: it tells none of them.
    if not any(field for field, _ in answer):
        return []
    return [c for c in cases if c.messages and _all_in(answer, c.messages)]


def _all_in(some: frozenset[_Message], all_: frozenset[_Message]) -> bool:
    if some <= all_:
        return True
    return all(message in all_ or _in_any_field(message, all_) for message in some)


def _in_any_field(message: _Message, messages: frozenset[_Message]) -> bool:
    """Whether the words stand there, where one of both does not say for which field."""
    field, text = message
    return any(
        other == text and (not field or not of_field) for of_field, other in messages
    )


def _is_part(case: _Known, other: _Known) -> bool:
    return len(case.messages) < len(other.messages) and _all_in(
        case.messages, other.messages
    )


def _nearest(
    met: list[_Known], status: int, code: int | str | None
) -> Iterable[_Known]:
    """Leave, of cases with the same messages, those of this status, then this code."""
    groups: dict[frozenset[_Message], list[_Known]] = {}
    for case in met:
        groups.setdefault(case.messages, []).append(case)
    for same in groups.values():
        left = [c for c in same if c.status in (status, 0)] or same
        yield from [c for c in left if c.code == code] or left


def _by_code(
    operation: Operation[Any],
    status: int,
    words: Words,
    answer: frozenset[_Message],
    table: _Table,
) -> tuple[StrEnum, ...]:
    code = words.code
    if not isinstance(code, int) or code == 0 or is_about_access(words):
        return ()
    if any(message in table.telling for message in answer):
        return ()
    rows = [row for row in operation.codes if row.code == code]
    return _distinct(row.reason for row in rows if row.status in (status, 0))


def is_about_access(words: Words) -> bool:
    """Whether an answer speaks of credentials, nonce or rate limit."""
    texts = [words.message, *(t for own in words.field_errors.values() for t in own)]
    return any(normal(text).startswith(_ABOUT_ACCESS) for text in texts[:_MOST] if text)


def _prepare(operation: Operation[Any]) -> _Table:
    known: list[_Known] = []
    wordless: list[_Wordless] = []
    for text in operation.cases:
        name, status, body = parse(text.encode())
        assert operation.reasons is not None
        reason, words = operation.reasons(name), words_of(body)
        messages = _messages(words)
        if messages:
            known.append(_Known(reason, status, words.code, messages))
        else:
            wordless.append(_Wordless(reason, status, body))
    telling = {
        message
        for case in known
        for message in case.messages
        if message[0] or len(case.messages) == 1
    }
    table = _Table(operation, tuple(known), frozenset(telling), tuple(wordless))
    _tables[id(operation)] = table
    return table


def _messages(words: Words) -> frozenset[_Message]:
    found: set[_Message] = {("", normal(words.message))} if words.message else set()
    for name, texts in words.field_errors.items():
        field = _normal_field(name)
        found.update((field, normal(text)) for text in texts[:_MOST] if text)
        if len(found) > _MOST:
            break
    return frozenset(found)


@lru_cache(maxsize=2_048)
def normal(message: str) -> str:
    """Give the words of a message as they are compared: values are `#`."""
    text = _QUOTED.sub(" # ", message[:_LONGEST]).casefold()
    found: list[str] = []
    for word in text.split():
        if word == "#" or _DIGIT.search(word) or word[0] == "/" or "://" in word:
            if not found or found[-1] != "#":
                found.append("#")
        elif plain := _PUNCTUATION.sub("", word):
            found.append(plain)
    # A message that is only values is compared as it stands, or all such are equal.
    return (
        " ".join(found) if any(w != "#" for w in found) else message.casefold().strip()
    )


@lru_cache(maxsize=2_048)
def _normal_field(name: str) -> str:
    return _INDEX.sub("", name[:_LONGEST]).replace("_", "").replace("-", "").casefold()


def _distinct(reasons: Iterable[StrEnum]) -> tuple[StrEnum, ...]:
    return tuple(dict.fromkeys(reasons))
