"""A name depends on its own element: what else the document holds changes it only where
two elements claim one name.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import given, settings, strategies as st

from generator.client import names
from generator.client.present.contents import make_catalog
from generator.client.present.naming import class_names, group_names, method_names
from generator.client.present.own_names import OwnNames
from generator.compilation import compile_document
from generator.config import Config
from generator.diagnostics import Diagnostics

Names = Mapping[str, str]
Document = dict[str, Any]

# Few words, so that some names are claimed twice; and some that are close to another's.
_WORDS = ("order", "Order", "orders", "get-order", "getOrder", "get_order", "list", "")
_SCHEMAS = ("Order", "order", "GetOrder", "GetOrderResponse", "Orders", "Listing")
_PATHS = ("/order", "/orders", "/v1/order", "/get/order", "/list")


def _related(claims: Mapping[str, Sequence[str]], element: str) -> set[str]:
    """Return the elements that share a claim with an element, directly or by others."""
    found, waiting = {element}, [element]
    while waiting:
        own = set(claims[waiting.pop()])
        more = {k for k, v in claims.items() if own & set(v)} - found
        found |= more
        waiting += more
    return found


@settings(max_examples=1000, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"),
        st.lists(st.sampled_from(("one", "two", "three", "four", "")), max_size=3),
        min_size=2,
    ),
    st.data(),
)
def test_a_claim_less_changes_no_other_name(
    claims: dict[str, list[str]], data: st.DataObject
) -> None:
    removed = data.draw(st.sampled_from(sorted(claims)))
    before = names.assign(claims)
    after = names.assign({k: v for k, v in claims.items() if k != removed})
    related = _related(claims, removed)
    assert len(set(before.values())) == len(before)
    assert {k: v for k, v in after.items() if k not in related} == {
        k: v for k, v in before.items() if k not in related
    }


def _operation(word: str, schema: str) -> Document:
    answer = {"$ref": f"#/components/schemas/{schema}"} if schema else _object("note")
    content = {"application/json": {"schema": answer}}
    operation: Document = {
        "tags": ["Orders"],
        "responses": {"200": {"description": "", "content": content}},
    }
    return {**operation, "operationId": word} if word else operation


def _object(field: str) -> Document:
    return {"type": "object", "properties": {field: {"type": "string"}}}


@st.composite
def _documents(draw: st.DrawFn) -> Document:
    schemas = draw(st.sets(st.sampled_from(_SCHEMAS), min_size=1))
    used = st.sampled_from(["", *sorted(schemas)])
    paths = {
        path: {"get": _operation(draw(st.sampled_from(_WORDS)), draw(used))}
        for path in draw(st.sets(st.sampled_from(_PATHS), min_size=2))
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Orders", "version": "1"},
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": {name: _object("id") for name in sorted(schemas)}},
    }


def _named(document: Document) -> tuple[Names, Mapping[str, tuple[str, ...]]]:
    """Return the names of methods and classes by pointer, and what each claims."""
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder) / "api.json"
        spec.write_text(json.dumps(document))
        api = compile_document(Config(spec=str(spec))).api
    own = OwnNames(api.own_names, Diagnostics())
    groups = group_names(api, own, Diagnostics())
    methods = method_names(api, own, Diagnostics())
    classes = class_names(sorted(set(groups.values())), "Client")
    catalog = make_catalog(api, groups, methods, classes, own)
    found = {f"method {pointer}": name for pointer, name in methods.items()}
    claims = {
        f"method {o.pointer}": (
            names.snake(o.operation_id),
            names.snake(f"{o.method} {o.path}"),
        )
        for o in api.operations
    }
    for (_, pointer), entry in catalog.entries.items():
        found[f"class {pointer}"] = entry.name
        # A class of an operation is called after its method, whose own claims count too.
        owner = f"method {pointer.partition('/responses/')[0]}"
        claims[f"class {pointer}"] = (*entry.candidates, *claims.get(owner, ()))
    return found, claims


@settings(max_examples=60, deadline=None)
@given(_documents(), st.data())
def test_an_operation_less_changes_no_other_name(
    document: Document, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(document["paths"])))
    kept = {k: v for k, v in document["paths"].items() if k != path}
    _check(document, {**document, "paths": kept})


@settings(max_examples=60, deadline=None)
@given(_documents(), st.data())
def test_a_schema_less_changes_no_other_name(
    document: Document, data: st.DataObject
) -> None:
    removed = data.draw(st.sampled_from(sorted(document["components"]["schemas"])))
    schemas = {
        k: v for k, v in document["components"]["schemas"].items() if k != removed
    }
    text = json.dumps(document["paths"])
    # Who used it uses an inline object instead.
    text = text.replace(
        json.dumps({"$ref": f"#/components/schemas/{removed}"}),
        json.dumps(_object("note")),
    )
    paths = json.loads(text)
    _check(document, {**document, "paths": paths, "components": {"schemas": schemas}})


def _check(document: Document, smaller: Document) -> None:
    before, claims = _named(document)
    after, _ = _named(smaller)
    removed = before.keys() - after.keys()
    related: set[str] = set()
    for element in removed:
        related |= _related(claims, element)
    common = before.keys() & after.keys()
    changed = {key for key in common if before[key] != after[key]}
    assert changed <= related
