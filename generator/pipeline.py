"""The stages in order: from the bytes of a document to the files of a package.

Each stage takes a value and returns a new one. Nothing here prints; what may touch a file
is listed in `tests/test_layers.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .client import names
from .client.formatting import cache_folder
from .client.laid_out import LaidOut, encode
from .client.present import (
    RESERVED_CLIENTS,
    ClientNames,
    default_methods,
    present_package,
)
from .client.render import Templates
from .client.view import PackageView
from .compilation import (
    Compiled,
    compile_document,
    compile_source,
    signers,
    stop_at_errors,
)
from .config import Config
from .diagnostics import Diagnostic, Diagnostics
from .document.inputs import load_document
from .document.revision import opened
from .document.source import Source
from .errors import UsageError
from .ignoring import without_ignored
from .model import ir
from .model.undecided import build_undecided
from .output.lock import NAME as LOCK_NAME, Lock, digest
from .own_templates import complaining, own_templates

# What one command alone needs is imported where that command begins.
if TYPE_CHECKING:
    from .diff import Comparison, Place, Revision

_HERE = Path(__file__).parent
_RUNTIME = _HERE / "runtime"
_HARNESS = _HERE / "harness"


@dataclass(frozen=True, slots=True)
class Generated:
    """The files of a run, by path relative to the output folder."""

    compiled: Compiled
    package: str  # whitebit
    files: Mapping[str, bytes]
    once: Mapping[str, bytes]  # written where they are missing; then the user's own
    floats: int  # values that look like money, and nobody decided whether they are


def lint(config: Config) -> tuple[tuple[Diagnostic, ...], int]:
    """Return what is wrong with a document, and what is legal but will hurt.

    The number is that of the findings that the configuration ignores.
    """
    from .lint.findings import Subject
    from .lint.registry import lint_model
    from .model.unread import build_unread

    compiled = compile_document(config)
    diagnostics = Diagnostics()
    for each in compiled.diagnostics:
        diagnostics.add(each)
    unread = build_unread(compiled.document, compiled.api)
    undecided = build_undecided(compiled.document, compiled.api)
    lint_model(Subject(compiled.api, unread, undecided), diagnostics)
    found = diagnostics.located(compiled.document.locate)
    return without_ignored(found, config.ignore, config.shown)


def compare(old: Config, new: Config) -> Comparison:
    """Return what differs between two documents, on the wire and in Python.

    Raises `InputError` if one of them can't be used.
    """
    from .diff import compare as compare_revisions

    return compare_revisions(revision(old), revision(new))


def revision(config: Config) -> Revision:
    """Return a document as `compare` takes it; its client is presented, not rendered."""
    diagnostics = Diagnostics()
    with opened(config.spec, diagnostics, config.prefer) as source:
        return revision_of(source, config, diagnostics)


def revision_of(
    source: Source | None, config: Config, diagnostics: Diagnostics
) -> Revision:
    """Return a document that was read as `compare` takes it."""
    from .diff import Place, Revision
    from .diff.findings import Model
    from .model.constraints import build_constraints

    # What no signer serves can't be called, but it can be compared.
    tolerated = frozenset({"unsupported-security"})
    compiled = compile_source(source, config, diagnostics, tolerated)
    api, document = compiled.api, compiled.document
    package = present_package(api, client_names(config, api), diagnostics)
    stop_at_errors(diagnostics, document)

    def locate(pointer: str) -> Place:
        found = document.locate(pointer) if pointer else None
        return Place(pointer, found.file, found.line) if found else Place(pointer)

    constraints = build_constraints(document, api)
    return Revision(config.spec, Model(api, constraints), package, locate)


def generate(config: Config) -> Generated:
    """Return every file of the output, its lock included."""
    compiled = compile_document(config)
    diagnostics = Diagnostics()
    for each in compiled.diagnostics:
        diagnostics.add(each)
    chosen = client_names(config, compiled.api)
    package = present_package(compiled.api, chosen, diagnostics)
    stop_at_errors(diagnostics, compiled.document, strict=config.strict)
    located = diagnostics.located(compiled.document.locate)
    compiled = replace(compiled, diagnostics=tuple(located))
    templates = Templates(*own_templates(config.templates), templates_folder())
    with complaining(config.templates):
        laid_out = LaidOut(Path(config.output), cache_folder())
        files = {
            **_rendered(package, templates, laid_out),
            **_runtime(package.name, compiled),
            **_tests(package, templates, laid_out, compiled.api),
        }
        conftest = laid_out.file("tests/conftest.py", templates.conftest(package))
        laid_out.keep()
    files[LOCK_NAME] = _lock(config, compiled, package, files).encode()
    once = {"tests/conftest.py": conftest}
    return Generated(
        compiled, package.name, files, once, _undecided_floats(compiled, config)
    )


@dataclass(frozen=True, slots=True)
class Start:
    """What a repository begins with, as far as the document says it."""

    api: ir.Api
    names: ClientNames
    overlay: str  # its text
    proposed: Mapping[str, int]  # how many of each kind: read, money, name
    diagnostics: tuple[Diagnostic, ...]


def start(config: Config) -> Start:
    """Return the names and the overlay that a document suggests."""
    from .start import find_spot, overlay_text, propose

    diagnostics = Diagnostics()
    source = load_document(config.spec, diagnostics, config.prefer)
    # A signer that is missing is written after the document was looked at.
    tolerated = frozenset({"unsupported-security"})
    compiled = compile_source(source, config, diagnostics, tolerated)
    api, document = compiled.api, compiled.document
    undecided = build_undecided(document, api)
    proposals = propose(api, undecided, default_methods(api))
    spots = {p.pointer: find_spot(document, p.pointer) for p in proposals}
    text = overlay_text(api.title, config.shown(config.spec), proposals, spots.get)
    proposed = Counter[str](p.kind for p in proposals if spots[p.pointer])
    return Start(api, client_names(config, api), text, proposed, compiled.diagnostics)


def client_names(config: Config, api: ir.Api) -> ClientNames:
    """Return the names of package and class: configured, or after the title."""
    package = config.package or names.snake(api.title) or "client"
    client = config.client or names.camel(api.title) or "ApiClient"
    if client in RESERVED_CLIENTS and not config.client:
        client = f"{client}Client"
    for kind, name in (("package", package), ("client", client)):
        if (
            not name.isidentifier()
            or names.keyword_safe(name) != name
            or name[0] == "_"
            or name in RESERVED_CLIENTS
            or name in {signer.class_name for signer in api.signers}
        ):
            raise UsageError(
                f"`{name}` can't be the name of a {kind}",
                f"give --{kind} another Python identifier",
            )
    return ClientNames(package, client, package.upper())


def templates_folder() -> Path:
    """Return the folder of the templates: in the wheel, or beside the sources."""
    inside = _HERE / "templates"
    return inside if inside.is_dir() else _HERE.parent / "templates"


def _rendered(
    package: PackageView, templates: Templates, laid_out: LaidOut
) -> dict[str, bytes]:
    texts = {module.file: templates.module(module) for module in package.modules}
    texts["client.py"] = templates.client(package)
    texts["__init__.py"] = templates.init(package)
    paths = {f"{package.name}/{name}": text for name, text in texts.items()}
    files = {path: laid_out.file(path, text) for path, text in paths.items()}
    files["API.md"] = encode(templates.index(package))
    return files


def _tests(
    package: PackageView, templates: Templates, laid_out: LaidOut, api: ir.Api
) -> dict[str, bytes]:
    """Return the generated tests, and the harness that runs them byte for byte."""
    texts = {f"tests/{each.file}": templates.tests(each) for each in package.tests}
    files = {path: laid_out.file(path, text) for path, text in texts.items()}
    unused = {s.name for s in signers()} - {s.name for s in api.signers}
    for file in sorted(_HARNESS.glob("*.py")):
        if file.stem not in unused:
            files[f"tests/client_harness/{file.name}"] = file.read_bytes()
    return files


def _runtime(package: str, compiled: Compiled) -> dict[str, bytes]:
    """Return the runtime, byte for byte, without the signers that are not needed."""
    used, own = {s.module for s in compiled.api.signers}, compiled.own
    unused = {signer.module for signer in signers()} - used
    files = {
        f"{package}/{file.name}": file.read_bytes()
        for file in sorted(_RUNTIME.glob("*.py"))
        if file.stem not in unused and file.name != "__init__.py"
    }
    if own is not None:
        files[f"{package}/{own.signer.module}.py"] = own.content
    return {**files, f"{package}/py.typed": b""}


def _undecided_floats(compiled: Compiled, config: Config) -> int:
    """Return how many floats `lint` calls money; those that are ignored don't count."""
    from .lint.money import ID

    document = compiled.document
    floats = [
        Diagnostic(ID, "warning", each.name, each.pointer)
        for each in build_undecided(document, compiled.api)
        if not each.is_text
    ]
    if config.ignore:
        located = (replace(f, position=document.locate(f.pointer)) for f in floats)
        floats = [
            each
            for each in located
            if not any(entry.fits(each, config.shown) for entry in config.ignore)
        ]
    return len(floats)


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
    if compiled.own is not None:
        inputs[config.shown(compiled.own.file)] = digest(compiled.own.content)
    return Lock(
        __version__,
        inputs,
        {"package": package.name, "client": package.client},
        {path: digest(content) for path, content in files.items()},
    ).text()
