"""How the outcome of a write is looked up, in the names of the client."""

from __future__ import annotations

from collections.abc import Mapping

from ...model import ir
from .annotations import Annotator, Imports
from .arguments import Arguments
from .catalog import Catalog

LookUp = tuple[str, str, str]  # ("deposit.get_history", "unique_id", "uniqueId")


def present_look_ups(
    api: ir.Api,
    groups: Mapping[str, str],
    methods: Mapping[str, str],
    catalog: Catalog,
) -> Mapping[str, LookUp]:
    """Return method, argument and field of the call by the pointer of the write."""
    histories = {o.operation_id: o for o in api.operations}
    found: dict[str, LookUp] = {}
    for operation in api.operations:
        wanted = operation.reconcile
        if wanted is None:
            continue
        history = histories[wanted.operation_id]
        module = groups[history.group]
        arguments = Arguments(history, catalog, Annotator(catalog, module, Imports()))
        asked = next(a for a in arguments.found if a.wire_name == wanted.asked_by)
        method = f"{module}.{methods[history.pointer]}"
        found[operation.pointer] = (method, arguments.name_of(asked), wanted.by)
    return found
