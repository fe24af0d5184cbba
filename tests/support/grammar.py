"""Whole documents made at random from the grammar of OpenAPI 3.0 and 3.1.

Every document is legal: each reference leads somewhere, each path names its parameters.
What is odd about them are the names, and which constructs meet.
"""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]

_WORDS = (
    "id",
    "Id",
    "ID",
    "class",
    "self",
    "None",
    "from",
    "list",
    "str",
    "field",
    "date",
)
_ODD = (
    "x-y",
    "x.y",
    "x y",
    "1st",
    "日付",
    "ﬁeld",
    "_",
    "__init__",
    "$type",
    "a/b",
    "a~b",
)
_OURS = (
    "errors",
    "Model",
    "model",
    "Decimal",
    "UNSET",
    "client",
    "{x}",
    '"',
    "\\",
    "\n",
)
NAMES = st.sampled_from((*_WORDS, *_ODD, *_OURS))
_COMPONENTS = ("Order", "order", "Page", "Tree", "str", "Model", "Side", "File")
_FORMATS = (
    "",
    "date",
    "date-time",
    "uuid",
    "decimal",
    "byte",
    "binary",
    "int64",
    "odd",
)
_MEDIA = (
    *("application/json", "text/plain", "application/octet-stream", "image/png"),
    *("application/x-www-form-urlencoded", "multipart/form-data", "*/*"),
    *("application/problem+json", "application/x-ndjson", "text/event-stream"),
)
_PLACES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
_REFERENCES = st.sampled_from(_COMPONENTS).map(
    lambda name: {"$ref": f"#/components/schemas/{name}"}
)
_STRINGS = st.sampled_from(_FORMATS).map(
    lambda text: {"type": "string", **({"format": text} if text else {})}
)
_ENUMS = st.one_of(
    st.lists(NAMES, min_size=1, max_size=4, unique=True).map(
        lambda values: {"type": "string", "enum": values}
    ),
    st.lists(st.integers(-5, 5), min_size=1, max_size=4, unique=True).map(
        lambda values: {"type": "integer", "enum": values}
    ),
    st.just({"enum": [1, "one", None]}),
)
_LEAVES = st.one_of(
    _STRINGS,
    _ENUMS,
    _REFERENCES,
    st.sampled_from(["integer", "number", "boolean", "null"]).map(
        lambda t: {"type": t}
    ),
    st.just({}),
    st.just({"const": "fixed"}),
)


def _objects(inner: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    fields = st.dictionaries(NAMES, inner, max_size=4)

    def made(properties: Data, count: int, extra: Any) -> Data:
        schema: Data = {"type": "object", "properties": properties}
        if required := list(properties)[:count]:
            schema["required"] = required
        return schema if extra is None else {**schema, "additionalProperties": extra}

    extra = st.none() | st.booleans() | inner
    return st.builds(made, fields, st.integers(0, 3), extra)


def _outer(inner: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        _objects(inner),
        inner.map(lambda items: {"type": "array", "items": items}),
        inner.map(lambda v: {"type": "object", "additionalProperties": v}),
        several.map(lambda items: {"type": "array", "prefixItems": items}),
        several.map(lambda options: {"oneOf": options}),
        several.map(lambda options: {"anyOf": [*options, {"type": "null"}]}),
        st.lists(_objects(inner) | _REFERENCES, min_size=1, max_size=2).map(
            lambda parts: {"allOf": parts}
        ),
        st.builds(
            lambda schema, word: {**schema, word: True},
            inner.filter(lambda schema: "$ref" not in schema),
            st.sampled_from(["nullable", "readOnly", "writeOnly", "deprecated"]),
        ),
    )


SCHEMAS: st.SearchStrategy[Data] = st.recursive(_LEAVES, _outer, max_leaves=6)
_CONTENTS = st.dictionaries(
    st.sampled_from(_MEDIA),
    SCHEMAS.map(lambda s: {"schema": s}),
    min_size=1,
    max_size=2,
)


@st.composite
def _parameters(draw: st.DrawFn, path: str) -> list[Data]:
    found: list[Data] = []
    for name in re.findall(r"\{(\w+)\}", path):
        found.append(
            {
                "name": name,
                "in": "path",
                "required": True,
                "style": draw(st.sampled_from(_PLACES["path"])),
                "explode": draw(st.booleans()),
                "schema": draw(SCHEMAS),
            }
        )
    keys = st.tuples(st.sampled_from(["query", "header", "cookie"]), NAMES)
    for place, name in draw(st.lists(keys, max_size=3, unique=True)):
        parameter: Data = {"name": name, "in": place, "required": draw(st.booleans())}
        if draw(st.integers(0, 4)) == 0:
            parameter["content"] = {"application/json": {"schema": draw(SCHEMAS)}}
        else:
            parameter["style"] = draw(st.sampled_from(_PLACES[place]))
            parameter["explode"] = draw(st.booleans())
            parameter["schema"] = draw(SCHEMAS)
        found.append(parameter)
    return found


@st.composite
def _responses(draw: st.DrawFn) -> Data:
    statuses = st.sampled_from(["200", "201", "204", "302", "4XX", "404", "default"])
    return {
        status: {
            "description": draw(NAMES),
            **({"content": draw(_CONTENTS)} if draw(st.booleans()) else {}),
        }
        for status in draw(st.lists(statuses, min_size=1, max_size=3, unique=True))
    }


@st.composite
def _operations(draw: st.DrawFn, path: str) -> Data:
    operation: Data = {
        "parameters": draw(_parameters(path)),
        "responses": draw(_responses()),
    }
    if draw(st.booleans()):
        operation["operationId"] = draw(NAMES)
    if draw(st.booleans()):
        operation["tags"] = [draw(NAMES)]
    if draw(st.booleans()):
        operation["requestBody"] = {
            "required": draw(st.booleans()),
            "content": draw(_CONTENTS),
        }
    return operation


@st.composite
def documents(draw: st.DrawFn) -> Data:
    """Return legal documents of a few operations."""
    paths: Data = {}
    templates = st.sampled_from(
        ["/orders", "/orders/{id}", "/v1/{a}-{b}.json", "/", "/self", "/a b/é"]
    )
    for path in draw(st.lists(templates, min_size=1, max_size=3, unique=True)):
        methods = st.sampled_from(["get", "post", "put", "delete", "head"])
        paths[path] = {
            method: draw(_operations(path))
            for method in draw(st.lists(methods, min_size=1, max_size=2, unique=True))
        }
    return {
        "openapi": draw(st.sampled_from(["3.0.3", "3.1.0"])),
        "info": {"title": draw(NAMES), "version": "1"},
        "servers": [{"url": "https://bakery.example/v1"}],
        "paths": paths,
        "components": {
            "schemas": {name: draw(_objects(SCHEMAS)) for name in _COMPONENTS}
        },
    }


def count_operations(document: Data) -> int:
    """Return how many operations a document has."""
    return sum(len(item) for item in document["paths"].values())
