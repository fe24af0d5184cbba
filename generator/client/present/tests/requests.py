"""Calls with all arguments and with the required ones, and the requests they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from ....model import ir
from ....model.media import Encoding, body_content, encoding_of, is_range
from ... import names
from ...view import CaseView
from ..annotations import Annotator, Imports
from ..arguments import Argument, Arguments
from ..constants import sent_path
from . import wire
from .literals import json_text, text_literal
from .passed import Passed, UnfitError
from .places import Places
from .samples import NoSampleError, Samples

_PATH = "/{}!$&'()*+,;=:@%?"  # what a path may hold as it stands
_MEDIA = {Encoding.TEXT: "text/plain; charset=utf-8"}


class Value(NamedTuple):
    """An argument with a value."""

    argument: Argument
    name: str  # unique_id
    text: str  # "7"
    travels: Any  # the same as JSON


class Requests:
    """The calls of one operation."""

    def __init__(
        self, operation: ir.Operation, places: Places, schemes: Sequence[str]
    ) -> None:
        self._operation = operation
        self._content = body_content(operation.body)
        self._places = places
        self._passed = Passed(places)
        self._samples = Samples(places, self._passed.fits, is_request=True)
        self._scheme_headers = {name.lower() for name in schemes}
        annotator = Annotator(places.catalog, places.module, Imports())
        self._arguments = Arguments(operation, places.catalog, annotator)
        self._values = [v for a in self._arguments.found if (v := self._value(a))]

    @property
    def can_call(self) -> bool:
        """Whether every required argument has a value that can be passed."""
        given = {id(value.argument) for value in self._values}
        return all(id(a) in given for a in self._arguments.found if a.required)

    def required(self) -> str:
        """Return the expression of the required arguments."""
        return _mapping([v for v in self._values if v.argument.required])

    def cases(self, constant: str) -> tuple[CaseView, ...]:
        """Return the requests; one where no argument is optional."""
        required = [v for v in self._values if v.argument.required]
        found = [self._case("all", self._values, _mapping(self._values))]
        if len(required) < len(self._values):
            found.append(self._case("required", required, f"{constant}.arguments"))
        else:
            found = [self._case("all", required, f"{constant}.arguments")]
        return tuple(found)

    def _value(self, argument: Argument) -> Value | None:
        name = self._arguments.name_of(argument)
        for candidate in self._candidates(argument):
            try:
                text, travels = self._passed.of(argument.type, candidate())
                self._check(argument, travels)
            except (UnfitError, NoSampleError):
                continue
            if self._is_bytes_body(argument):
                return Value(argument, name, repr(b"bytes"), b"bytes")
            return Value(argument, name, text, travels)
        return None

    def _candidates(self, argument: Argument) -> Sequence[Any]:
        """Return documented values first, then built ones, each made when asked for."""
        stated: list[Any] = []
        whole = next((e.value for e in self._bodies()), None)
        if not argument.part:
            stated.append(whole)
        elif isinstance(whole, dict):
            stated.append(whole.get(argument.wire_name))
        stated.append(argument.example)
        word = argument.wire_name
        return [
            *(lambda one=one: one for one in stated if one is not None),
            lambda: self._samples.of(argument.type, word),
            lambda: self._samples.of(argument.type, word, full=False),
        ]

    def _bodies(self) -> Sequence[ir.Example]:
        return self._content.examples if self._content else ()

    def _is_bytes_body(self, argument: Argument) -> bool:
        content = self._content
        return (
            not argument.part
            and content is not None
            and encoding_of(content.media_type) is Encoding.BYTES
        )

    def _check(self, argument: Argument, travels: Any) -> None:
        """Raise `UnfitError` for what can't travel in its place."""
        is_set = travels is not None and travels != [] and travels != {}
        match argument.part:
            case "path":
                text = wire.path_text(self._parameter(argument), travels)
                fits = is_set and text not in ("", ".", "..")
            case "header":
                parameter = self._parameter(argument)
                text = wire.header_text(parameter, travels)
                fits = text.isascii() and text.isprintable() and text == text.strip()
                fits = fits and is_set and _parted(travels)
                fits = fits and argument.wire_name.lower() not in self._scheme_headers
            case "cookie":
                texts = wire.flat(travels)
                fits = is_set and all(t.isascii() and t.isprintable() for t in texts)
                fits = fits and all(t == t.strip() for t in texts)
                if self._parameter(argument).style != "json":
                    fits = fits and not any(set(t) & set(";,") for t in texts)
            case "query":
                fits = is_set
            case "":
                fits = not self._is_form() or isinstance(travels, dict)
            case _:
                fits = True
        if not fits:
            raise UnfitError

    def _is_form(self) -> bool:
        encoding = encoding_of(self._content.media_type) if self._content else None
        return encoding in (Encoding.FORM, Encoding.MULTIPART)

    def _parameter(self, argument: Argument) -> ir.Parameter:
        return next(
            p
            for p in self._operation.parameters
            if (p.location, p.wire_name) == (argument.part, argument.wire_name)
        )

    def _case(self, name: str, values: Sequence[Value], arguments: str) -> CaseView:
        rows = [names.string(name), arguments]
        headers = {
            v.argument.wire_name: wire.header_text(
                self._parameter(v.argument), v.travels
            )
            for v in _in("header", values)
        }
        cookies = [
            cookie
            for v in _in("cookie", values)
            for cookie in wire.cookies(self._parameter(v.argument), v.travels)
        ]
        if cookies:
            headers["Cookie"] = "; ".join(cookies)
        target = self._target(values)
        if target != self._operation.path:
            rows.append(f"target={text_literal(target)}")
        body, media = self._body(values)
        if media:
            headers["Content-Type"] = media
        if headers:
            rows.append(f"headers={names.literal(headers)}")
        if body is not None:
            shown = repr(body) if isinstance(body, bytes) else text_literal(body)
            rows.append(f"body={shown}")
        return CaseView("Request", tuple(rows))

    def _target(self, values: Sequence[Value]) -> str:
        path = quote(sent_path(self._operation), safe=_PATH)
        for value in _in("path", values):
            place = quote(f"{{{value.argument.wire_name}}}", safe=_PATH)
            parameter = self._parameter(value.argument)
            path = path.replace(place, wire.path_text(parameter, value.travels))
        found = [
            wire.query_text(self._parameter(v.argument), v.travels)
            for v in _in("query", values)
        ]
        query = "&".join(text for text in found if text)
        if not query:
            return path
        return f"{path}{'&' if '?' in path else '?'}{query}"

    def _body(self, values: Sequence[Value]) -> tuple[str | bytes | None, str]:
        content = self._content
        if content is None:
            return None, ""
        encoding = encoding_of(content.media_type)
        whole = next((v for v in values if not v.argument.part), None)
        fields = {v.argument.wire_name: v for v in _in("body", values)}
        is_whole = any(not a.part for a in self._arguments.found)
        if is_whole and whole is None:
            return None, ""
        stated = content.media_type
        travels = whole.travels if whole else {k: v.travels for k, v in fields.items()}
        match encoding:
            case Encoding.JSON:
                media = "" if stated in ("application/json", "*/*") else stated
                return json_text(travels, is_ascii=True), media
            case Encoding.FORM:
                text = wire.form(travels, content.parts)
                return text, "application/x-www-form-urlencoded"
            case Encoding.MULTIPART:
                media = "multipart/form-data; boundary=BOUNDARY"
                files = self._files(travels)
                return wire.multipart(travels, content.parts, files), media
            case Encoding.TEXT:
                usual = stated == "text/plain" or is_range(stated)
                return str(travels), _MEDIA[encoding] if usual else stated
            case _:
                media = "application/octet-stream" if is_range(stated) else stated
                return b"bytes", media

    def _files(self, travels: Mapping[str, Any]) -> set[str]:
        """Return the fields that hold bytes, or lists of them."""
        fields = [(a.wire_name, a.type) for a in self._arguments.found if a.part]
        whole = next((a.type for a in self._arguments.found if not a.part), None)
        options = [whole] if whole is not None else []
        while options:
            bare = self._places.bare(options.pop())
            if isinstance(bare, ir.UnionType):
                options += bare.options
            elif isinstance(bare, ir.ObjectType):
                fields += [(f.wire_name, f.type) for f in bare.fields]
            elif isinstance(bare, ir.MapType):
                fields += [(name, bare.values) for name in travels]
        return {name for name, t in fields if self._is_file(t, travels.get(name))}

    def _is_file(self, type_: ir.Type, value: Any) -> bool:
        bare = self._places.bare(type_)
        if isinstance(bare, ir.ArrayType):
            bare = self._places.bare(bare.items)
            value = value[0] if isinstance(value, list) and value else None
        if isinstance(bare, ir.UnionType):
            fitting = (o for o in bare.options if self._passed.fits(o, value))
            bare = self._places.bare(next(fitting, bare))
        return isinstance(bare, ir.StringType) and bare.format in ("byte", "binary")


def _in(part: str, values: Sequence[Value]) -> list[Value]:
    return [value for value in values if value.argument.part == part]


def _mapping(values: Sequence[Value]) -> str:
    ordered = sorted(values, key=lambda v: not v.argument.required)
    return "{" + ", ".join(f'"{v.name}": {v.text}' for v in ordered) + "}"


def _parted(value: Any) -> bool:
    """Tell whether the comma that parts values stands in none of them."""
    is_one = not isinstance(value, list | dict)
    return is_one or not any("," in text for text in wire.flat(value))
