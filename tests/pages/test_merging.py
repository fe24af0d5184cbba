"""Pages that disagree, whom the user prefers, and what stays with its own page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.command import run
from tests.support.pages import page

from .support import dump, refused


def _weight(dumped: str) -> str:
    """Return the kind of type that the component's field has."""
    found = re.search(r"wire_name='weight'\n\s+type: (\w+)Type", dumped)
    assert found, dumped
    return found[1]


def _disagree(folder: Path) -> None:
    (folder / "pages/b.md").write_text(page("buyBread", weight="string"))
    (folder / "pages/c.md").write_text(page("cutBread"))


def test_pages_that_disagree(folder: Path) -> None:
    _disagree(folder)
    lines = (folder / "pages/b.md").read_text().splitlines()
    line = 1 + lines.index("          type: string", lines.index("        weight:"))
    one = (folder / "pages/a.md").read_text().splitlines().index("        weight:") + 2
    said = refused("--spec", "pages", cwd=folder)
    pointer = "#/components/schemas/Bread/properties/weight/type"
    assert said == (
        f"pages/b.md:{line}:17: error[page-conflict]: `{pointer}` is `string` here and"
        f" `integer` in pages/a.md:{one}:17\n"
        f"   {line} |           type: string\n"
        "      |                 ^^^^^^\n"
        "   help: choose with `--prefer pages/a.md` (2 pages show it so) or"
        " `--prefer pages/b.md` (one page shows it so)\n"
    )


@pytest.mark.parametrize(
    ("prefer", "chosen"),
    [
        (("b.md",), "String"),
        (("pages/b.md",), "String"),
        (("a.md",), "Number"),
        (("c.md", "b.md"), "Number"),
        (("b.md", "c.md"), "String"),
    ],
)
def test_the_user_chooses(folder: Path, prefer: tuple[str, ...], chosen: str) -> None:
    _disagree(folder)
    options = [word for name in prefer for word in ("--prefer", name)]
    merged = dump("--spec", "pages", *options, cwd=folder)
    assert _weight(merged) == chosen
    # The same, said once for all.
    listed = json.dumps(prefer)
    table = f"[tool.openapi-vendor]\nspec = 'pages'\nprefer = {listed}\n"
    (folder / "pyproject.toml").write_text(table)
    assert dump(cwd=folder) == merged
    assert dump("--spec", "pages", cwd=folder) == merged


def test_a_page_that_is_preferred_and_not_there(folder: Path) -> None:
    done = run("dump", "--spec", "pages", "--prefer", "d.md", cwd=folder)
    assert done.returncode == 0
    assert "warning[unknown-page]: `d.md` is preferred" in done.stderr


def test_security_and_servers_of_a_page_stay_with_its_operations(folder: Path) -> None:
    text = page("buyBread").replace(
        "https://bakery.example\n",
        "https://shop.example\nsecurity:\n  - Key: []\n",
    )
    text = text.replace(
        "components:\n",
        "components:\n  securitySchemes:\n"
        "    Key: {type: apiKey, in: header, name: X-Key}\n",
    )
    (folder / "pages/b.md").write_text(text)
    done = run("generate", "--spec", "pages", "--output", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    module = (folder / "out/bakery/breads.py").read_text()
    buy = module[module.index("BUY_BREAD:") : module.index("GET_BREAD:")]
    get = module[module.index("GET_BREAD:") : module.index("class BreadsApi")]
    assert "https://shop.example" in buy
    assert "shop.example" not in get
    assert ("security" in buy, "security" in get) == (True, False)
