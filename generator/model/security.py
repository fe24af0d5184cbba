"""Security schemes and requirements, and which signer serves a combination of them.

A signer is hand-written code of the runtime. It serves a requirement when all of its
schemes are headers of that signer and the one that names the key is among them: older
revisions of WhiteBIT's document declare only `X-TXC-APIKEY` of the three. A root-level
`x-signing: <name>` in an overlay says it outright.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..diagnostics import Diagnostics, quoted
from ..document.node import Node
from . import ir
from .extensions import misread
from .wire_names import can_travel

_KEY = "x-signing"


def build_schemes(root: Node) -> dict[str, ir.SecurityScheme]:
    """Return the security schemes of the document that the runtime can serve, by name."""
    schemes: dict[str, ir.SecurityScheme] = {}
    for name, entry in _declared(root):
        scheme = _scheme(name, entry.follow())
        if scheme is not None:
            schemes[name] = scheme
    return schemes


def _scheme(name: str, node: Node) -> ir.SecurityScheme | None:
    kind, description = node.text("type"), node.text("description")
    place, wire_name = node.text("in"), node.text("name")
    if kind == "apiKey" and place in ("header", "query", "cookie"):
        if not wire_name or not can_travel(place, wire_name):
            return None
        return ir.SecurityScheme(
            node.pointer,
            name,
            "apiKey",
            place,
            wire_name,
            description,
        )
    http = node.text("scheme").lower() if kind == "http" else ""
    if http == "basic":
        return ir.SecurityScheme(node.pointer, name, "basic", description=description)
    if http == "bearer" or kind in ("oauth2", "openIdConnect"):
        # Whatever flow hands out the token, it travels as a bearer token.
        return ir.SecurityScheme(node.pointer, name, "bearer", description=description)
    return None


class SecurityBuilder:
    """Builds the requirements of operations against one document's schemes."""

    def __init__(
        self,
        root: Node,
        signers: Sequence[ir.Signer],
        diagnostics: Diagnostics,
    ) -> None:
        self.schemes: Mapping[str, ir.SecurityScheme] = build_schemes(root)
        self._declared = {name for name, _ in _declared(root)}
        self._signers = {signer.name: signer for signer in signers}
        self._root = root
        self._diagnostics = diagnostics
        self._reported: set[str] = set()
        self._is_used: dict[str, bool] = {}  # places of `x-signing`

    def build(self, operation: Node) -> tuple[ir.Requirement, ...]:
        """Return the alternatives of an operation; none means that it is not signed.

        Reported as an error: all alternatives need a scheme that nothing here serves.
        """
        stated = self._stated(operation)
        named = "" if stated is None else str(stated.value)
        place = operation.child("security") or self._root.child("security")
        if place is None or not isinstance(place.value, list):
            return ()
        found = [self._requirement(entry, named) for entry in place.elements()]
        if stated is not None and any(r is not None and r.signer for r in found):
            self._is_used[stated.pointer] = True
        usable = tuple(dict.fromkeys(r for r in found if r is not None))
        if found and not usable:
            names = sorted({name for e in place.elements() for name, _ in e.entries()})
            self._report(
                "unsupported-security",
                "no signer and no standard scheme serves the security of this operation: "
                + ", ".join(map(quoted, names)),
                place,
            )
        return usable

    def finish(self) -> None:
        """Report the signers that are named where no security asks for one."""
        for pointer, is_used in self._is_used.items():
            if not is_used:
                self._diagnostics.warning(
                    "unmatched-signer",
                    f"`{_KEY}` signs nothing: no operation here asks for `security`",
                    at=pointer,
                    help="say in an overlay which operations ask for it: `security`,"
                    " and a scheme under components/securitySchemes",
                )

    def _stated(self, operation: Node) -> Node | None:
        """Return where a signer is named for an operation; it is one that is known."""
        stated = operation.child(_KEY) or self._root.child(_KEY)
        if stated is None:
            return None
        if isinstance(stated.value, str) and stated.value in self._signers:
            self._is_used.setdefault(stated.pointer, False)
            return stated
        if stated.pointer not in self._reported:
            self._reported.add(stated.pointer)
            self._misnamed(stated)
        return None

    def _misnamed(self, stated: Node) -> None:
        known = list(self._signers)
        if not isinstance(stated.value, str):
            misread(stated, "the name of a signer", known[0], self._diagnostics)
            return
        self._diagnostics.warning(
            "unknown-signer",
            f"`{_KEY}` names {quoted(stated.value)}, and there is no such signer",
            at=stated.pointer,
            help=f"there is {', '.join(map(quoted, known))};"
            " `signer` in the configuration names a file with your own",
        )

    def _requirement(self, entry: Node, named: str) -> ir.Requirement | None:
        names = tuple(name for name, _ in entry.sorted_entries())
        if named in self._signers and names:
            return ir.Requirement(names, named)
        for name in names:
            if name not in self._declared:
                self._report(
                    "undefined-security",
                    f"security scheme {quoted(name)} is required but not declared",
                    entry,
                )
        declared = [name for name in names if name in self._declared]
        known = [self.schemes[name] for name in declared if name in self.schemes]
        if len(known) < len(declared):
            return None
        return ir.Requirement(tuple(s.name for s in known), self._signer(known))

    def _report(self, id_: str, message: str, at: Node) -> None:
        """Report a fault once, however many operations share it."""
        if message in self._reported:
            return
        self._reported.add(message)
        if id_ == "undefined-security":
            self._diagnostics.warning(
                id_,
                message,
                at=at.pointer,
                help="calls are sent without it; declare it under"
                " components/securitySchemes, in an overlay if need be",
            )
        else:
            self._diagnostics.error(
                id_,
                message,
                at=at.pointer,
                help="name a signer with `x-signing`, or other schemes, in an overlay",
            )

    def _signer(self, schemes: Iterable[ir.SecurityScheme]) -> str:
        headers = {
            scheme.wire_name.upper()
            for scheme in schemes
            if scheme.kind == "apiKey" and scheme.location == "header"
        }
        for signer in self._signers.values():
            served = {header.upper() for header in signer.headers}
            if signer.required.upper() in headers and headers <= served:
                return signer.name
        return ""


def _declared(root: Node) -> Iterable[tuple[str, Node]]:
    place = root.at("components", "securitySchemes")
    return place.sorted_entries() if place is not None else ()


def credential_places(
    requirements: Iterable[ir.Requirement], schemes: Mapping[str, ir.SecurityScheme]
) -> dict[tuple[str, str], str]:
    """Return where the keys of an operation travel, and what scheme puts each there."""
    return {
        place_of(scheme.location, scheme.wire_name): name
        for requirement in requirements
        if not requirement.signer
        for name in requirement.schemes
        if (scheme := schemes[name]).kind == "apiKey"
    }


def place_of(location: str, name: str) -> tuple[str, str]:
    """Return what is equal for two values that would be one: headers know no case."""
    return location, name.lower() if location == "header" else name


def supplied_fields(
    requirements: Iterable[ir.Requirement], signers: Iterable[ir.Signer]
) -> frozenset[str]:
    """Return the body fields that the signers of an operation fill themselves."""
    used = {requirement.signer for requirement in requirements}
    return frozenset(name for s in signers if s.name in used for name in s.fills)
