"""A document and its overlays to its model: the stages that every command begins with.

What comes behind the model stands in `pipeline`. The sandbox needs none of that, and
has to be ready before anybody waits for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .config import Config
from .diagnostics import Diagnostic, Diagnostics, InputError, Position
from .document.inputs import load_document
from .document.node import Document
from .document.overlay import apply_overlays
from .document.parse import check_shape
from .document.resolve import resolve_refs
from .document.source import Source, load
from .errors import UsageError
from .model import ir
from .model.build import build_model
from .runtime._whitebit import WhiteBitSigner
from .signer_file import OwnSigner, load_signer
from .signer_model import signer_of

_SIGNERS = (WhiteBitSigner,)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A document that was understood, with what there is to say about it."""

    api: ir.Api
    sources: tuple[
        Source, ...
    ]  # the document or its pages, the files it refers to, the overlays
    diagnostics: tuple[Diagnostic, ...]
    document: Document  # which knows where each pointer stands
    own: OwnSigner | None = None  # the project's own signing scheme, where it is needed


def compile_document(config: Config, *, is_thorough: bool = True) -> Compiled:
    """Read a document and its overlays and return its model.

    Raises `InputError` with every finding if there is an error among them. Without
    `is_thorough` one question is left out, whose answers are warnings and cost half of
    the time: whether openapi-pydantic finds anything odd.
    """
    diagnostics = Diagnostics()
    if not config.spec:
        raise UsageError(
            "no document was named",
            "give --spec FILE, or let `openapi-vendor init` write the options into"
            " pyproject.toml",
        )
    source = load_document(config.spec, diagnostics, config.prefer)
    return compile_source(source, config, diagnostics, is_thorough=is_thorough)


def compile_source(
    source: Source | None,
    config: Config,
    diagnostics: Diagnostics,
    tolerated: frozenset[str] = frozenset(),
    *,
    is_thorough: bool = True,
) -> Compiled:
    """Return the model of a document that was read; `tolerated` are ids of findings."""
    overlays = [load(path, diagnostics) for path in config.overlays]
    own = load_signer(config.signer, diagnostics) if config.signer else None
    if source is None or diagnostics.has_errors:
        raise InputError(diagnostics)
    given = [overlay for overlay in overlays if overlay is not None]
    document = apply_overlays(Document(source), given, diagnostics)
    check_shape(document, diagnostics, is_thorough=is_thorough)
    resolve_refs(document, diagnostics, lenient=config.lenient)
    stop_at_errors(diagnostics, document)
    built = Diagnostics()
    known = signers()
    if own is not None:  # it wins, over one of the same name as well
        known = (own.signer, *(s for s in known if s.name != own.signer.name))
    api = build_model(document, known, built)
    used = own if own is not None and own.signer in api.signers else None
    if own is not None and used is None:
        built.warning(
            "unused-signer",
            f"no operation is signed by `{own.signer.name}`",
            position=Position(own.file, 0, 0, 0),
            help=f"its `required` header, {own.signer.required}, has to be the apiKey of"
            " a security scheme; or say `x-signing` in an overlay",
        )
    for each in built:
        if each.id not in tolerated:
            diagnostics.add(each)
    stop_at_errors(diagnostics, document, strict=config.strict)
    located = diagnostics.located(document.locate)
    read = [part for source in document.files.values() for part in source.parts]
    sources = (*read, *given)
    return Compiled(api, sources, tuple(located), document, used)


def stop_at_errors(
    diagnostics: Diagnostics, document: Document, *, strict: bool = False
) -> None:
    """Raise `InputError` with everything found so far, located, if it can't go on."""
    if not diagnostics.has_errors and not (strict and len(diagnostics)):
        return
    located = Diagnostics()
    for each in diagnostics.located(document.locate):
        located.add(replace(each, severity="error") if strict else each)
    raise InputError(located)


def signers() -> tuple[ir.Signer, ...]:
    """Return the signing schemes of the runtime, as the model has to know them."""
    return tuple(signer_of(signer) for signer in _SIGNERS)
