"""What openapi-pydantic objects to, in the words of somebody who reads the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..diagnostics import Diagnostics, quoted
from ..pointers import join
from ..spelling import near
from .labels import describe_place
from .node import Document
from .plain import is_list, is_mapping
from .shape import describe_value

_TYPES = ("string", "number", "integer", "boolean", "array", "object")
_OTHER_WORDS = {
    "int": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "decimal": "number",
    "str": "string",
    "text": "string",
    "date": "string",
    "datetime": "string",
    "date-time": "string",
    "uuid": "string",
    "file": "string",
    "bool": "boolean",
    "list": "array",
    "map": "object",
    "dict": "object",
    "json": "object",
}
_HELP = "correct it in the document, or by an overlay"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One objection, as the library gives it."""

    kind: str  # string_type
    location: tuple[int | str, ...]  # ("paths", "/a", "get", "tags", 0)
    context: Mapping[str, object]  # {"expected": "'query' or 'header'"}


@dataclass(frozen=True, slots=True)
class _Place:
    tokens: tuple[str, ...]
    value: object
    in_list: bool  # whether the last token is an index
    missing: str  # the key that is looked for and not there
    branches: tuple[tuple[int, str], ...]  # (tokens before it, alternative tried)


def sort_out(
    document: Document, complaints: Iterable[Complaint], reported: set[str]
) -> Iterator[tuple[Complaint, _Place]]:
    """Leave out what is said already, said twice or said without reason.

    Where two shapes are possible the library lists why each of them fails, so every
    error below a schema also says that the schema is no reference.
    """
    seen: set[tuple[tuple[str, ...], str]] = set()
    for complaint in complaints:
        place = _find(document.root.value, complaint)
        mark = (place.tokens, place.missing)
        if mark in seen or _is_other_branch(document, place):
            continue
        if _is_groundless(document, complaint, place):
            continue
        path = (*place.tokens, place.missing) if place.missing else place.tokens
        if reported and any(
            join(path[:length]) in reported for length in range(len(path) + 1)
        ):
            continue
        if place.in_list and (place.tokens[:-1], "") in seen:
            continue  # the list as a whole is spoken for
        seen.add(mark)
        yield complaint, place


def _find(root: object, complaint: Complaint) -> _Place:
    """Walk along a location. Names of alternatives in it are no keys of the data."""
    value = root
    tokens: list[str] = []
    branches: list[tuple[int, str]] = []
    missing, in_list = "", False
    for position, part in enumerate(complaint.location):
        if is_mapping(value) and str(part) in value:
            value, in_list = value[str(part)], False
            tokens.append(str(part))
        elif is_list(value) and isinstance(part, int) and part < len(value):
            value, in_list = value[part], True
            tokens.append(str(part))
        elif complaint.kind == "missing" and position == len(complaint.location) - 1:
            missing = str(part)
        else:
            branches.append((len(tokens), str(part)))
    return _Place(tuple(tokens), value, in_list, missing, tuple(branches))


def _is_other_branch(document: Document, place: _Place) -> bool:
    """Tell whether an alternative was tried that the data plainly does not mean."""
    for depth, branch in place.branches:
        if branch == "Reference":
            node = document.root.at(*place.tokens[:depth])
            value = node.value if node else None
            if not (is_mapping(value) and "$ref" in value):
                return True
        elif branch in ("bool", "[key]"):
            return True
        elif "DataType" in branch and depth == len(place.tokens):
            if is_list(place.value) != branch.startswith("list["):
                return True
        elif branch[:1].isupper():
            node = document.root.at(*place.tokens[:depth])
            if node is not None and node.is_ref:
                return True
    return False


def _is_groundless(document: Document, complaint: Complaint, place: _Place) -> bool:
    tokens, value = place.tokens, place.value
    if tokens == ("openapi",):  # 3.0.9 is as good as 3.0.3
        return True
    for around, token in zip(("", *tokens), tokens, strict=False):
        if token.startswith("x-") and around not in (
            "properties",
            "headers",
            "schemas",
        ):
            return True
    if complaint.kind == "too_short" and tokens[-1:] == ("required",):
        return True  # an empty list of required names is what many generators write
    if complaint.kind == "float_type" and isinstance(value, int):
        return True  # an integer too large for a float
    if isinstance(value, bool) and complaint.kind == "model_type":
        return document.is_31  # `true` and `false` are schemas
    # A callback may be a reference.
    return tokens[-1:] == ("$ref",) and tokens[-3:-2] == ("callbacks",)


def report_complaint(
    document: Document, found: tuple[Complaint, _Place], diagnostics: Diagnostics
) -> None:
    """Put one objection into a sentence and report it as a warning."""
    complaint, place = found
    id, message, help_text = "invalid-openapi", _sentence(complaint, place), _HELP
    keyword = place.tokens[-2:-1] if place.in_list else place.tokens[-1:]
    if complaint.kind == "enum" and keyword == ("type",):
        if place.value is None:
            message = "`null` without quotes is no type"
            help_text = 'write "null"'
        elif is_list(place.value) or place.value == "null":
            message = "this `type` is one of OpenAPI 3.1, and the document says 3.0"
            help_text = "it is read as 3.1 means it: write `openapi: 3.1.0` at the top"
        else:
            id = "unknown-type"
            message = f"there is no type {quoted(place.value)}: it is read as untyped"
            help_text = _type_help(place.value)
    diagnostics.warning(
        id,
        message,
        at=join(place.tokens),
        help=help_text,
        label=describe_place(document, place.tokens),
    )


def _type_help(value: object) -> str:
    if isinstance(value, str):
        meant = _OTHER_WORDS.get(value.lower()) or near(value, _TYPES)
        if meant:
            return f"did you mean `{meant}`?"
    return f"types are {', '.join(_TYPES)}"


def _sentence(complaint: Complaint, place: _Place) -> str:
    if place.missing:
        return f"{_subject(place)} has no {quoted(place.missing)}"
    wanted = _wanted(complaint)
    subject = _subject(place)
    if place.value is None:
        return f"{subject} has no value: {wanted} belongs here"
    if complaint.kind in ("enum", "literal_error"):
        return f"{subject} can't be {quoted(place.value)}: it is {wanted}"
    if complaint.kind == "too_short":
        return f"{subject} may not be empty"
    if complaint.kind in ("greater_than", "greater_than_equal"):
        return f"{subject} must be {wanted}"
    return f"{subject} must be {wanted}, and is {describe_value(place.value)}"


def _subject(place: _Place) -> str:
    if not place.tokens:
        return "the document"
    last = place.tokens[-1]
    if place.in_list and len(place.tokens) > 1:
        return f"item {int(last) + 1} of {quoted(place.tokens[-2])}"
    return quoted(last)


def _wanted(complaint: Complaint) -> str:
    kind, context = complaint.kind, complaint.context
    if kind in ("enum", "literal_error"):
        expected = str(context.get("expected", "something else"))
        return "one of " + expected.replace("'", "`").replace(" or ", ", ")
    if kind == "greater_than":
        return "greater than 0"
    if kind == "greater_than_equal":
        return "at least 0"
    for start, words in (
        ("string", "a text"),
        ("list", "a list"),
        ("dict", "a mapping"),
        ("model", "a mapping"),
        ("bool", "true or false"),
        ("int", "a whole number"),
        ("float", "a number"),
        ("finite", "a finite number"),
        ("url", "a URL"),
    ):
        if kind.startswith(start):
            return words
    return "something else"
