# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""A request against the documented one: method, host, path, query, headers, body."""

from __future__ import annotations

import re

import httpx2

from .auth import Expected
from .cases import Operation, Request

__all__ = ["request_differences"]

_BOUNDARY = re.compile(r"multipart/form-data; boundary=([0-9A-Za-z'()+_,./:=?-]{1,70})")
# Set by the HTTP library or the client for its own sake; they hold nothing of a call.
_FREE = {"user-agent"}
_ACCEPTED = {"json": "application/json", "events": "text/event-stream"}


def request_differences(
    operation: Operation, case: Request, server: str, request: httpx2.Request
) -> list[str]:
    """Say where a request differs, credentials recomputed from the tests' own."""
    scheme, _, host = server.partition("://")
    name, slash, prefix = host.partition("/")
    path, _, query = (case.target or operation.path).partition("?")
    expected = Expected(path=slash + prefix + path, query=[query] if query else [])
    content, media = _without_boundary(request)
    if case.body is not None:
        body = case.body
        expected.body = body.encode() if isinstance(body, str) else body
        expected.headers = {"content-type": "application/json"}  # unless it says other
    expected.headers |= {name.lower(): value for name, value in case.headers.items()}
    if "cookie" in expected.headers:
        expected.cookies.append(expected.headers.pop("cookie"))
    for one in operation.auth:
        one.complete(expected, content)
    if expected.cookies:
        expected.headers["cookie"] = "; ".join(expected.cookies)
    wanted = expected.body or b""
    expected.headers |= {
        "host": name.removesuffix(":443" if scheme == "https" else ":80"),
        "accept": _ACCEPTED.get(operation.answer, "*/*"),
        "accept-encoding": "identity",
    }
    target = expected.path
    if expected.query:
        target = f"{target}?{'&'.join(expected.query)}"
    came = {name.lower(): value for name, value in request.headers.items()}
    came |= {"content-type": media} if media else {}
    if wanted:
        expected.headers["content-length"] = str(len(request.content))
    elif came.get("content-length") == "0":  # some methods say that there is no body
        expected.headers["content-length"] = "0"
    pairs = [
        ("method", request.method, operation.method),
        ("scheme", request.url.scheme, scheme),
        ("target", request.url.raw_path.decode(), target),
        ("body", content, wanted),
        *(
            (f"header {name}", came.get(name), expected.headers.get(name))
            for name in sorted({*came, *expected.headers} - _FREE)
        ),
    ]
    return [
        f"{what}: {got!r} instead of {should!r}"
        for what, got, should in pairs
        if got != should
    ]


def _without_boundary(request: httpx2.Request) -> tuple[bytes, str]:
    """Give body and media type, a boundary that is new each time replaced by its name."""
    media = request.headers.get("content-type", "")
    found = _BOUNDARY.fullmatch(media)
    if found is None:
        return request.content, media
    content = request.content.replace(found[1].encode(), b"BOUNDARY")
    return content, "multipart/form-data; boundary=BOUNDARY"
