# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The arguments of a call to a signed request.

Shared by the client and its async twin; nothing here waits or touches the network.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote_plus

from ._encode import plain
from ._forms import FilePart, encode_form, encode_multipart, form_fields
from ._nonce import unix_milliseconds
from ._operation import UNSET, Draft, Operation, Unset
from ._options import Options, check_base_url
from ._signing import Scheme, environment, fixed_body, full_target, variable
from ._styles import (
    Encoded,
    Styles,
    cookie_values,
    expand_path,
    header_text,
    query_pairs,
    text_of,
)
from .errors import ConfigurationError

__all__ = ["Settings", "prepare"]

_NONE: Mapping[str, Any] = {}
_ACCEPTED = {"json": "application/json", "events": "text/event-stream"}
_MEDIA = {"text": "text/plain; charset=utf-8", "bytes": "application/octet-stream"}


class Settings:
    """What a client and its copies know: where to send, with what, and how long."""

    __slots__ = ("base_url", "options", "prefix", "schemes", "servers")

    def __init__(
        self,
        base_url: str,
        servers: tuple[str, ...],
        schemes: Mapping[str, Scheme],
        options: Options,
        prefix: str,
    ) -> None:
        self.base_url = check_base_url(base_url)
        self.servers = servers
        self.schemes = dict(schemes)
        self.options = options
        self.prefix = prefix

    def replace(
        self, *, options: Options | None = None, schemes: Mapping[str, Scheme] = _NONE
    ) -> Settings:
        return Settings(
            self.base_url,
            self.servers,
            {**self.schemes, **schemes},
            options or self.options,
            self.prefix,
        )

    def host_for(self, operation: Operation[Any]) -> str:
        """Give an operation's own server, unless the client talks to a stand-in."""
        if not operation.servers:
            return self.base_url
        own = [server.rstrip("/") for server in operation.servers]
        documented = {server.rstrip("/") for server in self.servers}
        if self.base_url in own or self.base_url not in documented:
            return self.base_url
        return check_base_url(own[0])

    def schemes_for(self, operation: Operation[Any]) -> tuple[Scheme, ...]:
        """Give the schemes of the first alternative that has its credentials.

        Raises:
            ConfigurationError: there is none; says which argument is missing
        """
        wanted: list[str] = []
        for names in operation.security:
            if any(name not in self.schemes for name in names):
                continue
            schemes = tuple(self.schemes[name] for name in names)
            missing = [one for scheme in schemes for one in scheme.missing()]
            if names and not missing:
                return schemes
            wanted = wanted or missing
        if not operation.security or () in operation.security:
            return ()
        needed = "a credential that this client has no place for"
        if wanted:
            needed = f"{' and '.join(wanted)}, which the client was not given"
            needed += _variables(self.prefix, wanted) if self.prefix else ""
        raise ConfigurationError(
            f"{operation.name} needs {needed}", operation=operation.name
        )


def _variables(prefix: str, wanted: list[str]) -> str:
    """Say where `from_env` looks for arguments, and what it does not find."""
    unset = [one for one in wanted if environment(prefix, one) is None]
    named = " and ".join(variable(prefix, one) for one in unset or wanted)
    if not unset:
        return f"; from_env reads {named}"
    return f"; {named}, which from_env reads, {'are' if unset[1:] else 'is'} not set"


