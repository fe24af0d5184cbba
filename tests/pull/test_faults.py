"""A host that goes wrong, asked again or given up; the document stays as it was."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.support.command import tree
from tests.support.host import Handler, Host, send
from tests.support.pages import page

from .support import pull


def test_a_host_that_recovers(host: Host, folder: Path) -> None:
    whole = host.pages["/api/a.md"]
    answers: list[Handler] = [
        lambda r: send(r, 503, b"", Retry_After="0"),
        lambda r: send(r, 200, b"# half", Content_Length="1000", Connection="close"),
    ]

    def sometimes(request: BaseHTTPRequestHandler) -> None:
        assert isinstance(whole, bytes)
        answer = answers.pop(0) if answers else lambda r: send(r, 200, whole)
        answer(request)
        request.close_connection = True

    host.pages["/api/a.md"] = sometimes
    done = pull(folder, f"{host.url}/llms.txt")
    assert done.code == 0, done.err
    assert host.asked.count("/api/a.md") == 3


SENT: list[int] = []


def _endless(request: BaseHTTPRequestHandler) -> None:
    """A page that grew to 1 GB, and does not say so beforehand."""
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    piece = b"# a line of the page\n" * 3000
    SENT.append(0)
    while SENT[-1] < 2**30:
        request.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        SENT[-1] += len(piece)
    request.wfile.write(b"0\r\n\r\n")


def _large(request: BaseHTTPRequestHandler) -> None:
    send(request, 200, b"# a", Content_Length=str(2**30), Connection="close")


def _cut(request: BaseHTTPRequestHandler) -> None:
    send(request, 200, b"# a", Content_Length="5000", Connection="close")
    request.close_connection = True


def _cut_chunk(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    request.wfile.write(b"1000\r\n# a")
    request.close_connection = True


def _html(request: BaseHTTPRequestHandler) -> None:
    send(request, 200, b"<h1>Sign in</h1>", Content_Type="text/html; charset=utf-8")


def _silent(request: BaseHTTPRequestHandler) -> None:
    request.close_connection = True


FAULTS: dict[str, tuple[Handler | bytes, str, int]] = {
    "404": (lambda r: send(r, 404, b""), "not-found]: the host answers 404", 1),
    "403": (lambda r: send(r, 403, b""), "odd-status]: the host answers 403", 1),
    "500": (lambda r: send(r, 500, b""), "odd-status]: the host answers 500", 3),
    "429": (lambda r: send(r, 429, b""), "odd-status]: the host answers 429", 3),
    "304": (lambda r: send(r, 304, b""), "odd-status]: the host says that nothing", 1),
    "other host": (
        lambda r: send(r, 302, b"", Location="https://other.example/a.md"),
        "other-host]: this leads to https://other.example, and nothing is fetched from",
        1,
    ),
    "redirected for ever": (
        lambda r: send(r, 307, b"", Location=r.path),
        "redirect]: the address is redirected more than 5 times",
        6,
    ),
    "1 GB announced": (_large, "too-large]: this is larger than the 16 MB", 1),
    "1 GB streamed": (_endless, "too-large]: this is larger than the 16 MB", 1),
    "truncated": (_cut, "truncated]: the answer was cut off: 4997 bytes are", 3),
    "truncated chunk": (_cut_chunk, "truncated]: the answer was cut off", 3),
    "HTML by its type": (_html, "web-page]: this is a web page (HTML)", 1),
    "HTML by its text": (
        b"<!doctype html>\n<p>Sign in</p>",
        "not-openapi]: this is a web page, no OpenAPI document",
        1,
    ),
    "compressed": (
        lambda r: send(r, 200, b"\x1f\x8b", Content_Encoding="gzip"),
        "odd-encoding]: the answer is encoded as gzip",
        1,
    ),
    "no answer": (_silent, "connection]: the connection failed", 3),
    "open fence": (page("getBread")[:-6].encode(), "open-fence]: the fence", 1),
    "no UTF-8": (b"# caf\xe9\n", "not-utf8]: the byte 0xE9", 1),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_everything_as_it_was(
    host: Host, folder: Path, fault: str
) -> None:
    answer, said, asked = FAULTS[fault]
    host.pages["/api/a.md"] = answer
    before = tree(folder / "spec")
    done = pull(folder, f"{host.url}/llms.txt")
    assert done.code == 2
    assert done.out == ""
    # In the index, where the page is listed; or in the page, where it is wrong.
    first = done.err.splitlines()[0]
    assert f"error[{said}" in first, first
    assert first.startswith((f"{host.url}/llms.txt:4:", f"{host.url}/api/a.md:"))
    assert "help: " in done.err
    assert tree(folder / "spec") == before
    assert host.asked.count("/api/a.md") == asked
    if fault == "1 GB streamed":
        assert SENT[-1] < 2**27  # the rest never left the host


def test_the_first_address_fails_in_the_same_words(host: Host, folder: Path) -> None:
    for path in ("/llms.txt", "/api.yaml", "/page.md"):
        host.pages[path] = _html
        done = pull(folder, f"{host.url}{path}")
        assert done.code == 2
        assert done.err.startswith(f"{host.url}{path}: error[web-page]")
    assert pull(folder, f"{host.url}/no.md").err.startswith(f"{host.url}/no.md: error[")
