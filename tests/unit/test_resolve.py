"""References: followed where they lead somewhere, reported where they don't."""

from __future__ import annotations

import pytest

from .support import Json, document_of, findings, node_at


def _schemas(**schemas: object) -> Json:
    return {"components": {"schemas": schemas}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def test_follow_goes_to_the_end_of_a_chain() -> None:
    document = document_of(_schemas(A=_ref("B"), B=_ref("C"), C={"type": "string"}))
    assert not findings(document)
    end = node_at(document, "components", "schemas", "A").follow()
    assert end.pointer == "#/components/schemas/C"
    assert end.text("type") == "string"


def test_1500_references_in_a_row() -> None:
    chain: Json = {f"S{i}": _ref(f"S{i - 1}") for i in range(1, 1500)}
    document = document_of(_schemas(S0={"type": "string"}, **chain))
    assert not findings(document)
    end = node_at(document, "components", "schemas", "S1499").follow()
    assert end.pointer == "#/components/schemas/S0"


def test_escapes_in_pointers() -> None:
    data: Json = {
        "paths": {"/a/{id}~": {"get": {"responses": {}}}},
        "components": {"pathItems": {"p": {"$ref": "#/paths/~1a~1%7Bid%7D~0"}}},
    }
    document = document_of(data)
    assert not findings(document)
    end = node_at(document, "components", "pathItems", "p").follow()
    assert end.pointer == "#/paths/~1a~1{id}~0"


def test_a_pointer_may_pass_through_a_reference() -> None:
    data = _schemas(
        A=_ref("B"),
        B={"properties": {"x": {"type": "integer"}}},
        C=_ref("A/properties/x"),
    )
    document = document_of(data)
    assert not findings(document)
    end = node_at(document, "components", "schemas", "C").follow()
    assert end.pointer == "#/components/schemas/B/properties/x"


def test_a_dangling_reference_offers_the_nearest_name() -> None:
    data = _schemas(FlexPlan={})
    data["paths"] = {
        "/a": {
            "post": {
                "operationId": "getFlexPlans",
                "responses": {
                    "200": {
                        "content": {"application/json": {"schema": _ref("FlexPlam")}}
                    }
                },
            }
        }
    }
    (found,) = findings(document_of(data))
    assert found.id == "dangling-reference"
    assert found.severity == "error"
    assert found.message == "nothing is at `#/components/schemas/FlexPlam`"
    assert found.label == "in the 200 answer of getFlexPlans"
    assert found.help == (
        "did you mean `#/components/schemas/FlexPlan`?"
        " or make it untyped with --lenient"
    )
    assert found.pointer.endswith("/application~1json/schema/$ref")


def test_with_lenient_a_dangling_reference_is_untyped() -> None:
    document = document_of(_schemas(A=_ref("Nope")))
    (found,) = findings(document, lenient=True)
    assert found.severity == "warning"
    assert "lenient" not in found.help
    node = node_at(document, "components", "schemas", "A").follow()
    assert node.value == {}
    assert node.pointer == "#/components/schemas/A"


def test_a_circle_is_reported_once_and_ends_following() -> None:
    document = document_of(_schemas(X=_ref("B"), B=_ref("C"), C=_ref("B")))
    (found,) = findings(document)
    assert found.id == "reference-loop"
    assert found.pointer == "#/components/schemas/B/$ref"
    assert "`#/components/schemas/B` -> `#/components/schemas/C`" in found.message
    assert node_at(document, "components", "schemas", "X").follow().value == {}


def test_a_reference_to_itself() -> None:
    (found,) = findings(document_of(_schemas(A=_ref("A"))))
    assert found.message == "this reference leads to itself"


def test_recursion_through_properties_is_legal() -> None:
    tree = {"properties": {"children": {"type": "array", "items": _ref("Tree")}}}
    assert not findings(document_of(_schemas(Tree=tree)))


@pytest.mark.parametrize(
    ("reference", "id"),
    [
        ("https://example.com/a.json", "remote-reference"),
        ("//example.com/a.json", "remote-reference"),
        ("file:///etc/passwd", "outside-reference"),
        ("/etc/passwd", "outside-reference"),
        ("../a.yaml#/b", "outside-reference"),
        ("..\\a.yaml", "outside-reference"),
        ("C:\\a.yaml", "outside-reference"),
        ("%2e%2e/a.yaml", "outside-reference"),
        ("b.yaml", "outside-reference"),
    ],
)
def test_what_is_never_opened(reference: str, id: str) -> None:
    (found,) = findings(document_of(_schemas(A={"$ref": reference})))
    assert found.id == id


def test_a_parameter_must_be_a_parameter() -> None:
    data = _schemas(A={"type": "string"})
    data["paths"] = {
        "/a": {
            "parameters": [_ref("A")],
            "get": {"responses": {"200": _ref("A")}, "parameters": [{"$ref": "#"}]},
        }
    }
    found = findings(document_of(data))
    assert {each.id for each in found} == {"wrong-reference"}
    assert {each.pointer for each in found} == {
        "#/paths/~1a/parameters/0/$ref",
        "#/paths/~1a/get/parameters/0/$ref",
        "#/paths/~1a/get/responses/200/$ref",
    }


def test_a_parameter_for_a_schema_is_only_a_warning() -> None:
    data = _schemas(A={"$ref": "#/components/parameters/P"})
    data["components"]["parameters"] = {"P": {"name": "p", "in": "query"}}
    (found,) = findings(document_of(data))
    assert (found.id, found.severity) == ("wrong-reference", "warning")


def test_values_are_no_references_and_names_are_no_keywords() -> None:
    nope = {"$ref": "#/nope"}
    schema = {
        "default": nope,
        "example": nope,
        "examples": [nope],
        "enum": [nope],
        "const": nope,
        "x-extra": nope,
        "properties": {
            "$ref": {"type": "string"},
            "default": dict(nope),
            "example": dict(nope),
            "x-y": dict(nope),
        },
    }
    found = findings(document_of(_schemas(A=schema)))
    assert [each.pointer for each in found] == [
        f"#/components/schemas/A/properties/{name}/$ref"
        for name in ("default", "example", "x-y")
    ]


def test_anchors_and_ids() -> None:
    data = _schemas(
        A={"$anchor": "here", "type": "string"},
        B={"$ref": "#here"},
        C={"$id": "https://example.com/c", "type": "number"},
        D={"$ref": "https://example.com/c"},
    )
    document = document_of(data)
    assert not findings(document)
    schemas = node_at(document, "components", "schemas")
    assert (
        node_at(document, "components", "schemas", "B").follow().pointer.endswith("/A")
    )
    assert [each.follow().text("type") for _, each in schemas.entries()] == [
        "string",
        "string",
        "number",
        "number",
    ]
