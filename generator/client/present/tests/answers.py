"""Documented successes as cases: the answer, and what a call returns for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....model import ir
from ....model.media import (
    Encoding,
    answer_kind,
    encoding_of,
    is_empty_unsaid,
    json_answer,
    may_be_empty,
    stream_item,
)
from ... import names
from ...view import CaseView
from .literals import json_text, text_literal
from .places import Places
from .returned import Returned
from .samples import NoSampleError, Samples


class Answers:
    """The successes of one operation."""

    def __init__(self, operation: ir.Operation, places: Places) -> None:
        self._operation = operation
        self._places = places
        self._returned = Returned(places)
        self._samples = Samples(places, self._returned.fits, is_request=False)
        self._type = json_answer(operation)
        self._item = stream_item(operation)

    def cases(self) -> tuple[CaseView, ...]:
        """Return every example; without one, an answer that is built from the schema."""
        match answer_kind(self._operation):
            case "json":
                found = list(self._examples()) or list(self._built())
                if is_empty_unsaid(self._operation):
                    rows = ('"empty"', str(self._status()), '""', "None")
                    found.append(CaseView("Answer", (*rows, "is_documented=False")))
            case "text":
                rows = ('"built"', str(self._status()), '"text"', '"text"')
                found = [CaseView("Answer", (*rows, *_built_rows("text/plain")))]
            case "bytes":
                rows = ('"built"', str(self._status()), 'b"bytes"', 'b"bytes"')
                media = "application/octet-stream"
                found = [CaseView("Answer", (*rows, *_built_rows(media)))]
            case "lines" | "events" as kind:
                found = list(self._stream(kind))
            case "none":
                rows = ('"built"', str(self._status()), '""', "None")
                found = [CaseView("Answer", (*rows, "is_documented=False"))]
            case _:
                rows = ('"built"', "302", '""', '"https://elsewhere.test/"')
                location = 'location="https://elsewhere.test/"'
                found = [CaseView("Answer", (*rows, location, "is_documented=False"))]
        return tuple(found)

    def _stream(self, kind: str) -> Iterator[CaseView]:
        """Yield an answer of two items."""
        type_ = self._item or ir.AnyType("")
        try:
            made = self._samples.of(type_)
            text, got = json_text(made), self._returned.of(type_, made)
        except (NoSampleError, ValueError):
            return
        if got.is_kept:
            return
        if kind == "events" and isinstance(type_, ir.StringType) and not type_.format:
            text = str(made)  # the data of an event as it stands
        media, before, after = "application/x-ndjson", "", "\n"
        if kind == "events":
            media, before, after = "text/event-stream", "data: ", "\n\n"
        body = f"{before}{text}{after}" * 2
        rows = ('"built"', str(self._status()), text_literal(body))
        listed = f"[{got.text}, {got.text}]"
        yield CaseView("Answer", (*rows, listed, *_built_rows(media)))

    def item(self, type_: ir.Type) -> tuple[str, str] | None:
        """Return one item of a page, as JSON and as the caller gets it."""
        try:
            made = self._samples.of(type_, "item")
            if isinstance(made, dict):  # one field is enough to know the item by
                made = dict(list(made.items())[:1])
            return text_literal(json_text(made)), self._returned.of(type_, made).text
        except (NoSampleError, ValueError):
            return None

    def _status(self) -> int:
        declared = (r.status for r in self._operation.responses)
        codes = [int(s) for s in declared if s.isdecimal() and s.startswith("2")]
        return codes[0] if codes else 200

    def _examples(self) -> Iterator[CaseView]:
        taken: set[str] = set()
        for response in self._operation.responses:
            if not response.status.startswith("2") and not (
                response.status == "default" and self._only_default()
            ):
                continue
            status = int(response.status) if response.status.isdecimal() else 200
            for content in response.content:
                if encoding_of(content.media_type) is not Encoding.JSON:
                    continue
                for example in content.examples:
                    name = example.name or "example"
                    if name in taken:
                        name = f"{name}-{status}"
                    while name in taken:
                        name = f"{name}-{names.digest(example.pointer)}"
                    taken.add(name)
                    yield from self._case(name, status, example.value, [])

    def _only_default(self) -> bool:
        return not any(r.status.startswith("2") for r in self._operation.responses)

    def _built(self) -> Iterator[CaseView]:
        try:
            type_ = self._type
            value = {"key": "value"} if type_ is None else self._samples.of(type_)
        except NoSampleError:
            return
        yield from self._case("built", self._status(), value, ["is_documented=False"])

    def _case(
        self, name: str, status: int, value: Any, more: list[str]
    ) -> Iterator[CaseView]:
        """Yield a case; a value that JSON can't say is none."""
        try:
            body = json_text(value)
        except ValueError:
            return
        type_ = self._type or ir.AnyType("")
        # Where another success has no body, a call may return None anyway.
        optional = may_be_empty(self._operation)
        got = self._returned.of(type_, value, optional=optional)
        rows = [names.string(name), str(status), text_literal(body)]
        rows.append("None" if got.is_kept else got.text)
        rows += ["is_misfit=True"] if got.is_kept else []
        yield CaseView("Answer", (*rows, *more))


def _built_rows(media: str) -> tuple[str, ...]:
    return (f"media={names.string(media)}", "is_documented=False")
