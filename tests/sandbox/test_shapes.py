"""Refusals of foreign documents come as those declare them, downloads as bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.sandbox.app import Sandbox
from generator.sandbox.messages import Request, Response
from tests.sandbox.support import SHIPPED, Draft, data_of, sandbox_of

TEXT: dict[str, Any] = {"type": "string"}
WHOLE: dict[str, Any] = {"type": "integer"}
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT}
SAID = "The limit must be at least 1."


def _things(required: str = "", **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required.split()}


def _sandbox(folder: Path, answers: dict[str, Any], *, key: bool = False) -> Sandbox:
    limit = {"name": "limit", "in": "query", "schema": {**WHOLE, "minimum": 1}}
    call: dict[str, Any] = {
        "operationId": "listBreads",
        "parameters": [limit],
        "responses": {"200": {"description": "Breads."}, **answers},
        **({"security": [{"key": []}]} if key else {}),
    }
    scheme = {"type": "apiKey", "in": "header", "name": "X-Key"}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Bakery", "version": "1"},
        "servers": [{"url": "https://bakery.example"}],
        "paths": {"/breads": {"get": call}},
        "components": {"securitySchemes": {"key": scheme}},
    }
    spec = folder / "spec.json"
    spec.write_text(json.dumps(document))
    return sandbox_of(spec)


def _answer(schema: Any, media: str = "application/json") -> dict[str, Any]:
    return {"description": "An answer.", "content": {media: {"schema": schema}}}


def _ask(sandbox: Sandbox, target: str = "/breads?limit=0") -> Response:
    return sandbox(Request("GET", target))


NEST = _things(message=TEXT, statusCode=WHOLE, error=TEXT)
PROBLEM = _things("status title", status=WHOLE, title=TEXT, detail=TEXT, type=TEXT)
FASTAPI = _things(
    detail={
        "type": "array",
        "items": _things("loc msg type", loc=TEXTS, msg=TEXT, type=TEXT),
    }
)
GOOGLE = _things("error", error=_things(code=WHOLE, message=TEXT, status=TEXT))
RAILS = _things(
    "success id",
    success={"type": "boolean"},
    id={**TEXT, "example": "r1"},
    errors={"type": "object", "additionalProperties": TEXTS},
)


@pytest.mark.parametrize(
    ("schema", "wanted"),
    [
        (
            NEST,
            {
                "statusCode": 400,
                "message": f"Validation failed: {SAID}",
                "error": f"Validation failed: {SAID}",
            },
        ),
        (
            PROBLEM,
            {
                "status": 400,
                "title": f"Validation failed: {SAID}",
                "detail": f"Validation failed: {SAID}",
            },
        ),
        (FASTAPI, {"detail": [{"loc": ["limit"], "msg": SAID, "type": "text"}]}),
        (
            GOOGLE,
            {
                "error": {
                    "code": 400,
                    "message": f"Validation failed: {SAID}",
                    "status": "validation",
                }
            },
        ),
        (RAILS, {"success": False, "id": "r1", "errors": {"limit": [SAID]}}),
        (_things(errors=TEXTS, code=TEXT), {"errors": [SAID], "code": "validation"}),
        (
            _things(message=TEXT, details={"type": "object"}),
            {"message": "Validation failed", "details": {"limit": [SAID]}},
        ),
        (
            _things(message={**TEXT, "enum": ["Not well-formed."]}, issues=TEXTS),
            {"message": "Not well-formed.", "issues": [SAID]},
        ),
        (
            {"oneOf": [_things(hint=TEXT), _things(msg=TEXT)]},
            {"msg": f"Validation failed: {SAID}"},
        ),
    ],
)
def test_as_the_document_declares_it(
    schema: dict[str, Any], wanted: object, tmp_path: Path
) -> None:
    answer = _ask(_sandbox(tmp_path, {"400": _answer(schema)}))
    assert answer.status == 400
    assert data_of(answer) == wanted


OWN = {"code": 0, "message": "Validation failed", "errors": {"limit": [SAID]}}


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"404": _answer(NEST)},
        {"400": _answer(NEST, "text/html")},
        {"400": _answer(_things(hint=TEXT))},
        {"400": _answer(_things(success={"type": "boolean"}))},
        {"400": _answer(_things(message={**TEXT, "maxLength": 3}))},
        {"400": _answer({"type": "object"})},
    ],
)
def test_what_has_no_place_for_it_is_kept(
    answers: dict[str, Any], tmp_path: Path
) -> None:
    assert data_of(_ask(_sandbox(tmp_path, answers))) == OWN


def test_a_range_and_the_rest_are_statuses_too(tmp_path: Path) -> None:
    for stated in ("4XX", "default"):
        folder = tmp_path / stated
        folder.mkdir()
        media = "application/problem+json"
        sandbox = _sandbox(folder, {stated: _answer(PROBLEM, media)}, key=True)
        answer = _ask(sandbox)
        assert (answer.status, data_of(answer)["status"]) == (401, 401)
        assert dict(answer.headers)["Content-Type"] == media


def test_the_exchange_keeps_its_own_words() -> None:
    path = "/api/v4/main-account/smart-flex/investments"
    answer = sandbox_of(SHIPPED)(Draft(path, {"limit": 0}).request())
    assert (answer.status, data_of(answer)) == (400, OWN)


def test_a_download_is_bytes(tmp_path: Path) -> None:
    picture = {"type": "string", "format": "binary"}
    sandbox = _sandbox(tmp_path, {"200": _answer(picture, "image/png")})
    answer = _ask(sandbox, "/breads")
    assert dict(answer.headers)["Content-Type"] == "image/png"
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode()


def test_what_says_that_it_is_base64_stays_so(tmp_path: Path) -> None:
    for number, (schema, media, body) in enumerate(
        (
            ({"type": "string", "format": "byte"}, "image/png", b"Ynl0ZXM="),
            ({"type": "string", "format": "binary"}, "application/json", b'"Ynl0ZXM="'),
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        sandbox = _sandbox(folder, {"200": _answer(schema, media)})
        assert _ask(sandbox, "/breads").body == body
