"""Pages, folders and indexes that are no good, each refused with a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import run
from tests.support.pages import CLOSED, index, page

from .support import refused

WHOLE = page("getBread")
CLOSE = WHOLE.rindex(CLOSED)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            b"# Bread\n\n```python\nbake()\n```\n",
            "a.md: error[no-fragment]: this page shows no OpenAPI fragment",
            id="no fragment",
        ),
        pytest.param(
            WHOLE[:CLOSE].encode(),
            "a.md:11:1: error[open-fence]: the fence that opens here is never closed",
            id="open fence",
        ),
        pytest.param(
            (WHOLE[: WHOLE.index("openapi: 3")] + CLOSED).encode(),
            "a.md:11:1: error[empty-fragment]: the fragment in this fence is empty",
            id="empty fragment",
        ),
        pytest.param(
            (WHOLE + WHOLE).encode(),
            "a.md:54:1: error[two-fragments]: a second fragment in one page: the first"
            " one is in line 11",
            id="two fragments",
        ),
        pytest.param(
            (WHOLE[:CLOSE] + WHOLE).encode(),
            "a.md:11:1: error[open-fence]",
            id="open fence before another",
        ),
        pytest.param(
            WHOLE.replace("info:", "info").encode(),
            "a.md:13:1: error[yaml-syntax]: a key without a `:` behind it",
            id="no YAML",
        ),
        pytest.param(
            WHOLE.replace("  version: '1'", "  title: B").encode(),
            "a.md:15:3: error[duplicate-key]",
            id="duplicate key",
        ),
        pytest.param(
            WHOLE.replace("A bread", "A bre\0ad").encode(),
            "a.md:29:29: error[yaml-syntax]: the control character U+0000",
            id="control character",
        ),
        pytest.param(
            WHOLE.encode().replace(b"A bread", b"Un g\xe2teau"),
            "a.md:29:28: error[not-utf8]: the byte 0xE2 is no UTF-8",
            id="Latin-1",
        ),
        pytest.param(
            WHOLE.encode("utf-16"),
            "a.md: error[not-utf8]: this file is encoded in UTF-16",
            id="UTF-16",
        ),
        pytest.param(
            b"<!DOCTYPE html>\n<html><body>404</body></html>\n",
            "a.md:1:1: error[not-openapi]: this is a web page, no OpenAPI document",
            id="HTML",
        ),
        pytest.param(
            b"", "a.md: error[no-fragment]: this page shows no", id="empty page"
        ),
    ],
)
def test_a_page_that_is_no_good(tmp_path: Path, text: bytes, said: str) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "a.md").write_bytes(text)
    refusal = refused("--spec", "a.md", cwd=tmp_path)
    assert refusal.startswith(said), refusal
    assert "help: " in refusal
    # Beside others: prose is passed over, everything else stops the run.
    (tmp_path / "pages/a.md").write_bytes(text)
    (tmp_path / "pages/b.md").write_text(page("buyBread"))
    beside = run("dump", "--spec", "pages", cwd=tmp_path)
    if "no-fragment" in said:
        assert (beside.returncode, beside.stderr) == (0, "")
    else:
        assert beside.returncode == 2
        assert beside.stderr.startswith(f"pages/{said}"), beside.stderr


def test_a_folder_without_pages(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    said = refused("--spec", "none", cwd=tmp_path)
    start = "none: error[no-fragment]: no page in this folder shows an OpenAPI fragment"
    assert said.startswith(start)
    (tmp_path / "none/llms.txt").write_text(index("https://docs.example/"))
    said = refused("--spec", "none/llms.txt", cwd=tmp_path)
    assert said.startswith("none/llms.txt: error[no-fragment]: no page that this index")


def test_an_index_that_lists_what_is_not_there(folder: Path) -> None:
    (folder / "secret.md").write_text(page("secret"))
    links = ("a.md", "https://docs.example/z/b.md", "c.md", "../secret.md", "x/a.md")
    (folder / "pages/llms.txt").write_text(index(*links))
    said = refused("--spec", "pages/llms.txt", cwd=folder)
    found = [line for line in said.splitlines() if "error[" in line]
    assert found == [
        f"pages/llms.txt:{line}:12: error[missing-page]: the index lists `{link}`, and"
        " there is no such page beside it"
        for line, link in ((5, "c.md"), (6, "../secret.md"), (7, "x/a.md"))
    ]


def test_fragments_of_the_wrong_shape(folder: Path) -> None:
    file = folder / "pages/b.md"
    start = file.read_text().index("openapi: 3")
    for fragment, said in (
        (
            "- openapi: 1\n",
            "error[wrong-shape]: the fragment must be a mapping, and is",
        ),
        (
            "openapi: 3.0.3\npaths: [1]\n",
            "error[wrong-shape]: `paths` must be a mapping",
        ),
        (
            "openapi: 3.0.3\npaths: {/a: 1}\n",
            "error[wrong-shape]: `/a` must be a mapping",
        ),
    ):
        file.write_text(file.read_text()[:start] + fragment + CLOSED)
        assert said in refused("--spec", "pages", cwd=folder)
