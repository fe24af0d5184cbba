"""Who may import whom, and who touches files and the network."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command import ROOT

GENERATOR = ROOT / "generator"

# The model, and leaves that say in one place what follows from it.
MODEL = (
    *("model.addresses", "model.amounts", "model.called", "model.ir", "model.inner"),
    *("model.media", "model.samples", "model.values", "model.wire_names"),
)
# A module or a folder, and what of the generator it may import besides itself. The first
# entry that fits decides.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "__main__": ("cli", "commands_unchanged"),
    "commands_unchanged": ("config", "output", "pipeline", "report"),
    "cli": (
        *("", "config", "diagnostics", "errors", "model", "output", "pipeline"),
        *("commands_diff", "commands_init", "commands_pull", "commands_sandbox"),
        *("commands_unchanged", "compilation", "report", "spec_command"),
    ),
    "commands_init": (
        *("config", "errors", "output", "pipeline", "report", "spec_command", "start"),
    ),
    "commands_sandbox": (
        *("compilation", "config", "errors", "report", "sandbox", "spec_command"),
    ),
    "testing": ("compilation", "config", "sandbox"),
    "commands_pull": (
        *("config", "diagnostics", "diff", "document.fetch", "errors", "output"),
        *("pulling", "report", "spec_command"),
    ),
    # Beside the pipeline: the stages behind an address, and the comparison.
    "pulling": (
        *("config", "diagnostics", "diff", "document", "errors", "output", "pipeline"),
    ),
    "commands_diff": ("config", "diff", "errors", "pipeline", "report"),
    # `lint` for the texts of its rules, which SARIF lists.
    "report": ("", "config", "diagnostics", "errors", "formats", "lint", "output"),
    # Leaves beside the stages: places, and places and entries as people write them.
    "pointers": (),
    "spelling": (),
    "user_cache": (),
    "spec_command": (),
    "overlay_text": ("pointers",),
    "ignoring": ("diagnostics", "errors", "options", "pointers"),
    "formats": ("diagnostics",),
    # The stages up to the model, with which every command begins.
    "compilation": (
        *("config", "diagnostics", "document", "errors", "model", "runtime._whitebit"),
        *("signer_file", "signer_model"),
    ),
    "pipeline": (
        *("", "client", "compilation", "config", "diagnostics", "diff", "document"),
        *("errors", "ignoring", "lint", "model", "output", "own_templates", "start"),
    ),
    "own_templates": ("errors",),
    # It runs a file of the project as if it were a module of the runtime.
    "signer_file": ("diagnostics", "model.ir", "runtime", "signer_model"),
    "signer_model": ("model.ir",),
    "config": ("errors", "ignoring", "options"),
    "options": ("errors", "spelling"),
    "diagnostics": (),
    "errors": ("diagnostics",),
    "document": ("diagnostics", "errors", "pointers", "spelling", "user_cache"),
    "model.ir": ("model.ir_types",),
    "model.ir_types": (),
    # docs/decisions/0001: the words of an answer are read and compared in one way only.
    "model": (
        *(
            "diagnostics",
            "document",
            "errors",
            "pointers",
            "runtime._words",
            "spelling",
        ),
    ),
    "client.view": (),
    "client.names": (),
    "client.docs": (),
    "client.render": ("client.view",),
    "client.formatting": ("errors", "user_cache"),
    "client.laid_out": ("user_cache",),
    # What a status raises is decided there only.
    "client.present.raises": (*MODEL, "runtime._refusal"),
    "client": ("diagnostics", "errors", *MODEL, "overlay_text"),
    "lint": (
        *("diagnostics", "errors", *MODEL, "overlay_text", "pointers"),
        "runtime._reasons",
    ),
    "diff.surface": ("client.view", *MODEL, "runtime._refusal"),
    "diff": (
        *("client.view", "diagnostics", "errors", *MODEL),
        *("formats.github", "pointers"),
    ),
    "output": ("errors", "user_cache"),
    "start.spots": ("document", "pointers"),
    "start": (*MODEL, "overlay_text"),
    "sandbox": (*MODEL, "pointers"),
    "runtime": (),
    "harness": (),
    "": (),
}
# Within a folder everything may import everything, but for these.
STRICT = {
    *("client.view", "client.names", "client.docs", "client.render"),
    *("model.ir", "model.ir_types"),
}
MODULES = sorted(GENERATOR.rglob("*.py"))
# Everything else gets values and returns values.
TOUCHES_FILES = (
    "cli",
    "own_templates",  # of the project
    "signer_file",  # of the project
    "start.candidates",  # it looks for the document
    "config",  # its own configuration
    "pipeline",  # the runtime and the templates that it brings along
    "report",
    "client.formatting",
    "client.laid_out",  # the files of the last run
    "commands_diff",
    "commands_init",
    "document.fetch",  # the network
    "document.remembered",  # what was fetched before
    "user_cache",
    "document.inputs",  # it lists folders
    "document.revision",
    "document.source",
    "output",
    "sandbox",
)
FILE_METHODS = {
    *("open", "read_bytes", "read_text", "write_bytes", "write_text", "mkdir"),
    *("glob", "iterdir", "rglob", "unlink", "urlopen"),
}
WORLD = {
    "http",
    "http.client",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "urllib.request",
}


def _name(file: Path) -> str:
    path = file.relative_to(GENERATOR).with_suffix("")
    return ".".join(path.parts).removesuffix("__init__").removesuffix(".")


def _imports(file: Path) -> Iterator[str]:
    """Yield the modules of the generator that a file imports, wherever it does."""
    package = file.relative_to(GENERATOR).parts[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            yield from (n[10:] for n in names if n.split(".")[0] == "generator")
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                start = list(package[: len(package) - node.level + 1])
                module = [*start, *(node.module or "").split(".")]
            elif node.module and node.module.split(".")[0] == "generator":
                module = node.module.split(".")[1:]
            else:
                continue
            for alias in node.names:
                yield _existing([part for part in module if part], alias.name)


def _existing(module: list[str], name: str) -> str:
    """Return the module that `from module import name` reaches."""
    inside = GENERATOR.joinpath(*module, name)
    is_module = inside.is_dir() or inside.with_suffix(".py").exists()
    return ".".join([*module, name] if is_module else module)


def _place(module: str) -> str:
    fitting = [place for place in MAY_IMPORT if _is_in(module, place)]
    assert fitting, f"say in MAY_IMPORT what {module} may import"
    return fitting[0]


def _is_in(module: str, place: str) -> bool:
    if not place:
        return not module
    return module == place or module.startswith(f"{place}.")


@pytest.mark.parametrize("name", [_name(file) for file in MODULES])
def test_each_module_imports_only_what_its_layer_may(name: str) -> None:
    file = next(file for file in MODULES if _name(file) == name)
    place = _place(name)
    own = () if place in STRICT else (name.split(".")[0],)
    allowed = (*MAY_IMPORT[place], *own)
    imported = [
        one for one in _imports(file) if not any(_is_in(one, p) for p in allowed)
    ]
    assert imported == []


def test_only_the_pipeline_knows_every_stage() -> None:
    stages = {"client", "document", "model", "output"}
    knowing = [
        _name(file)
        for file in MODULES
        if stages <= {imported.split(".")[0] for imported in _imports(file)}
    ]
    assert knowing == ["pipeline"]


def test_the_runtime_knows_nothing_but_itself() -> None:
    allowed = {"msgspec", "httpx2", "httpcore2", "h11", "anyio"}  # httpx2 brings them
    for file in sorted((GENERATOR / "runtime").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                assert node.level == 1, file.name
            elif isinstance(node, ast.ImportFrom | ast.Import):
                names = [alias.name for alias in node.names]
                if isinstance(node, ast.ImportFrom):
                    names = [node.module or ""]
                for name in names:
                    if (file.name, name) == ("_marks.py", "typing_extensions"):
                        continue  # for type checkers, which know it by themselves
                    assert _is_standard(name) or name in allowed, (file.name, name)


def _is_standard(name: str) -> bool:
    return name.split(".")[0] in sys.stdlib_module_names


def _touches(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in WORLD)
        elif isinstance(node, ast.ImportFrom) and node.module in WORLD:
            yield node.module or ""
        elif isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id == "open":
                yield "open"
            elif isinstance(called, ast.Attribute) and called.attr in FILE_METHODS:
                owner = ast.unparse(called.value)
                if owner not in ("self", "self.anchors"):  # methods of their own
                    yield f"{owner}.{called.attr}"


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in sorted(map(_name, MODULES))
        if name.split(".")[0] not in ("runtime", "harness")  # copied, not run
        and not any(_is_in(name, place) for place in TOUCHES_FILES)
    ],
)
def test_no_other_module_touches_a_file(name: str) -> None:
    file = next(file for file in MODULES if _name(file) == name)
    assert list(_touches(file)) == []
