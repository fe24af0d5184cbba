"""Operations to methods: signature, docstring, the constant and the one call of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...model import ir
from ...model.media import (
    Encoding,
    answers_address,
    encoding_of,
    json_answer,
    may_be_empty,
    stream_item,
    success_contents,
)
from .. import docs, names
from ..view import ArgumentView, MethodView, PagesView
from .annotations import Annotator, alternatives, joined
from .arguments import Arguments
from .call_lines import call_line
from .catalog import Catalog
from .constants import constant_rows
from .look_ups import LookUp
from .raises import raises


class Methods:
    """The methods of one tag."""

    def __init__(
        self,
        catalog: Catalog,
        annotator: Annotator,
        class_name: str,
        attribute: str,
        look_ups: Mapping[str, LookUp],
    ) -> None:
        self._look_ups = look_ups
        self._catalog = catalog
        self._annotator = annotator
        self._class_name = class_name
        self._attribute = attribute

    def present(self, operation: ir.Operation, name: str) -> MethodView:
        """Return the method of an operation, and its twin for pages."""
        arguments = Arguments(operation, self._catalog, self._annotator)
        returns = self._returns(operation)
        item = stream_item(operation)
        if item is not None:
            self._annotator.imports.add(
                "._item_stream", "AsyncItemStream", "ItemStream"
            )
        self._annotator.imports.add("._operation", "Operation")
        return MethodView(
            name=name,
            constant=self._catalog.constants[operation.pointer],
            arguments=arguments.views,
            returns=returns,
            streams=item is not None,
            parts=arguments.parts(),
            doc=_docstring(operation, arguments.views),
            short_doc=self._pointer(name),
            deprecated=self._deprecated(operation),
            rows=constant_rows(
                operation,
                name,
                returns,
                self._look_ups.get(operation.pointer),
                self._catalog.reasons[operation.pointer],
                self._annotator,
            ),
            pages=self._pages(operation, name),
            http=_http(operation),
            http_cell=cell(_http(operation)),
            signature=call_line(
                operation, f"{self._attribute}.{name}", arguments, self._catalog
            ),
        )

    def _deprecated(self, operation: ir.Operation) -> str:
        """Return what editors and type checkers say of a call."""
        if not operation.deprecated:
            return ""
        self._annotator.imports.add("._marks", "Deprecated")
        return names.string("deprecated by the document")

    def _pointer(self, name: str) -> str:
        """Return the docstring of an asynchronous method: it stands once only."""
        return docs.docstring([f"See `{self._class_name}.{name}`."], 8)

    def _returns(self, operation: ir.Operation) -> str:
        if answers_address(operation.responses):
            return self._annotator.builtin("str")
        item = stream_item(operation)
        if item is not None:
            return self._annotator.answer(item)
        contents = success_contents(operation)
        if contents is None:
            return "None"
        answer = json_answer(operation)
        parts = [] if answer is None else [self._annotator.answer(answer)]
        for content in contents:
            match encoding_of(content.media_type):
                case Encoding.JSON:
                    continue
                case Encoding.TEXT:
                    parts.append(self._annotator.builtin("str"))
                case _:
                    parts.append(self._annotator.builtin("bytes"))
        if not parts or "Json" in alternatives(*parts):
            self._annotator.imports.add("._model", "Json")
            return "Json"
        if may_be_empty(operation):
            parts.append("None")
        return joined(parts)

    def _pages(self, operation: ir.Operation, name: str) -> tuple[PagesView, ...]:
        pagination = operation.pagination
        if pagination is None:
            return ()
        self._annotator.imports.add("._pages", "Pages")
        self._annotator.imports.add("collections.abc", "AsyncIterator", "Iterator")
        arguments: list[str] = []
        if pagination.items:
            arguments.append(f"items={names.string(pagination.items)}")
        if pagination.total:
            arguments.append(f"total={names.string(pagination.total)}")
        if pagination.location != "body":
            arguments.append(f"where={names.string(pagination.location)}")
        lines = [
            f"Walk through the pages of `{name}`, item by item.",
            "",
            "`limit` is the size of a page, `offset` where the first one begins.",
        ]
        twin = f"iter_{name}"
        return (
            PagesView(
                name=twin,
                item=self._annotator.answer(pagination.item_type),
                constructor=f"Pages({', '.join(arguments)})",
                doc=docs.docstring(lines, 8),
                short_doc=self._pointer(twin),
            ),
        )


def _http(operation: ir.Operation) -> str:
    return f"{operation.method} {operation.path}"


def _docstring(operation: ir.Operation, arguments: Sequence[ArgumentView]) -> str:
    summary, http = docs.one_line(operation.summary).rstrip("."), _http(operation)
    lines = docs.wrap(f"{summary}. {http}" if summary else http, docs.WIDTH - 11)
    if len(lines) > 1 and summary:
        lines = [*docs.wrap(f"{summary}.", docs.WIDTH - 11), "", http]
    body = docs.paragraphs(operation.description, docs.WIDTH - 8)
    if body:
        lines += ["", *body]
    if operation.deprecated:
        lines += ["", "Deprecated."]
    described = [a for a in arguments if a.doc]
    if described:
        lines += ["", "Args:"]
        for argument in described:
            lines += docs.hanging(f"{argument.name}: ", argument.doc, docs.WIDTH - 8)
    if answers_address(operation.responses):
        lines += ["", "Returns:", "    The address that the answer redirects to,"]
        lines += ["    which is not followed."]
    return docs.docstring(lines + raises(operation), 8)


def cell(text: str) -> str:
    """Return text as it may stand in a cell of a Markdown table."""
    return docs.escape(text).replace("|", "\\|").replace("<", "&lt;")
