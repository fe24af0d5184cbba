"""The published documents as data, and what their operations are documented to answer.

Read independently of the generator: YAML 1.2 by other means, references by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Data = dict[str, Any]


class _Loader(yaml.CSafeLoader):
    """YAML 1.2: `no` and `2026-01-02` are text."""


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if not pair[0].endswith((":bool", ":timestamp"))]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("true|false"), list("tf")
)


@dataclass(frozen=True, slots=True)
class Documented:
    """One operation, with all answers that the document shows for its success."""

    method: str  # GET
    path: str  # /api/v4/public/orderbook/{market}
    status: int  # 200
    names: tuple[str, ...]  # ("default", "", "schema"), of the answers below
    answers: tuple[object, ...]
    security: tuple[Data, ...]  # ({"BearerAuth": []},)

    def called(self, values: Mapping[str, str]) -> str:
        """Return the path with its parameters replaced."""
        return self.path.format_map(values)


def read(file: Path) -> Data:
    """Return a document as plain data."""
    data: Data = yaml.load(file.read_text(encoding="utf-8"), _Loader)
    return data


def operations(document: Data) -> Iterator[Documented]:
    """Yield every operation of a document, in its order."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in ("get", "post", "put", "delete", "patch"):
                yield _documented(document, method.upper(), path, operation)


def _documented(document: Data, method: str, path: str, operation: Data) -> Documented:
    statuses = sorted(operation["responses"], key=str)
    status = next((s for s in statuses if str(s)[0] in "23"), "200")
    response = _followed(document, operation["responses"].get(status, {}))
    contents = response.get("content", {})
    content = contents.get("application/json", {})
    answers = dict(_answers(document, content))
    security: list[Data] | None = operation.get("security", document.get("security"))
    if not answers and content:
        answers["none"] = [] if content.get("schema", {}).get("type") == "array" else {}
    return Documented(
        method,
        path,
        int(status),
        tuple(answers),
        tuple(answers.values()),
        tuple(security or ()),
    )


def _answers(document: Data, content: Data) -> Iterator[tuple[str, object]]:
    for name, example in content.get("examples", {}).items():
        yield name, _followed(document, example)["value"]
    if "example" in content:
        yield "", content["example"]
    if "example" not in content and not content.get("examples"):
        shown = assembled(document, content.get("schema", {}))
        if shown is not None:
            yield "schema", shown


def assembled(document: Data, schema: Data, depth: int = 0) -> object:
    """Return the example of a schema, or one made of the examples of its parts."""
    schema = _followed(document, schema)
    if "example" in schema:
        return schema["example"]
    if depth > 8:
        return None
    for key in ("oneOf", "anyOf"):
        if key in schema:
            return assembled(document, schema[key][0], depth + 1)
    parts: Data = {}
    for part in schema.get("allOf", ()):
        shown = assembled(document, part, depth + 1)
        parts |= shown if isinstance(shown, dict) else {}
    for name, part in schema.get("properties", {}).items():
        shown = assembled(document, part, depth + 1)
        if shown is not None:
            parts[name] = shown
    if parts:
        return parts
    if isinstance(schema.get("items"), dict):
        item = assembled(document, schema["items"], depth + 1)
        return None if item is None else [item]
    return None


def _followed(document: Data, node: Data) -> Data:
    while "$ref" in node:
        found = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        node = found
    return node
