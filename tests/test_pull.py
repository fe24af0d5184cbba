"""`pull` from a host on a loopback port: what arrives is written whole, or not at all."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import trustme

from generator.diagnostics import Diagnostics
from generator.document.differences import first_difference
from generator.document.inputs import load_document
from generator.document.source import read_source
from generator.document.yaml_writer import UnwritableError, stable_yaml
from tests.support.command import SHARED, WITHOUT_SHARED, run, tree
from tests.support.host import Handler, Host, send, serving
from tests.support.pages import index, page

PUBLISHED = SHARED / "whitebit" / "pages"
FILE = "spec/api.yaml"


@pytest.fixture
def host() -> Iterator[Host]:
    """A host with an index, two pages with a fragment, and one of prose."""
    with serving() as made:
        made.pages = {
            "/llms.txt": index(
                "/api/b.md", f"{made.url}/api/a.md", "prose.md"
            ).encode(),
            "/api/a.md": page("getBread").encode(),
            "/api/b.md": page("buyBread", method="POST", notes="Be quick.").encode(),
            "/prose.md": b"# Welcome\n",
        }
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project that pulled before."""
    (tmp_path / "spec").mkdir()
    before = page("getBread")
    start = before.index("openapi: 3")
    (tmp_path / FILE).write_text(before[start : before.rindex("````")])
    return tmp_path


