"""A document to its intermediate model."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics import Diagnostics
from ..document.node import Document, Node
from . import ir
from .look_ups import LookUps
from .operations import OperationBuilder
from .own_names import own_names
from .path_items import methods_of
from .payloads import build_payloads
from .rows import cut_rows
from .security import SecurityBuilder
from .servers import servers_of
from .types import TypeBuilder


def build_model(
    document: Document, signers: Sequence[ir.Signer], diagnostics: Diagnostics
) -> ir.Api:
    """Return the model of a document whose references were resolved."""
    root = document.root
    types = TypeBuilder(diagnostics)
    types.add_components(root)
    security = SecurityBuilder(root, signers, diagnostics)
    operations = OperationBuilder(types, security, signers, diagnostics).build_all(root)
    security.finish()
    payloads = build_payloads(root, types)
    types.finish()
    cut_rows(types.schemas, diagnostics)
    _note_links(root, diagnostics)
    operations = LookUps(operations, types.resolve, diagnostics).settled()
    info = root.child("info") or root
    return ir.Api(
        title=" ".join(info.text("title").split()) or "API",
        version=info.text("version"),
        description=info.text("description"),
        servers=servers_of(root, diagnostics),
        groups=_groups(document, operations),
        operations=operations,
        schemas=types.schemas,
        security_schemes=tuple(security.schemes.values()),
        signers=_used(signers, operations),
        payloads=payloads,
        own_names=own_names(document),
    )


def _note_links(root: Node, diagnostics: Diagnostics) -> None:
    """Say once that links are left out: a caller passes on values without them."""
    found = [
        link.pointer
        for _, item in root.entries("paths")
        for _, operation in methods_of(item)
        for _, response in operation.entries("responses")
        for _, link in response.follow().entries("links")
    ]
    if found:
        count = f"{len(found)} links are" if len(found) > 1 else "a link is"
        diagnostics.warning(
            "links-ignored",
            f"{count} left out: the client has no use for them",
            at=found[0],
            help="pass the value of one answer to the next call yourself",
        )


def _groups(
    document: Document, operations: Sequence[ir.Operation]
) -> tuple[ir.Group, ...]:
    described = {
        tag.text("name"): (tag.text("description"), tag.pointer)
        for tag in document.root.elements("tags")
    }
    names = dict.fromkeys(operation.group for operation in operations)
    return tuple(ir.Group(name, *described.get(name, ("", ""))) for name in names)


def _used(
    signers: Sequence[ir.Signer], operations: Sequence[ir.Operation]
) -> tuple[ir.Signer, ...]:
    names = {r.signer for operation in operations for r in operation.security}
    return tuple(signer for signer in signers if signer.name in names)
