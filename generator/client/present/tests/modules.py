"""The modules of generated tests, one a tag, and what is constant about an operation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ....model import ir
from ....model.addresses import is_usable
from ....model.media import answer_kind, is_empty_unsaid
from ... import docs, names
from ...view import CaseView, ImportView, TestGroupView, TestModuleView, TestView
from ..catalog import Catalog
from ..credentials import scheme_arguments
from .answers import Answers
from .places import Places
from .refusals import refusals
from .requests import Requests

TEST_SERVER = "https://client.test"
_STANDARD = {
    "Decimal": "from decimal import Decimal",
    "UUID": "from uuid import UUID",
}
_HARNESS = (
    *("MADE_UP", "Answer", "Basic", "Bearer", "Calls", "Cookie", "Header", "MadeUp"),
    *("Member", "Model", "Open", "Operation", "Own", "Pages", "Query", "Refusal"),
    *("Request", "Row", "Signed", "each"),
)


def present_tests(
    api: ir.Api,
    groups: Mapping[str, str],
    methods: Mapping[str, str],
    catalog: Catalog,
    header: str,
) -> tuple[TestModuleView, ...]:
    """Return the test modules of a package, one for each of its groups."""
    arguments = scheme_arguments(api)
    found: list[TestModuleView] = []
    for module in sorted(set(groups.values())):
        operations = sorted(
            (o for o in api.operations if groups[o.group] == module),
            key=lambda o: methods[o.pointer],
        )
        places = Places(catalog, module)
        views = [
            _Test(api, o, module, methods[o.pointer], places).view(arguments)
            for o in operations
        ]
        tests = tuple(view for view in views if view.groups)
        lines = [f"What `{module}` sends, what it returns and what it raises."]
        untested = [view.name for view in views if not view.groups]
        if untested:
            why = "Without tests, for want of a legal argument or server"
            text = f"{why}: {', '.join(untested)}."
            lines += ["", *docs.wrap(text, docs.WIDTH)]
        found.append(
            TestModuleView(
                file=f"test_{module}.py",
                header=header,
                doc=docs.docstring(lines, 0),
                imports=_imports(tests),
                tests=tests,
            )
        )
    return tuple(found)


class _Test:
    """The tests of one operation."""

    def __init__(
        self,
        api: ir.Api,
        operation: ir.Operation,
        module: str,
        name: str,
        places: Places,
    ) -> None:
        self._api = api
        self._operation = operation
        self._module = module
        self._name = name
        self._constant = places.catalog.constants[operation.pointer]
        self._answers = Answers(operation, places)
        self._places = places

    def view(self, arguments: Mapping[str, Sequence[str]]) -> TestView:
        schemes = self._schemes()
        headers = [
            s.wire_name if s.kind == "apiKey" else "Authorization"
            for s in schemes
            if not isinstance(s, str) and s.location in ("header", "")
        ]
        headers += [
            h for s in self._api.signers if s.name in schemes for h in s.headers
        ]
        path = _prefix(self._operation) + self._operation.path
        requests = Requests(self._operation, self._places, headers)
        servers = [s.url for s in self._operation.servers if "://" in s.url]
        if not requests.can_call or not all(map(is_usable, servers)):
            return TestView(self._name, self._constant, (), ())
        rows = [
            names.string(f"{self._module}.{self._name}"),
            names.string(f"{self._operation.method} {path}"),
            names.string(_server(self._api, self._operation)),
        ]
        if self._operation.kind == "read":
            rows.append('kind="read"')
        if requests.required() != "{}":
            rows.append(f"arguments={requests.required()}")
        own = {s.name: s for s in self._api.signers if s.is_own}
        auth = [_scheme(scheme, arguments, own) for scheme in schemes]
        if auth:
            rows.append(f"auth={names.tuple_of(auth)}")
        kind = answer_kind(self._operation)
        if kind != "json":
            rows.append(f"answer={names.string(kind)}")
        elif is_empty_unsaid(self._operation):
            rows.append("may_be_empty=True")
        if self._operation.errors:
            reasons = self._places.catalog.reasons[self._operation.pointer]
            enum = f"{self._module}.{reasons}"
            rows.append(f"reasons={names.string(enum)}")
        groups = [
            TestGroupView(
                "request", "sent", "Request", False, requests.cases(self._constant)
            ),
            TestGroupView("answer", "returned", "Answer", False, self._answers.cases()),
            TestGroupView("pages", "walked", "Pages", False, self._pages()),
            self._errors(),
        ]
        shown = tuple(g for g in groups if g.cases or g.has_made_up)
        return TestView(self._name, self._constant, tuple(rows), shown)

    def _errors(self) -> TestGroupView:
        cases = refusals(self._operation)
        kinds = sorted({"MadeUp", *(case.kind for case in cases)})
        return TestGroupView("error", "raised", " | ".join(kinds), True, cases)

    def _pages(self) -> tuple[CaseView, ...]:
        pagination = self._operation.pagination
        item = self._answers.item(pagination.item_type) if pagination else None
        if pagination is None or item is None:
            return ()
        rows = [
            names.string(pagination.items),
            *item,
        ]
        if pagination.total:
            rows.append(f"total={names.string(pagination.total)}")
        if pagination.location != "body":
            rows.append(f"where={names.string(pagination.location)}")
        return (CaseView("Pages", tuple(rows)),)

    def _schemes(self) -> Sequence[ir.SecurityScheme | str]:
        """Return the schemes of the first alternative that the client can serve."""
        known = {scheme.name: scheme for scheme in self._api.security_schemes}
        for requirement in self._operation.security:
            if requirement.signer:
                return [requirement.signer]
            found = [known[name] for name in requirement.schemes if name in known]
            if found and len(found) == len(requirement.schemes):
                return found
        return []


def _scheme(
    scheme: ir.SecurityScheme | str,
    arguments: Mapping[str, Sequence[str]],
    signers: Mapping[str, ir.Signer],
) -> str:
    if isinstance(scheme, str) and scheme in signers:
        signer = signers[scheme]
        module, kind = names.string(signer.module), names.string(signer.class_name)
        return f"Own({module}, {kind})"
    if isinstance(scheme, str):
        return f"Signed({names.string(scheme)})"
    own = ", ".join(names.string(name) for name in arguments[scheme.name])
    if scheme.kind == "apiKey":
        kind = scheme.location.capitalize()
        return f"{kind}({names.string(scheme.wire_name)}, {own})"
    return f"{scheme.kind.capitalize()}({own})"


def _server(api: ir.Api, operation: ir.Operation) -> str:
    """Return where the client sends a call, when it is told nothing."""
    stated = [s.url.rstrip("/") for s in api.servers if "://" in s.url]
    base = stated[0] if stated and is_usable(stated[0]) else TEST_SERVER
    own = [s.url.rstrip("/") for s in operation.servers if "://" in s.url]
    if not own or base in own or base not in stated:
        return base
    return own[0]


def _prefix(operation: ir.Operation) -> str:
    if not operation.servers or "://" in operation.servers[0].url:
        return ""
    url = operation.servers[0].url.strip("/")
    return f"/{url}" if url else ""


def _imports(tests: Sequence[TestView]) -> tuple[ImportView, ...]:
    """Return the imports of what the tests of a module name."""
    text = "\n".join(
        part
        for test in tests
        for rows in (
            test.rows,
            *((f"{c.kind}(", *c.rows) for g in test.groups for c in g.cases),
        )
        for part in rows
    )
    used = set(re.findall(r"\b([A-Za-z_]+)(?=[(])", text))
    used |= {"Calls", "MADE_UP", "MadeUp", "Operation", "each"}
    dates = sorted(set(re.findall(r"\b(date|datetime)\.fromisoformat\(", text)))
    lines = [f"from datetime import {', '.join(dates)}"] if dates else []
    lines += [line for name, line in _STANDARD.items() if name in used]
    views = [ImportView(line, False) for line in lines]
    chosen = ", ".join(name for name in _HARNESS if name in used)
    views.append(ImportView(f"from client_harness import {chosen}", bool(lines)))
    return tuple(views)
