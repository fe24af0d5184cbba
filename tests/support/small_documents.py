"""Small documents made at random, for laws of the comparison."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]
_WORDS = ("size", "crustKind", "bakedAt", "ownerName", "price", "isWarm", "shelfMark")
_FIELDS = st.lists(st.sampled_from(_WORDS), min_size=2, max_size=5, unique=True)


def _schema(kind: str) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "text": {"type": "string", "maxLength": 20},
        "whole": {"type": "integer", "minimum": 1, "maximum": 100},
        "choice": {"type": "string", "enum": ["rye", "wheat", "spelt"]},
        "flag": {"type": "boolean"},
        "list": {"type": "array", "items": {"type": "string"}},
    }
    return kinds[kind] | {"description": "What it says."}


_SCHEMAS = st.sampled_from(["text", "whole", "choice", "flag", "list"]).map(_schema)


@st.composite
def _objects(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(_FIELDS)
    return {
        "type": "object",
        "required": names[: draw(st.integers(0, len(names)))],
        "properties": {name: draw(_SCHEMAS) for name in names},
    }


@st.composite
def _operations(draw: st.DrawFn, name: str) -> dict[str, Any]:
    shared = draw(st.booleans())
    answer = {"$ref": "#/components/schemas/Bread"} if shared else draw(_objects())
    return {
        "operationId": name,
        "tags": ["breads"],
        "description": "Do it.",
        "parameters": [
            {"name": "limit", "in": "query", "schema": {"type": "integer"}},
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": draw(_objects())}},
        },
        "responses": {
            "200": {
                "description": "Done.",
                "content": {"application/json": {"schema": answer}},
            },
            "422": {
                "description": "Refused.",
                "content": {
                    "application/json": {
                        "schema": {"type": "object"},
                        "examples": {
                            "full": {"value": {"code": 1, "message": "F"}},
                            "late": {"value": {"code": 3, "message": "L"}},
                        },
                    }
                },
            },
        },
    }


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Return documents of a few operations, some with a shared schema."""
    count = draw(st.integers(2, 3))
    return {
        "openapi": "3.1.0",
        "info": {"title": "Bakery", "version": "1"},
        "servers": [{"url": "https://bakery.example"}],
        "paths": {
            f"/op{n}": {"post": draw(_operations(f"callOp{n}"))} for n in range(count)
        },
        "components": {"schemas": {"Bread": draw(_objects())}},
    }
