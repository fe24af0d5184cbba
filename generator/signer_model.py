"""A class that signs to what the model has to know of it."""

from __future__ import annotations

import inspect
from typing import Any

from .model import ir


def signer_of(kind: Any, *, is_own: bool = False) -> ir.Signer:
    """Return what the model has to know of a scheme of the runtime."""
    return ir.Signer(
        name=kind.name,
        class_name=kind.__name__,
        module=kind.__module__.rsplit(".", 1)[-1],
        headers=kind.headers,
        required=kind.required,
        fills=kind.fills,
        credentials=kind.credentials,
        settings=tuple(
            (parameter.name, _written(parameter.annotation), repr(parameter.default))
            for parameter in inspect.signature(kind).parameters.values()
            if parameter.name not in kind.credentials
        ),
        is_own=is_own,
    )


def _written(annotation: Any) -> str:
    """Return an annotation as it stands in the source, where that is still known."""
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)