class Done:
    """How a `pull` ended."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        assert "Traceback" not in self.err, self.err


def _pull(folder: Path, *arguments: str, **env: str) -> Done:
    known = {"XDG_CACHE_HOME": str(folder / "cache"), **env}
    given = arguments if "--spec" in arguments else (*arguments, "--spec", FILE)
    return Done(run("pull", *given, cwd=folder, env=known))


def test_an_index(host: Host, folder: Path) -> None:
    done = _pull(folder, f"{host.url}/llms.txt")
    assert (done.code, done.err) == (0, "")
    assert "buy_bread" in done.out
    assert done.out.endswith(f"{FILE}: written; `openapi-vendor generate` is next\n")
    text = (folder / FILE).read_text()
    assert text.startswith("openapi: 3.0.3\ninfo:\n  title: Bakery\n  version: '1'\n")
    assert text.index("/buyBread") < text.index("/getBread")
    assert "x-notes: Be quick." in text
    assert set(tree(folder)) - {FILE} == {
        name for name in tree(folder) if name.startswith("cache/")
    }
    # Nothing was sent that nobody named.
    assert host.asked == ["/llms.txt", "/api/b.md", "/api/a.md", "/prose.md"]
    for headers in host.headers:
        sent = {"host", "accept", "accept-encoding", "connection", "user-agent"}
        assert set(headers) == sent


def test_the_second_time_nothing_is_new(host: Host, folder: Path) -> None:
    _pull(folder, f"{host.url}/llms.txt")
    before = (folder / FILE).stat().st_mtime_ns
    done = _pull(folder, f"{host.url}/llms.txt")
    assert (done.code, done.out, done.err) == (0, f"{FILE}: nothing new\n", "")
    assert "if-none-match" in host.headers[-1]
    assert (folder / FILE).stat().st_mtime_ns == before
    # A page that changed comes anew, beside others that are remembered.
    host.pages["/api/a.md"] = page("getBread", title="Look at bread").encode()
    done = _pull(folder, f"{host.url}/llms.txt")
    assert done.code == 0
    assert "Look at bread" in (folder / FILE).read_text()
    assert "buyBread" in (folder / FILE).read_text()


def test_check_says_only_whether_something_is_new(host: Host, folder: Path) -> None:
    before = tree(folder)
    done = _pull(folder, f"{host.url}/llms.txt", "--check")
    assert (done.code, done.out) == (1, f"{FILE}: there is something new\n")
    assert tree(folder / "spec") == {
        name.removeprefix("spec/"): content for name, content in before.items()
    }
    _pull(folder, f"{host.url}/llms.txt")
    done = _pull(folder, f"{host.url}/llms.txt", "--check")
    assert (done.code, done.out) == (0, f"{FILE}: nothing new\n")
    done = _pull(folder, f"{host.url}/llms.txt", "--check", "--spec", "new.yaml")
    assert done.code == 1
    assert not (folder / "new.yaml").exists()


def test_a_damaged_memory_is_none(host: Host, folder: Path) -> None:
    _pull(folder, f"{host.url}/api/a.md")
    kept = list((folder / "cache").rglob("*.content"))
    assert len(kept) == 1
    kept[0].write_bytes(b"# something else\n")
    done = _pull(folder, f"{host.url}/api/a.md")
    assert (done.code, done.out) == (0, f"{FILE}: nothing new\n")
    assert "if-none-match" not in host.headers[-1]


def test_one_page_and_what_it_changes(host: Host, folder: Path) -> None:
    host.pages["/a.md"] = page("getBread", weight="string").encode()
    done = _pull(folder, f"{host.url}/a.md?token=s3cret")
    assert done.code == 0
    assert "breaking[" in done.out
    assert "s3cret" not in done.out + done.err
    assert "type: string" in (folder / FILE).read_text()


DOCUMENT = (
    b"# The vendor's own words.\nopenapi: 3.0.3\ninfo: {title: B, version: '1'}\n\
paths: {/a: {get: {responses: {'200': {description: A.}}}}}\n"
)


def test_a_document_is_kept_as_it_came(host: Host, folder: Path) -> None:
    host.pages["/api.yaml"] = DOCUMENT
    assert _pull(folder, f"{host.url}/api.yaml").code == 0
    assert (folder / FILE).read_bytes() == DOCUMENT
    # In another language than the file's name says it is written anew.
    done = _pull(folder, f"{host.url}/api.yaml", "--spec", "api.json")
    assert done.code == 0, done.err
    content = (folder / "api.json").read_bytes()
    assert content.startswith(b'{\n  "openapi": "3.0.3"')
    host.pages["/api.json"] = content
    assert _pull(folder, f"{host.url}/api.json", "--spec", "c.yaml").code == 0
    text = (folder / "c.yaml").read_text()
    assert text.startswith("openapi: 3.0.3\ninfo:\n  title: B\n  version: '1'\n")


def test_a_redirect_on_the_same_host(host: Host, folder: Path) -> None:
    host.pages["/old"] = lambda r: send(r, 301, b"", Location="/llms.txt")
    host.pages["/older"] = lambda r: send(r, 302, b"", Location=f"{host.url}/api/a.md")
    done = _pull(folder, f"{host.url}/older")
    assert done.code == 0, done.err
    assert host.asked == ["/older", "/api/a.md"]


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
    done = _pull(folder, f"{host.url}/llms.txt")
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
    done = _pull(folder, f"{host.url}/llms.txt")
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
        done = _pull(folder, f"{host.url}{path}")
        assert done.code == 2
        assert done.err.startswith(f"{host.url}{path}: error[web-page]")
    assert _pull(folder, f"{host.url}/no.md").err.startswith(
        f"{host.url}/no.md: error["
    )


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://me:s3cret@docs.example/llms.txt", "a user name or a password"),
        ("ftp://docs.example/llms.txt", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("docs.example/llms.txt", "only http and https"),
        ("http://[::1/llms.txt", "this is no address"),
        ("http://docs.example:99999/", "this is no address"),
    ],
)
def test_addresses_that_are_not_fetched(folder: Path, url: str, said: str) -> None:
    done = _pull(folder, url)
    assert (done.code, done.out) == (2, "")
    assert f"error[wrong-address]: {said}" in done.err or said in done.err
    assert "s3cret" not in done.err


def test_an_index_that_lists_other_hosts(host: Host, folder: Path) -> None:
    links = (
        "https://other.example/a.md",
        "http://me:s3cret@127.0.0.1/b.md",
        "/api/a.md",
    )
    host.pages["/llms.txt"] = index(*links).encode()
    done = _pull(folder, f"{host.url}/llms.txt")
    assert done.code == 2
    assert f"{host.url}/llms.txt:3:12: error[other-host]" in done.err
    assert f"{host.url}/llms.txt:4:12: error[wrong-address]" in done.err


def test_an_index_without_fragments(host: Host, folder: Path) -> None:
    host.pages["/llms.txt"] = index("/prose.md").encode()
    done = _pull(folder, f"{host.url}/llms.txt")
    assert done.code == 2
    assert done.err.startswith(f"{host.url}/llms.txt: error[no-fragment]")


def test_pages_that_disagree(host: Host, folder: Path) -> None:
    host.pages["/api/a.md"] = page("getBread", weight="string").encode()
    before = tree(folder / "spec")
    done = _pull(folder, f"{host.url}/llms.txt")
    assert done.code == 2
    assert f"{host.url}/api/a.md:42:17: error[page-conflict]" in done.err
    assert f"in {host.url}/api/b.md:" in done.err
    assert tree(folder / "spec") == before
    done = _pull(folder, f"{host.url}/llms.txt", "--prefer", "a.md")
    assert done.code == 0, done.err
    assert "type: string" in (folder / FILE).read_text()


def test_a_document_that_can_not_be_used_is_not_written(
    host: Host, folder: Path
) -> None:
    before = tree(folder / "spec")
    host.pages["/api.yaml"] = DOCUMENT.replace(b"description: A.", b"$ref: '#/x'")
    done = _pull(folder, f"{host.url}/api.yaml")
    assert done.code == 2
    assert f"{host.url}/api.yaml:4:" in done.err
    assert tree(folder / "spec") == before


def test_what_was_there_may_be_broken(host: Host, folder: Path) -> None:
    (folder / FILE).write_text("openapi: 3.0.3\npaths: []\n")
    done = _pull(folder, f"{host.url}/api/a.md")
    assert done.code == 0
    assert done.out.startswith("what was there can't be used, so it isn't compared\n")
    (folder / FILE).write_text("a: [")
    assert _pull(folder, f"{host.url}/api/a.md").code == 0


def test_where_the_document_goes(host: Host, folder: Path) -> None:
    for spec in ("-", "pages/", "llms.txt"):
        done = _pull(folder, f"{host.url}/api/a.md", "--spec", spec)
        assert done.code == 2
        assert "help: give --spec FILE" in done.err
    (folder / "pyproject.toml").write_text(
        "[tool.openapi-vendor]\nspec = 'new/a.yaml'\n"
    )
    done = Done(run("pull", f"{host.url}/api/a.md", cwd=folder))
    assert done.out == "new/a.yaml: written; `openapi-vendor generate` is next\n"


def test_https_and_whom_it_trusts(folder: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(folder / "ca.pem")
    with serving(context) as host:
        host.pages["/a.md"] = page("buyBread").encode()
        done = _pull(folder, f"{host.url}/a.md")
        assert done.code == 2
        assert "error[connection]: the certificate is not valid" in done.err
        assert host.asked == []
        done = _pull(folder, f"{host.url}/a.md", SSL_CERT_FILE=str(folder / "ca.pem"))
        assert done.code == 0, done.err


def test_no_proxy_and_no_netrc(host: Host, folder: Path) -> None:
    (folder / ".netrc").write_text("machine 127.0.0.1 login me password s3cret\n")
    proxies = dict.fromkeys(("http_proxy", "HTTP_PROXY", "ALL_PROXY"), "http://[::1]:9")
    done = _pull(folder, f"{host.url}/api/a.md", HOME=str(folder), **proxies)
    assert done.code == 0, done.err
    assert "authorization" not in host.headers[0]


@pytest.mark.skipif(not PUBLISHED.exists(), reason=WITHOUT_SHARED)
def test_the_published_pages(host: Host, folder: Path) -> None:
    text = (PUBLISHED / "llms.txt").read_text()
    host.pages["/llms.txt"] = text.replace(
        "https://docs.example.com", host.url
    ).encode()
    for file in PUBLISHED.glob("*.md"):
        host.pages[f"/api-reference/{file.name}"] = file.read_bytes()
    host.pages["/products/lending/quickstart.md"] = b"# Start\n"
    done = _pull(folder, f"{host.url}/llms.txt")
    assert done.code == 0, done.err
    pulled = load_document(str(folder / FILE), Diagnostics())
    local = load_document(str(PUBLISHED / "llms.txt"), Diagnostics())
    assert pulled is not None
    assert local is not None
    assert first_difference(pulled.data, local.data) is None


ODD = {
    "no": "no", "on": "yes", "octal": "0o14", "old octal": "014", "exponent": "1e3",
    "date": "2025-01-01", "time": "1:30", "empty": "", "null": "null", "tilde": "~",
    "space": " a ", "block": "a\n\n  b\n", "trailing": "a \nb", "tab": "\ta\n\tb",
    "mark": "- a", "hash": "a # b", "colon": "a: b", "quote": "it's \"so\"",
    "control": "\x00\x1b\x85\u2028", "wide": "ключ 鍵 🔑", "long": "word " * 200,
    "digits": "1" * 5000, "merge": "<<", "<<": "a", "": "no key", "1": 1, "true": True,
    "float": 1e20, "small": 1e-7, "one": 1.0, "list": [[], {}, [[1]], [{"a": None}]],
}  # fmt: skip


def test_what_yaml_can_not_hold_is_refused() -> None:
    for data in ({"half": "\ud800"}, {"long": 16**5000}):
        with pytest.raises(UnwritableError):
            stable_yaml(data)


def test_help_shows_a_call_and_exit_codes() -> None:
    shown = " ".join(run("pull", "--help").stdout.split())
    assert "openapi-vendor pull https://docs.example.com/llms.txt --spec" in shown
    assert "Exit codes: 0 done or nothing new, 1 --check" in shown


def test_what_is_written_reads_as_the_same() -> None:
    written = stable_yaml(ODD)
    found = Diagnostics()
    again = read_source(written, "a.yaml", found)
    assert len(found) == 0
    assert again is not None
    assert first_difference(ODD, again.data) is None
    assert isinstance(again.data, dict)
    assert list(again.data) == list(ODD)
    assert stable_yaml(again.data) == written
