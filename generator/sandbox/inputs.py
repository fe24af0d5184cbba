"""What a request brings, as JSON values: parameters from text, bodies from bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, unquote

from ..model import ir
from ..model.inner import bare
from ..model.media import Encoding, encoding_of
from ..model.values import Problems, Values
from .access import cookies
from .messages import Request
from .rules import Reason

__all__ = ["UNREADABLE", "Inputs", "media_type"]

UNREADABLE = object()
"""Stands for a body that can't be read."""

_STRUCTURED = ("label", "matrix", "deepObject")
_JOINTS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


def media_type(request: Request) -> str:
    """Return the media type of a body, without its parameters."""
    stated = request.header("Content-Type") or ""
    return stated.partition(";")[0].strip().lower()


class Inputs:
    """Checks parameters and body of a request against its operation."""

    def __init__(self, schemas: Mapping[str, ir.NamedSchema]) -> None:
        self._schemas = schemas
        self._values = Values(schemas)

    def problems(
        self,
        operation: ir.Operation,
        request: Request,
        path: Mapping[str, str],
        fields: dict[str, object] | Reason | None,
    ) -> Problems:
        """Return the messages by field; `fields` is the body of a signed request."""
        found: Problems = {}
        if operation.parameters:
            found |= self._parameters(operation, request, path)
        body = operation.body
        if body is None:
            return found
        if isinstance(fields, dict):
            json_contents = (
                c for c in body.content if encoding_of(c.media_type) is Encoding.JSON
            )
            content = next(json_contents, None)
            return found | (self._of(content, fields) if content else {})
        return found | self._body(body, request)

    def accepts(self, operation: ir.Operation, request: Request) -> bool:
        """Tell whether the document knows the media type of a body."""
        body = operation.body
        if body is None or not request.body:
            return True
        return self._content(body, request) is not None

    def _of(self, content: ir.Content, value: object) -> Problems:
        return self._values.problems(content.type, value)

    def _body(self, body: ir.Body, request: Request) -> Problems:
        if not request.body and not body.required:
            return {}
        content = self._content(body, request)
        if content is None:
            return {}
        match encoding_of(content.media_type):
            case Encoding.JSON:
                value = _json(request.body)
                if value is UNREADABLE:
                    return {"body": ["The body must be JSON."]}
                return self._of(content, value)
            case Encoding.FORM:
                return self._of(content, self._form(content, request.body))
            case _:
                return {} if request.body else {"body": ["The body field is required."]}

    def _content(self, body: ir.Body, request: Request) -> ir.Content | None:
        stated = media_type(request)
        for content in body.content:
            known = content.media_type.partition(";")[0].strip().lower()
            if known in (stated, "*/*") or not stated:
                return content
            if known.endswith("/*") and stated.startswith(known[:-1]):
                return content
        return None

    def _form(self, content: ir.Content, body: bytes) -> object:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        type_ = bare(content.type, self._schemas)
        known = (
            {f.wire_name: f.type for f in type_.fields}
            if isinstance(type_, ir.ObjectType)
            else {}
        )
        given: dict[str, list[str]] = {}
        for name, value in pairs:
            given.setdefault(name, []).append(value)
        return {
            name: self._typed(known.get(name, ir.AnyType("")), values)
            for name, values in given.items()
        }

    def _parameters(
        self, operation: ir.Operation, request: Request, path: Mapping[str, str]
    ) -> Problems:
        query: dict[str, list[str]] = {}
        for name, value in parse_qsl(request.query, keep_blank_values=True):
            query.setdefault(name, []).append(value)
        found: Problems = {}
        for parameter in operation.parameters:
            if not self._is_readable(parameter):
                continue
            values = _given(parameter, request, path, query)
            name = parameter.wire_name
            if values is None:
                if parameter.required:
                    found[name] = [f"The {name} field is required."]
                continue
            given = self._parameter(parameter, values)
            found |= self._values.problems(parameter.type, given, name)
        return found

    def _is_readable(self, parameter: ir.Parameter) -> bool:
        """Tell whether text can be told from structure; else nothing is checked."""
        if parameter.style == "json":
            return True
        is_object = isinstance(
            bare(parameter.type, self._schemas), ir.ObjectType | ir.MapType
        )
        return not is_object and parameter.style not in _STRUCTURED

    def _parameter(self, parameter: ir.Parameter, values: list[str]) -> object:
        if parameter.style == "json":
            return _json(values[-1].encode())
        type_ = self._bare(parameter.type)
        if isinstance(type_, ir.ArrayType | ir.TupleType) and not (
            parameter.explode and parameter.location == "query"
        ):
            values = values[-1].split(_JOINTS.get(parameter.style, ","))
        return self._typed(parameter.type, values)

    def _typed(
        self, type_: ir.Type, values: Sequence[str], *, is_item: bool = False
    ) -> object:
        """Return text as the JSON value that it stands for, if it stands for one.

        Lists are written out once only: one inside another is JSON.
        """
        known = self._bare(type_)
        text = values[-1]
        match known:
            case ir.ArrayType() if not is_item:
                return [self._typed(known.items, [one], is_item=True) for one in values]
            case ir.TupleType() if not is_item:
                parts = zip(known.items, values, strict=False)
                return [self._typed(part, [one], is_item=True) for part, one in parts]
            case ir.UnionType():
                made = [self._typed(o, values, is_item=is_item) for o in known.options]
                fitting = (m for m in made if not self._values.problems(known, m))
                return next(fitting, text)
            case ir.StringType() | ir.AnyType():
                return text
            case ir.DecimalType() if known.wire == "string":
                return text
            case ir.EnumType() if known.base == "string":
                return text
            case _:
                read = _json(text.encode())
                return text if read is UNREADABLE else read

    def _bare(self, type_: ir.Type) -> ir.Type:
        return bare(type_, self._schemas)


def _given(
    parameter: ir.Parameter,
    request: Request,
    path: Mapping[str, str],
    query: Mapping[str, list[str]],
) -> list[str] | None:
    """Return the texts of a parameter, None if it is missing."""
    name = parameter.wire_name
    match parameter.location:
        case "path":
            return [path[name]] if name in path else None
        case "query":
            return query.get(name) or query.get(f"{name}[]")
        case "header":
            value = request.header(name)
            return None if value is None else [value]
        case _:
            jar = cookies(request)
            return [unquote(jar[name])] if name in jar else None


def _json(text: bytes) -> object:
    try:
        value: object = json.loads(text.decode(), parse_constant=_refused)
    except (ValueError, RecursionError):
        return UNREADABLE
    return value


def _refused(name: str) -> object:
    raise ValueError(f"{name} is no JSON")
