"""The stages in order: from the bytes of a document to the files of a package.

Each stage takes a value and returns a new one. Nothing here prints, and nothing but
`document.source` and `client.formatting` touches a file.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from . import __version__
from .client import names
from .client.formatting import cache_folder, format_python
from .client.present import ClientNames, present_package
from .client.render import Templates
from .client.view import PackageView
from .config import Config
from .diagnostics import Diagnostic, Diagnostics, InputError
from .document.node import Document
from .document.overlay import apply_overlays
from .document.parse import check_shape
from .document.resolve import resolve_refs
from .document.source import Source, load
from .errors import UsageError
from .model import ir
from .model.build import build_model
from .output.lock import NAME as LOCK_NAME
from .output.lock import Lock, digest
from .runtime._whitebit import WhiteBitSigner

_HERE = Path(__file__).parent
_RUNTIME = _HERE / "runtime"
_SIGNERS = (WhiteBitSigner,)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A document that was understood, with what there is to say about it."""

    api: ir.Api
    sources: tuple[Source, ...]  # the document, the files it refers to, the overlays
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Generated:
    """The files of a run, by path relative to the output folder."""

    compiled: Compiled
    files: Mapping[str, bytes]


def compile_document(config: Config) -> Compiled:
    """Read a document and its overlays and return its model.

    Raises `InputError` with every finding if there is an error among them.
    """
    diagnostics = Diagnostics()
    if not config.spec:
        raise UsageError(
            "no document was named",
            "give --spec FILE, or write `spec` into [tool.openapi-vendor] of"
            " pyproject.toml",
        )
    source = load(config.spec, diagnostics)
    overlays = [load(path, diagnostics) for path in config.overlays]
    if source is None or diagnostics.has_errors:
        raise InputError(diagnostics)
    given = [overlay for overlay in overlays if overlay is not None]
    document = apply_overlays(Document(source), given, diagnostics)
    check_shape(document, diagnostics)
    resolve_refs(document, diagnostics, lenient=config.lenient)
    _stop_at_errors(diagnostics, document)
    api = build_model(document, signers(), diagnostics)
    _stop_at_errors(diagnostics, document, strict=config.strict)
    located = diagnostics.located(document.locate)
    return Compiled(api, (*document.files.values(), *given), tuple(located))


def _stop_at_errors(
    diagnostics: Diagnostics, document: Document, *, strict: bool = False
) -> None:
    """Raise `InputError` with everything found so far, located, if it can't go on."""
    if not diagnostics.has_errors and not (strict and len(diagnostics)):
        return
    located = Diagnostics()
    for each in diagnostics.located(document.locate):
        located.add(replace(each, severity="error") if strict else each)
    raise InputError(located)


def generate(config: Config) -> Generated:
    """Return every file of the output, its lock included."""
    compiled = compile_document(config)
    package = present_package(compiled.api, client_names(config, compiled.api))
    files = {**_rendered(package), **_runtime(package.name, compiled.api)}
    files[LOCK_NAME] = _lock(config, compiled, package, files).encode()
    return Generated(compiled, files)


def signers() -> tuple[ir.Signer, ...]:
    """Return the signing schemes of the runtime, as the model has to know them."""
    return tuple(
        ir.Signer(
            name=signer.name,
            class_name=signer.__name__,
            module=signer.__module__.rsplit(".", 1)[-1],
            headers=signer.headers,
            required=signer.required,
            fills=signer.fills,
            credentials=signer.credentials,
            settings=tuple(
                (parameter.name, str(parameter.annotation), repr(parameter.default))
                for parameter in inspect.signature(signer).parameters.values()
                if parameter.name not in signer.credentials
            ),
        )
        for signer in _SIGNERS
    )


def client_names(config: Config, api: ir.Api) -> ClientNames:
    """Return the names of package and class: configured, or after the title."""
    package = config.package or names.snake(api.title) or "client"
    client = config.client or names.camel(api.title) or "Client"
    for kind, name in (("package", package), ("client", client)):
        if (
            not name.isidentifier()
            or names.keyword_safe(name) != name
            or name[0] == "_"
        ):
            raise UsageError(
                f"`{name}` can't be the name of a {kind}",
                f"give --{kind} a Python identifier",
            )
    return ClientNames(package, client, package.upper())


def templates_folder() -> Path:
    """Return the folder of the templates: in the wheel, or beside the sources."""
    inside = _HERE / "templates"
    return inside if inside.is_dir() else _HERE.parent / "templates"


def _rendered(package: PackageView) -> dict[str, bytes]:
    templates = Templates(templates_folder())
    texts = {module.file: templates.module(module) for module in package.modules}
    texts["client.py"] = templates.client(package)
    texts["__init__.py"] = templates.init(package)
    cache = cache_folder()
    files = {
        f"{package.name}/{name}": encode(format_python(text, cache))
        for name, text in texts.items()
    }
    files["API.md"] = encode(templates.index(package))
    return files


def encode(text: str) -> bytes:
    """Return the bytes of a generated file; a lone surrogate is written as an escape."""
    return text.encode("utf-8", "backslashreplace")


def _runtime(package: str, api: ir.Api) -> dict[str, bytes]:
    """Return the runtime, byte for byte, without the signers that are not needed."""
    unused = {signer.module for signer in signers()} - {s.module for s in api.signers}
    files = {
        f"{package}/{file.name}": file.read_bytes()
        for file in sorted(_RUNTIME.glob("*.py"))
        if file.stem not in unused and file.name != "__init__.py"
    }
    return {**files, f"{package}/py.typed": b""}


def _lock(
    config: Config,
    compiled: Compiled,
    package: PackageView,
    files: Mapping[str, bytes],
) -> str:
    inputs = {
        config.shown(source.name if source.folder else "-"): digest(
            source.text.encode()
        )
        for source in compiled.sources
    }
    return Lock(
        __version__,
        inputs,
        {"package": package.name, "client": package.client},
        {path: digest(content) for path, content in files.items()},
    ).text()
