"""Credentials: which an operation asks for, and how each of them travels.

A combination that a signer serves is that signer: a document that begins to name headers
which a signed call always carried changes nothing for who signs.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import ir
from .findings import Change


def security_changes(old: ir.Operation, new: ir.Operation) -> Iterator[Change]:
    """Yield what changed for who has to prove who calls."""
    before = {_served(r): r for r in old.security}
    after = {_served(r): r for r in new.security}
    pointers = (f"{old.pointer}/security", f"{new.pointer}/security")
    gone = [key for key in before if key not in after]
    come = [key for key in after if key not in before]

    def change(rule: str, one: str = "", other: str = "") -> Change:
        return Change(rule, "security", *pointers, "", one, other)

    for key in before:
        if key in after and before[key].schemes != after[key].schemes:
            more = set(after[key].schemes) ^ set(before[key].schemes)
            yield change("security-stated", "", ", ".join(sorted(more)))
    open_before = not before or () in before
    open_after = not after or () in after
    if not gone and not come:
        return
    if open_before and come and not open_after:
        yield change("security-added", "", _shown(come))
    elif gone and open_after and not open_before:
        yield change("security-removed", _shown(gone), "")
    elif gone and come:
        yield change("security-changed", _shown(gone), _shown(come))
    elif gone:
        yield change("security-option-removed", _shown(gone), "")
    else:
        yield change("security-option-added", "", _shown(come))


def scheme_changes(old: ir.Api, new: ir.Api) -> Iterator[Change]:
    """Yield what became of the schemes that both documents declare."""
    signed = {h.upper() for api in (old, new) for s in api.signers for h in s.headers}
    known = {scheme.name: scheme for scheme in new.security_schemes}
    for one in old.security_schemes:
        other = known.get(one.name)
        if other is None or one.wire_name.upper() in signed:
            continue
        if _way(one) != _way(other):
            yield Change(
                "scheme-changed", "security", one.pointer, other.pointer, one.name,
                _way(one), _way(other),
            )  # fmt: skip


def _served(requirement: ir.Requirement) -> tuple[str, ...]:
    if requirement.signer:
        return (f"signer {requirement.signer}",)
    return tuple(sorted(requirement.schemes))


def _shown(keys: list[tuple[str, ...]]) -> str:
    return " or ".join(" and ".join(key) if key else "none" for key in keys)


def _way(scheme: ir.SecurityScheme) -> str:
    if scheme.kind == "apiKey":
        return f"{scheme.location} {scheme.wire_name}"
    return scheme.kind
