"""Addresses, indexes and documents that are not taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import tree
from tests.support.host import Host
from tests.support.pages import index, page

from .support import DOCUMENT, FILE, pull


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
    done = pull(folder, url)
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
    done = pull(folder, f"{host.url}/llms.txt")
    assert done.code == 2
    assert f"{host.url}/llms.txt:3:12: error[other-host]" in done.err
    assert f"{host.url}/llms.txt:4:12: error[wrong-address]" in done.err


def test_an_index_without_fragments(host: Host, folder: Path) -> None:
    host.pages["/llms.txt"] = index("/prose.md").encode()
    done = pull(folder, f"{host.url}/llms.txt")
    assert done.code == 2
    assert done.err.startswith(f"{host.url}/llms.txt: error[no-fragment]")


def test_pages_that_disagree(host: Host, folder: Path) -> None:
    host.pages["/api/a.md"] = page("getBread", weight="string").encode()
    before = tree(folder / "spec")
    done = pull(folder, f"{host.url}/llms.txt")
    assert done.code == 2
    assert f"{host.url}/api/a.md:42:17: error[page-conflict]" in done.err
    assert f"in {host.url}/api/b.md:" in done.err
    assert tree(folder / "spec") == before
    done = pull(folder, f"{host.url}/llms.txt", "--prefer", "a.md")
    assert done.code == 0, done.err
    assert "type: string" in (folder / FILE).read_text()


def test_a_document_that_can_not_be_used_is_not_written(
    host: Host, folder: Path
) -> None:
    before = tree(folder / "spec")
    host.pages["/api.yaml"] = DOCUMENT.replace(b"description: A.", b"$ref: '#/x'")
    done = pull(folder, f"{host.url}/api.yaml")
    assert done.code == 2
    assert f"{host.url}/api.yaml:4:" in done.err
    assert tree(folder / "spec") == before
