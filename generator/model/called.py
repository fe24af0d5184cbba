"""What people call an operation, in sentences about it."""

from __future__ import annotations

from . import ir


def called(operation: ir.Operation) -> str:
    """Return the operationId, where there is none method and path."""
    return operation.operation_id or f"{operation.method} {operation.path}"
