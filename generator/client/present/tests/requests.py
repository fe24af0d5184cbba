"""Calls with all arguments and with the required ones, and the requests they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus

from ....model import ir
from ....model.media import Encoding, body_content, encoding_of
from ... import names
from ...view import CaseView
from ..annotations import Annotator, Imports
from ..arguments import Argument, Arguments
from .literals import json_text, text_literal
from .passed import Passed, UnfitError
from .places import Places
from .samples import NoSampleError, Samples

_PATH = "/{}!$&'()*+,;=:@%?"  # what a path may hold as it stands
_JOINTS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
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
        if (argument.part, word.lower()) == ("header", "content-length"):
            stated = [5 if self._content else 0]  # what the bodies of these tests have
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
        text = _text_of(travels)
        match argument.part:
            case "path":
                fits = text not in ("", ".", "..")
            case "header":
                fits = text.isascii() and text.isprintable() and text == text.strip()
                fits = fits and travels is not None
                fits = fits and argument.wire_name.lower() not in self._scheme_headers
            case "cookie":
                fits = text.isascii() and text.isprintable() and text == text.strip()
                fits = fits and travels is not None and not set(text) & set(";,")
            case "query":
                fits = travels is not None and travels != [] and travels != {}
            case "":
                fits = not self._is_form() or isinstance(travels, dict)
                if self._is_multipart():  # the client takes a plain mapping only
                    bare = self._places.bare(argument.type)
                    fits = fits and isinstance(bare, ir.MapType | ir.AnyType)
            case _:
                fits = True
        if not fits:
            raise UnfitError

    def _is_form(self) -> bool:
        encoding = encoding_of(self._content.media_type) if self._content else None
        return encoding in (Encoding.FORM, Encoding.MULTIPART)

    def _is_multipart(self) -> bool:
        content = self._content
        return content is not None and (
            encoding_of(content.media_type) is Encoding.MULTIPART
        )

    def _case(self, name: str, values: Sequence[Value], arguments: str) -> CaseView:
        rows = [names.string(name), arguments]
        headers = {
            v.argument.wire_name: _text_of(v.travels) for v in _in("header", values)
        }
        cookies = [
            f"{v.argument.wire_name}={_text_of(v.travels)}"
            for v in _in("cookie", values)
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
        # A fragment tells operations of one path apart, and never travels.
        path = quote(self._operation.path.partition("#")[0], safe=_PATH)
        for value in _in("path", values):
            place = quote(f"{{{value.argument.wire_name}}}", safe=_PATH)
            path = path.replace(place, quote(_text_of(value.travels), safe=""))
        pairs = [pair for v in _in("query", values) for pair in self._query(v)]
        query = "&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in pairs)
        return f"{path}?{query}" if query else path

    def _query(self, value: Value) -> list[tuple[str, str]]:
        name = value.argument.wire_name
        parameter = next(
            p
            for p in self._operation.parameters
            if (p.location, p.wire_name) == ("query", name)
        )
        style, travels = parameter.style, value.travels
        if style == "json" or not isinstance(travels, dict | list):
            return [(name, _text_of(travels))]
        if isinstance(travels, dict):
            shape = f"{name}[{{}}]" if style == "deepObject" else "{}"
            return [(shape.format(k), _text_of(v)) for k, v in travels.items()]
        if style in _JOINTS and not parameter.explode:
            return [(name, _JOINTS[style].join(map(_text_of, travels)))]
        return [(name, _text_of(one)) for one in travels]

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
                pairs = form_pairs(travels)
                text = "&".join(f"{quote_plus(k)}={quote_plus(v)}" for k, v in pairs)
                return text, "application/x-www-form-urlencoded"
            case Encoding.MULTIPART:
                media = "multipart/form-data; boundary=BOUNDARY"
                return self._multipart(travels), media
            case Encoding.TEXT:
                usual = stated in ("text/plain", "*/*")
                return str(travels), _MEDIA[encoding] if usual else stated
            case _:
                usual = stated in ("application/octet-stream", "*/*")
                return b"bytes", "application/octet-stream" if usual else stated

    def _multipart(self, travels: Mapping[str, Any]) -> bytes:
        files = self._files()
        parts: list[str] = []
        for name, value in travels.items():
            if value is None:
                continue
            quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
            head = f'Content-Disposition: form-data; name="{quoted}"'
            text = _text_of(value)
            if name in files:
                head += (
                    f'; filename="{quoted}"\r\nContent-Type: application/octet-stream'
                )
                text = "bytes"
            parts.append(f"--BOUNDARY\r\n{head}\r\n\r\n{text}\r\n")
        return f"{''.join(parts)}--BOUNDARY--\r\n".encode()

    def _files(self) -> set[str]:
        return {
            v.argument.wire_name
            for v in self._values
            if isinstance(bare := self._places.bare(v.argument.type), ir.StringType)
            and bare.format in ("byte", "binary")
        }


def form_pairs(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the pairs of a form: a list repeats its name, an object gives its own."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, dict):
            pairs += [(str(k), _text_of(v)) for k, v in value.items()]
        elif isinstance(value, list):
            pairs += [(name, _text_of(one)) for one in value]
        elif value is not None:
            pairs.append((name, _text_of(value)))
    return pairs


def _in(part: str, values: Sequence[Value]) -> list[Value]:
    return [value for value in values if value.argument.part == part]


def _mapping(values: Sequence[Value]) -> str:
    ordered = sorted(values, key=lambda v: not v.argument.required)
    return "{" + ", ".join(f'"{v.name}": {v.text}' for v in ordered) + "}"


def _text_of(value: Any) -> str:
    """Return a scalar as it stands in a path, a query or a header."""
    if isinstance(value, str):
        return value
    return "" if value is None else json_text(value, is_ascii=True)
