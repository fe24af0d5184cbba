"""Small changes of a document by the rules of the comparison that find them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Json = dict[str, Any]
Pair = tuple[Json, Json]  # before and after

_TEXT: Json = {"type": "string"}


def _thing(fields: Json, required: str = "", **more: Any) -> Json:
    return {"type": "object", "properties": fields, "required": required.split()} | more


def _told(text: str) -> Json:
    return _TEXT | {"description": text}


# Schemas before and after, of any value.
_ANYWHERE: Mapping[str, Pair] = {
    "field-added": (_thing({"a": _TEXT}), _thing({"a": _TEXT, "b": _TEXT})),
    "field-renamed": (_thing({"ownerName": _TEXT}), _thing({"owner_name": _TEXT})),
    "field-required": (_thing({"a": _TEXT}), _thing({"a": _TEXT}, "a")),
    "nullable": (_TEXT, {"type": ["string", "null"]}),
    "type-changed": (_TEXT, {"type": "boolean"}),
    "type-widened": ({"type": "integer"}, {"type": "number"}),
    "value-added": (_TEXT | {"enum": ["a"]}, _TEXT | {"enum": ["a", "b"]}),
    "wrapped": (
        _thing({"a": _TEXT}),
        {"oneOf": [_thing({"b": _TEXT}), _thing({"c": _TEXT})]},
    ),
    "limit-tightened": (_TEXT | {"maxLength": 9}, _TEXT | {"maxLength": 5}),
    "limit-changed": (
        {"type": "integer", "multipleOf": 2},
        {"type": "integer", "multipleOf": 3},
    ),
    "pattern-tightened": (_TEXT, _TEXT | {"pattern": "^a"}),
    "pattern-changed": (_TEXT | {"pattern": "^b"}, _TEXT | {"pattern": "^a"}),
    "closed": (_thing({"a": _TEXT}), _thing({"a": _TEXT}, additionalProperties=False)),
    "undeclared": (_thing({"a": _TEXT}), _thing({"a": _TEXT}, "gone")),
    "deprecated": (_TEXT, _TEXT | {"deprecated": True}),
    "described": (_told("Of rye."), _told("Of oat.")),
    "example": (_TEXT | {"example": "a"}, _TEXT | {"example": "b"}),
    "unit": (_told("How long, in seconds."), _told("How long, in minutes.")),
    "condition": (_told(""), _told("Required if the bread is large.")),
    "retired": (_told(""), _told("This is no longer used.")),
    "codes": (_told("- 1: rye"), _told("- 1: oat")),
}
_ANSWERED = {"write-only": (_TEXT, _TEXT | {"writeOnly": True})}
VALUES: Mapping[str, Mapping[str, Pair]] = {
    "request": {
        **_ANYWHERE,
        "default-changed": (_TEXT, _TEXT | {"default": "a"}),
        "read-only": (_TEXT, _TEXT | {"readOnly": True}),
    },
    "response": {**_ANYWHERE, **_ANSWERED},
    "error": {**_ANYWHERE, **_ANSWERED},
}
# What demands nothing, beside what says nothing.
IDLE: tuple[Pair, ...] = (
    (_TEXT, _TEXT | {"minLength": 0}),
    (_TEXT, _TEXT | {"pattern": ".*"}),
    ({"type": "array"}, {"type": "array", "minItems": 0}),
    ({"type": "array"}, {"type": "array", "uniqueItems": False}),
    (_thing({"a": _TEXT}), _thing({"a": _TEXT}, minProperties=0)),
)
# Facts that only sentences state.
IN_SENTENCES = ("unit", "condition", "retired", "codes")


def document(operation: Json, path: str = "/breads", **around: Any) -> Json:
    """Return a document of one operation."""
    own: Json = {"operationId": "bake", "tags": ["breads"], "responses": {"204": {}}}
    own |= operation
    responses = {
        status: {"description": ""} | answer
        for status, answer in own["responses"].items()
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Bakery", "version": "1"},
        "servers": [{"url": "https://bakery.example"}],
        "paths": {path: {"post": own | {"responses": responses}}},
    } | around


def with_values(side: str, schemas: Iterable[Json]) -> Json:
    """Return a document with a value of each schema, all on one side."""
    fields = {f"value{number}": schema for number, schema in enumerate(schemas)}
    body = _media(_thing(fields))
    if side == "request":
        return document({"requestBody": body})
    status = "200" if side == "response" else "422"
    return document({"responses": {"204": {}, status: body}})


def _media(schema: Json, *kinds: str, **more: Any) -> Json:
    shown = kinds or ("application/json",)
    return {"content": {kind: {"schema": schema} | more for kind in shown}}


def _taking(body: Json, *, required: bool = False) -> Json:
    return document({"requestBody": {"required": required} | body})


def _answering(**answers: Json) -> Json:
    """Return a document with answers; their statuses are spelled `s200`."""
    return document({"responses": {status[1:]: a for status, a in answers.items()}})


def _cases(**cases: Json) -> Json:
    examples = {name: {"value": body} for name, body in cases.items()}
    return _media(_thing({}), examples=examples)


def _refusing(**cases: Json) -> Json:
    return _answering(s204={}, s422=_cases(**cases))


def _sending(**parameter: Any) -> Json:
    return document({"parameters": [{"name": "a", "in": "query", **parameter}]})


def _secured(*names: str, header: str = "Key") -> Json:
    key = {"type": "apiKey", "in": "header", "name": header}
    token = {"type": "http", "scheme": "bearer"}
    return document(
        {"security": [{name: []} for name in names]},
        components={"securitySchemes": {"Key": key, "Token": token}},
    )


def _served(*hosts: str) -> Json:
    return document({}, servers=[{"url": f"https://{host}.example"} for host in hosts])


def _schema(name: str) -> Json:
    answer = _media({"$ref": f"#/components/schemas/{name}"})
    return document(
        {"responses": {"200": answer}},
        components={"schemas": {name: _thing({"a": _TEXT})}},
    )


def _paged(**stated: str) -> Json:
    parameters = [
        {"name": name, "in": "query", "schema": {"type": "integer"}}
        for name in ("limit", "offset")
    ]
    answer = _media(_thing({n: {"type": "array", "items": _TEXT} for n in ("a", "b")}))
    own: Json = {"parameters": parameters, "responses": {"200": answer}}
    return document(own | ({"x-pagination": stated} if stated else {}))


_LIST = {"type": "array", "items": _TEXT}
_FULL = {"code": 1, "message": "Full"}
_LATE = {"code": 2, "message": "Late"}
_ODD = {"code": 3, "message": "Odd"}
_BLAMED = {"code": 1, "errors": {"a": ["Wrong"]}}
_IN_PATH = {"in": "path", "required": True, "schema": _TEXT}
_PLAIN = document({})
_TWO = document({"operationId": "eat"}, "/bread")["paths"]

# Documents before and after.
OTHERS: Mapping[str, Pair] = {
    "request-field-added-required": (_PLAIN, _sending(schema=_TEXT, required=True)),
    "request-field-refused": (
        _taking(_media(_thing({"a": _TEXT}, additionalProperties=False))),
        _taking(_media(_thing({}, additionalProperties=False))),
    ),
    "request-field-placed": (
        _sending(schema=_TEXT),
        _sending(schema=_TEXT, **{"in": "header"}),
    ),
    "request-field-written": (
        _sending(schema=_LIST),
        _sending(schema=_LIST, explode=False),
    ),
    "request-path-name": (
        document({"parameters": [_IN_PATH | {"name": "id"}]}, "/breads/{id}"),
        document({"parameters": [_IN_PATH | {"name": "bread"}]}, "/breads/{bread}"),
    ),
    "body-added-required": (_PLAIN, _taking(_media(_TEXT), required=True)),
    "body-added": (_PLAIN, _taking(_media(_TEXT))),
    "body-required": (_taking(_media(_TEXT)), _taking(_media(_TEXT), required=True)),
    "request-media-added": (
        _taking(_media(_TEXT)),
        _taking(_media(_TEXT, "application/json", "text/plain")),
    ),
    "response-media-added": (
        _answering(s200=_media(_TEXT)),
        _answering(s200=_media(_TEXT, "application/json", "text/plain")),
    ),
    "response-body-added": (_answering(s200={}), _answering(s200=_media(_TEXT))),
    "success-status-changed": (_answering(s204={}), _answering(s205={})),
    "success-status-added": (_answering(s204={}), _answering(s204={}, s205={})),
    "error-status-added": (_answering(s204={}), _answering(s204={}, s422={})),
    "error-status-changed": (
        _answering(s204={}, s422=_media(_TEXT)),
        _answering(s204={}, s409=_media(_TEXT)),
    ),
    "error-body-added": (
        _answering(s204={}, s422={}),
        _answering(s204={}, s422=_media(_TEXT)),
    ),
    "reason-added": (_refusing(full=_FULL), _refusing(full=_FULL, late=_LATE)),
    "reason-renamed": (_refusing(full=_FULL), _refusing(crowded=_FULL)),
    "reason-code": (_refusing(full=_FULL), _refusing(full=_FULL | {"code": 2})),
    "reason-text": (_refusing(full=_FULL), _refusing(full=_FULL | {"message": "No"})),
    "reason-field": (
        _refusing(wrong=_BLAMED),
        _refusing(wrong={"code": 1, "errors": {"b": ["Wrong"]}}),
    ),
    "reason-field-added": (
        _refusing(wrong=_BLAMED),
        _refusing(wrong={"code": 1, "errors": {"a": ["Wrong"], "b": ["Wrong"]}}),
    ),
    "operation-added": (
        _PLAIN,
        _PLAIN | {"paths": _PLAIN["paths"] | _TWO},
    ),
    "operation-renamed": (_PLAIN, document({"operationId": "eat"})),
    "operation-moved": (_PLAIN, document({}, "/loaves")),
    "operation-grouped": (_PLAIN, document({"tags": ["loaves"]})),
    "operation-kind": (_PLAIN, document({"x-kind": "read"})),
    "operation-paged": (_paged(), _paged(items="a")),
    "operation-deprecated": (_PLAIN, document({"deprecated": True})),
    "component-renamed": (_schema("Bread"), _schema("Loaf")),
    "server-added": (_served("a"), _served("a", "b")),
    "server-changed": (_served("a"), _served("b")),
    "security-added": (_secured(), _secured("Key")),
    "security-option-added": (_secured("Key"), _secured("Key", "Token")),
    "security-changed": (_secured("Key"), _secured("Token")),
    "scheme-changed": (_secured("Key"), _secured("Key", header="Other")),
    "api-described": (
        _PLAIN,
        document({}, info={"title": "Bakery", "version": "2"}),
    ),
    "error-code": (_refusing(full=_FULL), _refusing(late=_LATE)),
    "reason-moved": (
        _answering(s409=_cases(late=_LATE), s422=_cases(full=_FULL, odd=_ODD)),
        _answering(s409=_cases(late=_LATE, full=_FULL), s422=_cases(odd=_ODD)),
    ),
    "rate-limit": (
        document({"description": "At most 10 requests per minute."}),
        document({"description": "At most 20 requests per minute."}),
    ),
    **{
        f"operation-{what}": (
            document({"description": _ANYWHERE[what][0]["description"]}),
            document({"description": _ANYWHERE[what][1]["description"]}),
        )
        for what in ("described", *IN_SENTENCES)
    },
}
# What is found beside the rule, because it comes along.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "error-code": ("reason-added", "reason-removed"),
    "rate-limit": ("operation-described",),
    **{f"operation-{what}": ("operation-described",) for what in IN_SENTENCES},
}
