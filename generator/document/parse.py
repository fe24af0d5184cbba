"""Whether the data has the shape of an OpenAPI document, 3.0 or 3.1.

openapi-pydantic is asked about the data as it stands, and only for its objections: its
models are thrown away, because they change numbers and the order of keys. What it
objects to without reason is passed over, the rest is said in plain words. Where it
certainly has nothing to object to (`plainly`) it isn't asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostics, quoted
from .complaints import Complaint, report_complaint, sort_out
from .node import Document
from .plain import is_mapping
from .plainly import is_plainly_legal
from .shape import check_containers, describe_value

if TYPE_CHECKING:
    from pydantic import BaseModel

_VERSION = re.compile(r"3\.([01])(?:\.[0-9]+)?(?:-[0-9A-Za-z.-]+)?")


def check_shape(
    document: Document, diagnostics: Diagnostics, *, is_thorough: bool = True
) -> None:
    """Report what is wrong with the document's shape: containers are errors.

    What openapi-pydantic objects to is warnings: without `is_thorough` it isn't asked.
    """
    if not _check_version(document, diagnostics):
        return
    reported = check_containers(document, diagnostics)
    complaints = _ask(document, diagnostics) if is_thorough else ()
    for complaint in sort_out(document, complaints, reported):
        report_complaint(document, complaint, diagnostics)


def _check_version(document: Document, diagnostics: Diagnostics) -> bool:
    root = document.root.value
    if not is_mapping(root):
        diagnostics.error(
            "not-openapi",
            f"the document must be a mapping, and is {describe_value(root)}",
            at="#",
            help="an OpenAPI document begins with `openapi: 3.0.3`",
        )
        return False
    if "openapi" not in root:
        if "swagger" in root:
            diagnostics.error(
                "not-openapi",
                "Swagger 2.0 is not supported",
                at="#/swagger",
                help="convert it to OpenAPI 3, with https://converter.swagger.io",
            )
        else:
            diagnostics.error(
                "not-openapi",
                "there is no `openapi` with the version",
                at="#",
                help="is it an OpenAPI document? it begins with `openapi: 3.0.3`",
            )
        return False
    version = document.version_text
    if _VERSION.fullmatch(version):
        return True
    diagnostics.error(
        "not-openapi",
        (
            f"OpenAPI {quoted(version)} is not supported"
            if version
            else f"the version must be a text, and is {describe_value(root['openapi'])}"
        ),
        at="#/openapi",
        help="use 3.0 or 3.1, for example `openapi: 3.0.3`",
    )
    return False


def _ask(document: Document, diagnostics: Diagnostics) -> Sequence[Complaint]:
    if is_plainly_legal(document.root.value, is_31=document.is_31):
        return []
    # Importing it costs more than everything else here.
    from pydantic import ValidationError

    try:
        _model(document).model_validate(document.root.value)
    except ValidationError as error:
        return [
            Complaint(each["type"], each["loc"], each.get("ctx", {}))
            for each in error.errors(include_url=False, include_input=False)
        ]
    except (RecursionError, ValueError, TypeError, OverflowError):
        diagnostics.warning(
            "invalid-openapi",
            "the document is too unusual for its shape to be checked",
            at="#",
            help="it is read as it stands: look at the result with care",
        )
    return []


def _model(document: Document) -> type[BaseModel]:
    if document.is_31:
        from openapi_pydantic.v3.v3_1 import OpenAPI as OpenApi31

        return OpenApi31
    from openapi_pydantic.v3.v3_0 import OpenAPI as OpenApi30

    return OpenApi30
