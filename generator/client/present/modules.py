"""Generated modules: `models`, and one for each tag with its types and operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...model import ir
from .. import docs, names
from ..view import ModuleView
from .annotations import Annotator, Imports
from .catalog import MODELS, Catalog
from .look_ups import LookUp
from .models import Types
from .operations import Methods
from .reasons import reason_view


def models_module(catalog: Catalog, header: str) -> ModuleView:
    """Return the module of the types that belong to no operation."""
    imports = Imports()
    types = Types(catalog, Annotator(catalog, MODELS, imports), MODELS)
    return ModuleView(
        file=f"{MODELS}.py",
        header=header,
        doc='"""Types that several operations share."""',
        api_doc="",
        group_doc="",
        imports=imports.views(),
        exports=exports(types.names()),
        models=types.models,
        enums=types.enums,
        unions=types.unions,
        methods=(),
        class_name="",
        class_names="",
        attribute="",
    )


def tag_module(
    api: ir.Api,
    module: str,
    class_name: str,
    groups: Mapping[str, str],
    catalog: Catalog,
    methods: Mapping[str, str],
    look_ups: Mapping[str, LookUp],
    header: str,
) -> ModuleView:
    """Return the module of one tag."""
    imports = Imports()
    annotator = Annotator(catalog, module, imports)
    types = Types(catalog, annotator, module)
    operations = sorted(
        (o for o in api.operations if groups[o.group] == module),
        key=lambda o: methods[o.pointer],
    )
    annotator.shadow(methods[o.pointer] for o in operations)
    presenter = Methods(catalog, annotator, class_name, module, look_ups)
    views = tuple(presenter.present(o, methods[o.pointer]) for o in operations)
    reasons = [
        reason_view(o, methods[o.pointer], catalog.reasons[o.pointer])
        for o in operations
        if o.errors
    ]
    imports.add("._client", "AsyncResource", "Resource")
    if reasons:
        imports.add("enum", "StrEnum")
    own = sorted(
        (group for group in api.groups if groups[group.name] == module),
        key=lambda group: group.name,
    )
    description = next((g.description for g in own if g.description), f"{own[0].name}.")
    text = docs.paragraphs(description, docs.WIDTH - 6)
    enums = sorted([*types.enums, *reasons], key=lambda e: e.name)
    return ModuleView(
        file=f"{module}.py",
        header=header,
        doc=docs.docstring(text, 0),
        api_doc=docs.docstring(text, 4),
        # The description stands in the module: one sentence of it changes one file.
        group_doc=docs.docstring(
            docs.wrap(f"{own[0].name}: see `{class_name}`.", docs.WIDTH - 14), 8
        ),
        imports=imports.views(),
        exports=exports(
            [
                class_name,
                f"Async{class_name}",
                *types.names(),
                *(view.name for view in reasons),
            ]
        ),
        models=types.models,
        enums=tuple(enums),
        unions=types.unions,
        methods=views,
        class_name=class_name,
        class_names=", ".join(
            sorted([class_name, f"Async{class_name}"], key=names.import_listing)
        ),
        attribute=module,
    )


def exports(found: Sequence[str]) -> tuple[str, ...]:
    """Return `__all__`, sorted."""
    return tuple(names.string(name) for name in sorted(found, key=names.listing))
