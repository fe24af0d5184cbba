"""What a client is constructed with: servers, secrets and the schemes that use them."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import ir
from .. import docs, names
from ..view import CredentialView, ImportView, SchemeView, ServerView
from .annotations import Imports


def present_servers(api: ir.Api) -> tuple[ServerView, ...]:
    """Return the servers by name: the words that tell one description from the others.

    A relative URL is none that a client could call: the caller has to give `base_url`.
    """
    servers = {s.url: s for s in api.servers if "://" in s.url}
    titles = [
        {word.lower() for word in names.words(server.description)}
        for server in servers.values()
        if server.description
    ]
    shared = set.intersection(*titles) if len(titles) > 1 else set()
    candidates: dict[str, list[str]] = {}
    for server in servers.values():
        own = [w for w in names.words(server.description) if w.lower() not in shared]
        host = server.url.split("://", 1)[-1]
        named = names.upper(" ".join(own)) if len(servers) > 1 else "DEFAULT"
        candidates[server.url] = [named, names.upper(host)]
    chosen = names.assign(candidates)
    return tuple(
        ServerView(chosen[s.url], names.string(s.url.rstrip("/")), s.description)
        for s in servers.values()
    )


def _used_schemes(api: ir.Api) -> list[ir.SecurityScheme]:
    used = {
        name
        for operation in api.operations
        for requirement in operation.security
        if not requirement.signer
        for name in requirement.schemes
    }
    return [scheme for scheme in api.security_schemes if scheme.name in used]


def _credential_names(api: ir.Api) -> dict[tuple[str, str], str]:
    """Return the constructor arguments of standard schemes, by scheme and part."""
    taken = {name for signer in api.signers for name in signer.credentials}
    taken |= {setting[0] for signer in api.signers for setting in signer.settings}
    taken |= {"base_url", "options", "self", "cls"}
    # What the bodies of a client's methods use.
    taken |= {"dict", "schemes", "str", "super", "tuple"}
    candidates: dict[tuple[str, str], list[str]] = {}
    for scheme in _used_schemes(api):
        parts = ("username", "password") if scheme.kind == "basic" else ("",)
        for part in parts:
            name = names.snake(f"{scheme.name} {part}")
            candidates[scheme.name, part] = [f"{name}_" if name in taken else name]
    return names.assign(candidates)


def scheme_arguments(api: ir.Api) -> dict[str, list[str]]:
    """Return the constructor arguments that each standard scheme takes."""
    found: dict[str, list[str]] = {}
    for (scheme, _), name in _credential_names(api).items():
        found.setdefault(scheme, []).append(name)
    return found


def present_credentials(api: ir.Api, prefix: str) -> tuple[CredentialView, ...]:
    """Return the arguments of the constructor: of signers first, then of schemes."""
    quoted = names.string(prefix)
    found: list[CredentialView] = []

    def secret(name: str, changeable: bool) -> CredentialView:
        return CredentialView(
            name,
            "str | None",
            "None",
            f"environment({quoted}, {names.string(name)})",
            f"{prefix}_{name}".upper(),
            changeable,
        )

    for signer in api.signers:
        found += [secret(name, False) for name in signer.credentials]
    for signer in api.signers:
        found += [
            CredentialView(name, annotation, default, "", "", False)
            for name, annotation, default in signer.settings
        ]
    return (*found, *(secret(name, True) for name in _credential_names(api).values()))


def present_schemes(api: ir.Api) -> tuple[SchemeView, ...]:
    """Return the security schemes of the client, each with its constructor call."""
    found: list[SchemeView] = []
    for signer in api.signers:
        passed = [*signer.credentials, *(setting[0] for setting in signer.settings)]
        arguments = ", ".join(f"{name}={name}" for name in passed)
        text = f"{signer.class_name}({arguments})"
        found.append(SchemeView(names.string(signer.name), text, False, ""))
    chosen = _credential_names(api)
    for scheme in _used_schemes(api):
        own = [name for (owner, _), name in chosen.items() if owner == scheme.name]
        condition = " and ".join(f"{name} is not None" for name in own)
        found.append(
            SchemeView(
                names.string(scheme.name), _constructed(scheme, own), True, condition
            )
        )
    return tuple(found)


def _constructed(scheme: ir.SecurityScheme, own: Sequence[str]) -> str:
    quoted = [names.string(name) for name in own]
    if scheme.kind == "apiKey":
        place = f"{names.string(scheme.location)}, {names.string(scheme.wire_name)}"
        named = names.string(scheme.name)
        return f"ApiKey({named}, {place}, {own[0]}, argument={quoted[0]})"
    if scheme.kind == "basic":
        return f"Basic({', '.join(own)}, arguments={names.tuple_of(quoted)})"
    return f"Bearer({own[0]}, argument={quoted[0]})"


def environment_doc(credentials: Sequence[CredentialView], prefix: str) -> str:
    """Return the docstring of `from_env`."""
    variables = [c.variable for c in credentials if c.variable]
    lines = ["Make a client with what the environment holds.", ""]
    listed = ", ".join([*variables, f"{prefix}_BASE_URL"])
    return docs.docstring([*lines, *docs.wrap(f"Variables: {listed}.", 80)], 8)


def present_imports(api: ir.Api) -> tuple[ImportView, ...]:
    """Return the imports of `client.py`."""
    imports = Imports()
    imports.add("typing", "Self")
    if api.operations:
        imports.add("typing", "TYPE_CHECKING")
    if present_servers(api):
        imports.add("enum", "StrEnum")
    imports.add("._client", "AsyncClient", "Client", "Options")
    imports.add("._signing", "environment")
    if _used_schemes(api):
        imports.add("._signing", "Scheme")
    for signer in api.signers:
        imports.add(f".{signer.module}", signer.class_name)
    for scheme in _used_schemes(api):
        kind = "ApiKey" if scheme.kind == "apiKey" else scheme.kind.capitalize()
        imports.add("._signing", kind)
    return imports.views()
