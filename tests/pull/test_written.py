"""What an index, a page and a document become, and where that goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import Diagnostics
from generator.document.differences import first_difference
from generator.document.inputs import load_document
from tests.support.command import WITHOUT_SHARED, run, tree
from tests.support.host import Host, send
from tests.support.pages import PUBLISHED, page

from .support import DOCUMENT, FILE, Done, pull


def test_an_index(host: Host, folder: Path) -> None:
    done = pull(folder, f"{host.url}/llms.txt")
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


def test_one_page_and_what_it_changes(host: Host, folder: Path) -> None:
    host.pages["/a.md"] = page("getBread", weight="string").encode()
    done = pull(folder, f"{host.url}/a.md?token=s3cret")
    assert done.code == 0
    assert "breaking[" in done.out
    assert "s3cret" not in done.out + done.err
    assert "type: string" in (folder / FILE).read_text()


def test_a_document_is_kept_as_it_came(host: Host, folder: Path) -> None:
    host.pages["/api.yaml"] = DOCUMENT
    assert pull(folder, f"{host.url}/api.yaml").code == 0
    assert (folder / FILE).read_bytes() == DOCUMENT
    # In another language than the file's name says it is written anew.
    done = pull(folder, f"{host.url}/api.yaml", "--spec", "api.json")
    assert done.code == 0, done.err
    content = (folder / "api.json").read_bytes()
    assert content.startswith(b'{\n  "openapi": "3.0.3"')
    host.pages["/api.json"] = content
    assert pull(folder, f"{host.url}/api.json", "--spec", "c.yaml").code == 0
    text = (folder / "c.yaml").read_text()
    assert text.startswith("openapi: 3.0.3\ninfo:\n  title: B\n  version: '1'\n")


def test_a_redirect_on_the_same_host(host: Host, folder: Path) -> None:
    host.pages["/old"] = lambda r: send(r, 301, b"", Location="/llms.txt")
    host.pages["/older"] = lambda r: send(r, 302, b"", Location=f"{host.url}/api/a.md")
    done = pull(folder, f"{host.url}/older")
    assert done.code == 0, done.err
    assert host.asked == ["/older", "/api/a.md"]


def test_what_was_there_may_be_broken(host: Host, folder: Path) -> None:
    (folder / FILE).write_text("openapi: 3.0.3\npaths: []\n")
    done = pull(folder, f"{host.url}/api/a.md")
    assert done.code == 0
    assert done.out.startswith("what was there can't be used, so it isn't compared\n")
    (folder / FILE).write_text("a: [")
    assert pull(folder, f"{host.url}/api/a.md").code == 0


def test_where_the_document_goes(host: Host, folder: Path) -> None:
    for spec in ("-", "pages/", "llms.txt"):
        done = pull(folder, f"{host.url}/api/a.md", "--spec", spec)
        assert done.code == 2
        assert "help: give --spec FILE" in done.err
    (folder / "pyproject.toml").write_text(
        "[tool.openapi-vendor]\nspec = 'new/a.yaml'\n"
    )
    done = Done(run("pull", f"{host.url}/api/a.md", cwd=folder))
    assert done.out == "new/a.yaml: written; `openapi-vendor generate` is next\n"


@pytest.mark.skipif(not PUBLISHED.exists(), reason=WITHOUT_SHARED)
def test_the_published_pages(host: Host, folder: Path) -> None:
    text = (PUBLISHED / "llms.txt").read_text()
    host.pages["/llms.txt"] = text.replace(
        "https://docs.example.com", host.url
    ).encode()
    for file in PUBLISHED.glob("*.md"):
        host.pages[f"/api-reference/{file.name}"] = file.read_bytes()
    host.pages["/products/lending/quickstart.md"] = b"# Start\n"
    done = pull(folder, f"{host.url}/llms.txt")
    assert done.code == 0, done.err
    pulled = load_document(str(folder / FILE), Diagnostics())
    local = load_document(str(PUBLISHED / "llms.txt"), Diagnostics())
    assert pulled is not None
    assert local is not None
    assert first_difference(pulled.data, local.data) is None


def test_help_shows_a_call_and_exit_codes() -> None:
    shown = " ".join(run("pull", "--help").stdout.split())
    assert "openapi-vendor pull https://docs.example.com/llms.txt --spec" in shown
    assert "Exit codes: 0 done or nothing new, 1 --check" in shown
