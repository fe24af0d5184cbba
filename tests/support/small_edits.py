"""Single edits of small documents, and the rules that have to name each."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .small_documents import Document


@dataclass(frozen=True)
class Edit:
    """One change of a document, and the rules of which one has to name it."""

    name: str
    rules: tuple[str, ...]
    make: Callable[[Document], str]  # changes it, returns a word of the message


def operation(document: Document) -> dict[str, Any]:
    """Return the first operation: the one that edits change."""
    found: dict[str, Any] = next(iter(document["paths"].values()))["post"]
    return found


def _body(document: Document) -> dict[str, Any]:
    body: dict[str, Any] = operation(document)["requestBody"]["content"]
    found: dict[str, Any] = body["application/json"]["schema"]
    return found


def _answer(document: Document) -> dict[str, Any]:
    responses = operation(document)["responses"]
    success = next(responses[status] for status in responses if status[0] == "2")
    answer = success["content"]["application/json"]
    schema: dict[str, Any] = answer["schema"]
    if "$ref" in schema:
        shared: dict[str, Any] = document["components"]["schemas"]["Bread"]
        return shared
    return schema


def _first(schema: dict[str, Any]) -> str:
    return str(next(iter(schema["properties"])))


def _replace(schema: dict[str, Any], name: str, to: str) -> None:
    schema["properties"] = {
        to if key == name else key: value for key, value in schema["properties"].items()
    }
    schema["required"] = [to if key == name else key for key in schema["required"]]


def _remove_operation(document: Document) -> str:
    first = next(iter(document["paths"]))
    return str(document["paths"].pop(first)["post"]["operationId"])


def _add_operation(document: Document) -> str:
    added = copy.deepcopy(operation(document)) | {"operationId": "weighFlour"}
    document["paths"]["/flour"] = {"get": added}
    del added["requestBody"]
    return "weighFlour"


def _add(schema: Callable[[Document], dict[str, Any]], required: bool) -> Any:
    def make(document: Document) -> str:
        found = schema(document)
        found["properties"]["zest"] = {"type": "number"}
        if required:
            found["required"].append("zest")
        return "zest"

    return make


def _remove(schema: Callable[[Document], dict[str, Any]]) -> Any:
    def make(document: Document) -> str:
        found = schema(document)
        name = _first(found)
        del found["properties"][name]
        found["required"] = [each for each in found["required"] if each != name]
        return name

    return make


def _rename(schema: Callable[[Document], dict[str, Any]]) -> Any:
    def make(document: Document) -> str:
        found = schema(document)
        name = _first(found)
        other = name.upper()
        _replace(found, name, other)
        return other

    return make


def _require(schema: Callable[[Document], dict[str, Any]]) -> Any:
    def make(document: Document) -> str:
        found = schema(document)
        name = _first(found)
        if name in found["required"]:
            found["required"].remove(name)
        else:
            found["required"].append(name)
        return name

    return make


def _retype(schema: Callable[[Document], dict[str, Any]]) -> Any:
    def make(document: Document) -> str:
        found = schema(document)
        name = _first(found)
        found["properties"][name] = {
            "type": "object",
            "properties": {"inner": {"type": "string"}},
            "description": "What it says.",
        }
        return name

    return make


def _may_be_null(schema: Callable[[Document], dict[str, Any]]) -> Any:
    def make(document: Document) -> str:
        found = schema(document)
        name = _first(found)
        own = found["properties"][name]
        own["type"] = [own["type"], "null"]
        if "enum" in own:
            own["enum"] = [*own["enum"], None]
        return name

    return make


def _describe(document: Document) -> str:
    operation(document)["description"] = "Do it well."
    return "described"


def _deprecate(document: Document) -> str:
    operation(document)["deprecated"] = True
    return "deprecated"


def _status(document: Document) -> str:
    responses = operation(document)["responses"]
    responses["201"] = responses.pop("200")
    responses["422"] = responses.pop("422")
    return "201"


def _examples(document: Document) -> dict[str, Any]:
    refused = operation(document)["responses"]["422"]["content"]["application/json"]
    found: dict[str, Any] = refused["examples"]
    return found


def _add_reason(document: Document) -> str:
    _examples(document)["empty"] = {"value": {"code": 2, "message": "Nothing left"}}
    return "empty"


def _recode(document: Document) -> str:
    name = next(iter(_examples(document)))
    _examples(document)[name]["value"]["code"] = 9
    return name


def _rename_reason(document: Document) -> str:
    examples = _examples(document)
    examples["noRoom"] = examples.pop(next(iter(examples)))
    return "noRoom"


def _serve(document: Document) -> str:
    document["servers"] = [{"url": "https://bakery.test"}]
    return "bakery.test"


def _limit(document: Document) -> str:
    operation(document)["parameters"][0]["schema"]["maximum"] = 10
    return "maximum: 10"


def _rename_operation(document: Document) -> str:
    operation(document)["operationId"] = "renamedCall"
    return "renamedCall"


EDITS: tuple[Edit, ...] = (
    Edit("operation removed", ("operation-removed",), _remove_operation),
    Edit("operation added", ("operation-added",), _add_operation),
    Edit("operation renamed", ("operation-renamed",), _rename_operation),
    Edit("argument added", ("request-field-added",), _add(_body, False)),
    Edit("argument demanded", ("request-field-added-required",), _add(_body, True)),
    Edit("argument removed", ("request-field-removed",), _remove(_body)),
    Edit("argument renamed", ("request-field-renamed",), _rename(_body)),
    Edit(
        "argument required or not",
        ("request-field-required", "request-field-optional"),
        _require(_body),
    ),
    Edit("argument of another type", ("request-type-changed",), _retype(_body)),
    Edit("argument may be null", ("request-nullable",), _may_be_null(_body)),
    Edit("argument limited", ("request-limit-tightened",), _limit),
    Edit("attribute added", ("response-field-added",), _add(_answer, False)),
    Edit("attribute removed", ("response-field-removed",), _remove(_answer)),
    Edit("attribute renamed", ("response-field-renamed",), _rename(_answer)),
    Edit(
        "attribute required or not",
        ("response-field-required", "response-field-optional"),
        _require(_answer),
    ),
    Edit("attribute of another type", ("response-type-changed",), _retype(_answer)),
    Edit("attribute may be null", ("response-nullable",), _may_be_null(_answer)),
    Edit("status changed", ("success-status-changed",), _status),
    Edit("reason added", ("reason-added",), _add_reason),
    Edit("reason renamed", ("reason-renamed",), _rename_reason),
    Edit("code changed", ("reason-code",), _recode),
    Edit("described otherwise", ("operation-described",), _describe),
    Edit("deprecated", ("operation-deprecated",), _deprecate),
    Edit("server changed", ("server-changed",), _serve),
)
