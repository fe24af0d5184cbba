"""The sources of the site hold: links, the navigation, and what they say of the code.

`UPDATE_CASES=1` rewrites the index of decisions.
"""

from __future__ import annotations

import ast
import functools
import http.server
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.runtime import errors
from generator.runtime._options import Options
from tests.support.chromium import WITHOUT, browser, executable
from tests.support.command import ROOT
from tests.support.markdown import anchors, links

DOCS = ROOT / "docs"
PAGES = [*DOCS.glob("*.md"), *DOCS.glob("decisions/*.md"), ROOT / "README.md"]
CONFIG = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
BUILDER = "zensical"
UPDATE = "UPDATE_CASES" in os.environ
OURS = ("benchmarks", "docs", "examples", "generator", "templates")


def _text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _nav(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        for value in entry.values():
            if isinstance(value, str):
                yield value
            else:
                yield from _nav(value)


def test_the_navigation_lists_every_page_once() -> None:
    listed = list(_nav(CONFIG["nav"]))
    there = {file.name for file in DOCS.glob("*.md")} | {"decisions/index.md"}
    assert set(listed) == there, "name it under `nav` of mkdocs.yml"
    assert len(listed) == len(set(listed))


def test_the_index_of_decisions_lists_each_with_its_title() -> None:
    index = DOCS / "decisions" / "index.md"
    lines = [
        f"- [{file.read_text(encoding='utf-8').partition(chr(10))[0][2:]}]({file.name})"
        for file in sorted(index.parent.glob("[0-9]*.md"))
    ]
    head = index.read_text(encoding="utf-8").partition("- [")[0]
    expected = head + "\n".join(lines) + "\n"
    if UPDATE:
        index.write_text(expected, encoding="utf-8")
    assert index.read_text(encoding="utf-8") == expected


def test_the_readme_reads_in_docs_too() -> None:
    # `docs/overview.md` includes it, and a relative link would lead elsewhere from there.
    found = [one for one in links(ROOT / "README.md") if "://" not in one]
    assert found == [], "name the file as code: `docs/…`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.is_file(), f"{page.name}: {link}"
        if anchor:
            known = anchors(target)
            if "--8<--" in target.read_text(encoding="utf-8"):
                known |= anchors(ROOT / "README.md")
            assert anchor in known, f"{page.name}: {link}"


def test_pictures_are_used_and_small() -> None:
    used = {(page.parent / link).resolve() for page in PAGES for link in links(page)}
    for file in [*(DOCS / "pictures").iterdir(), *DOCS.glob("*.svg")]:
        assert file in used, file
        assert file.stat().st_size < 200_000, file


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_files_that_are_named_as_code_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name in re.findall(rf"`((?:{'|'.join(OURS)})/[^`\s]*)`", text):
        assert list(ROOT.glob(name.rstrip("/"))), f"{page.name}: {name}"


def _extensions() -> set[str]:
    """Every `x-…` that the stages behind a document ask for, or leave aside."""
    return {
        node.value
        for folder in ("document", "model", "client", "lint", "diff")
        for file in (ROOT / "generator" / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"x-[a-z][a-z-]*", node.value)
    }


def test_the_overlay_reference_has_every_extension() -> None:
    headings = set(re.findall(r"^## (x-[a-z-]+)$", _text("overlays.md"), re.M))
    assert "x-money" in headings
    assert headings == _extensions(), "docs/overlays.md has a section for each"
    shown = set(re.findall(r"\bx-[a-z-]+(?=:)", _text("overlays.md")))
    assert headings <= shown, "each with an example"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(x-[a-z-]+):", readme, re.M)
    assert sorted(rows) == sorted(headings), "README has a row for each"


def test_the_reference_of_templates_is_that_of_their_first_lines() -> None:
    rows = set(
        re.findall(r"^\| `(\S+\.j2)` \| `(.+)` \|$", _text("templates.md"), re.M)
    )
    folder = ROOT / "templates"
    for file in folder.rglob("*.j2"):
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        row = (file.relative_to(folder).as_posix(), first[3:-3])
        assert row in rows, row
        rows.remove(row)
    assert rows == set()


def test_the_guide_has_every_option_and_every_error() -> None:
    guide = _text("client-guide.md")
    options = re.findall(r"^\| `(\w+)` \|", guide.partition("## Options")[2], re.M)
    assert options == list(Options.__struct_fields__)
    tree = re.findall(r"^[│├└─ ]+(\w+Error)\b", guide, re.M)
    assert sorted(tree) == sorted(set(errors.__all__) - {"ClientError"})


def test_the_guide_has_the_defaults_of_numbers_and_switches() -> None:
    table = _text("client-guide.md").partition("## Options")[2]
    stated = dict(re.findall(r"^\| `(\w+)` \| `?([\w ]+)`? \|", table, re.M))
    for name in Options.__struct_fields__:
        default = getattr(Options(), name)
        if name == "max_answer_bytes":
            assert stated[name] == f"{default // 2**20} MB"
        elif isinstance(default, bool):
            assert stated[name] == str(default), name
        elif isinstance(default, int | float):
            assert stated[name] == f"{default:g}", name


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it."""
    program = shutil.which(BUILDER)
    if program is None:
        pytest.skip("the site's generator is not installed (pip install '.[docs]')")
    folder = tmp_path_factory.mktemp("site")
    for name in ("docs", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "README.md"):
        shutil.copy(ROOT / name, folder)
    done = subprocess.run(
        [program, "build", "--clean", "--strict"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.mark.skipif(executable() is None, reason=WITHOUT)
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_load_nothing_from_elsewhere_and_fit(
    site: Path, width: int, tmp_path: Path
) -> None:
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    with browser(tmp_path) as page:
        for name in _nav(CONFIG["nav"]):
            page.open(base + name.replace(".md", ".html"), width, 900)
            page.wait("document.readyState === 'complete'")
            wide = page.run("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, name
        assert page.problems == []
        asked = page.requested
    server.shutdown()
    server.server_close()
    assert [one for one in asked if not one.startswith((base, "data:", "blob:"))] == []


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
