"""Rules about reads and writes: what may be sent twice?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import ir
from ..model.called import called
from ..model.inner import bare
from .findings import Finding, Rule, Subject

_KEYS = ("uniqueId", "externalId", "idempotencyKey", "Idempotency-Key")


def reads_with_a_key(subject: Subject) -> Iterator[Finding]:
    """Yield reads that carry an idempotency key: whoever asks for one changes something."""
    for operation in subject.api.operations:
        if operation.kind == "write" or operation.method in ("GET", "HEAD"):
            continue
        keys = [name for name in _sent(operation, subject.api) if name in _KEYS]
        if keys:
            yield Finding(
                operation.pointer,
                f"{called(operation)} is declared a read and takes `{keys[0]}`",
                "a read may be sent again after a network failure; remove its `x-kind`"
                " unless the key only filters",
            )


def _sent(operation: ir.Operation, api: ir.Api) -> Iterator[str]:
    for parameter in operation.parameters:
        yield parameter.wire_name
    for content in operation.body.content if operation.body else ():
        known = bare(content.type, api.schemas)
        if isinstance(known, ir.ObjectType):
            yield from (f.wire_name for f in known.fields if f.required)


RULES: Iterable[Rule] = (
    Rule(
        "read-with-key",
        "warning",
        "a read takes an idempotency key",
        "whoever asks for such a key changes something, and a read may be sent twice",
        "remove its `x-kind: read`, unless the key only filters",
        reads_with_a_key,
    ),
)