def prepare(
    settings: Settings,
    operation: Operation[Any],
    *,
    path: Mapping[str, Any] = _NONE,
    query: Mapping[str, Any] = _NONE,
    header: Mapping[str, Any] = _NONE,
    cookie: Mapping[str, Any] = _NONE,
    body: Any = UNSET,
) -> Draft:
    """Make and sign a request. Each attempt is prepared anew: a nonce is used once.

    Raises:
        ConfigurationError: an argument has no wire form, or a credential is missing
    """
    try:
        host = settings.host_for(operation)
        if settings.options.proxy is not None and host.startswith("http://"):
            raise ConfigurationError(
                "a loopback address is not reached through a proxy, and the proxy would "
                "see the credentials; leave `proxy` out"
            )
        scheme, _, rest = host.partition("://")
        name, slash, prefix = rest.partition("/")
        styles = {(place, one): style for place, one, style in operation.styles}
        template, _, asked = operation.path.partition("?")
        full_path = slash + prefix + expand_path(template, path, styles)
        draft = Draft(operation, f"{scheme}://{name}", full_path)
        draft.given = (path, query, header)
        draft.clock = settings.options.clock or unix_milliseconds
        draft.headers = {
            "Accept": _ACCEPTED.get(operation.answer, "*/*"),
            "Accept-Encoding": "identity",
            "User-Agent": f"{(__package__ or 'client').rpartition('.')[2]} (python)",
        }
        for name, value in settings.options.headers.items():
            draft.set_header(name, value)
        draft.query = [
            *(_asked(asked, path, styles) if asked else ()),
            *(query_pairs(query, styles) if query else ()),
        ]
        for name, value in header.items():
            if value is not None and not isinstance(value, Unset):
                style = styles.get(("header", name), "simple")
                draft.set_header(name, header_text(name, value, style))
        for name, value in cookie.items():
            if value is not None and not isinstance(value, Unset):
                style = styles.get(("cookie", name), "form*")
                draft.cookies.update(cookie_values(name, value, style))
        _put_body(draft, body, styles)
        draft.schemes = settings.schemes_for(operation)
        for scheme_ in draft.schemes:
            scheme_.apply(draft)
        _finish(draft)
    except ConfigurationError as error:
        error.operation = operation.name
        raise
    return draft


def _asked(
    template: str, path: Mapping[str, Any], styles: Styles
) -> list[tuple[str, str]]:
    """Give the pairs of a query that a path brings along: `/links?tag={tag}`."""
    pairs = (one.partition("=") for one in template.split("&") if one)
    return [
        (unquote_plus(name), Encoded(expand_path(value, path, styles)))
        for name, _, value in pairs
    ]


def _put_body(draft: Draft, body: Any, styles: Styles) -> None:
    kind = draft.operation.body
    if isinstance(body, Unset):
        return
    if not kind:
        raise ConfigurationError("this operation has no body")
    if kind == "text":
        draft.body = draft.content = _text(body)
    elif kind == "bytes":
        draft.body = draft.content = _bytes(body)
    elif kind == "multipart":
        fields = form_fields(body)
        draft.content, media = encode_multipart(fields, styles)
        draft.body = {  # for errors only, without the files
            name: plain(value, name)
            for name, value in fields.items()
            if not isinstance(value, (bytes, bytearray, list, tuple, FilePart, Unset))
        }
        draft.set_header("Content-Type", media)
    elif kind == "form":
        draft.body = plain(form_fields(body))
        draft.content = encode_form(draft.body, styles)
        draft.set_header("Content-Type", "application/x-www-form-urlencoded")
    else:
        draft.body = plain(body)  # encoded by the signer, or in _finish
    if kind in _MEDIA:
        stated = body.media_type if isinstance(body, FilePart) else ""
        stated = stated or draft.operation.body_media
        draft.set_header("Content-Type", stated or _MEDIA[kind])


def _text(body: Any) -> bytes:
    if isinstance(body, (bytes, bytearray)):
        raise ConfigurationError("the body is text, not bytes: decode it first")
    return text_of(plain(body)).encode()


def _bytes(body: Any) -> bytes:
    if isinstance(body, FilePart):
        return body.content
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(cast("bytes", body))
    raise ConfigurationError(
        f"the body is bytes, not {type(body).__name__}: pass what a file holds, "
        "for example Path(...).read_bytes()"
    )


def _finish(draft: Draft) -> None:
    fixed_body(draft)
    if draft.cookies:
        pairs = draft.cookies.items()
        texts = [value for _, value in pairs if not isinstance(value, Encoded)]
        if any(";" in text or "," in text for text in texts):
            raise ConfigurationError("a cookie can't hold a semicolon or a comma")
        draft.set_header(
            "Cookie", "; ".join(f"{name}={value}" for name, value in pairs)
        )
    draft.target = full_target(draft)
