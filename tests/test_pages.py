"""Documentation pages in place of a document: one, a folder of them, an index."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostics
from generator.document.differences import first_difference
from generator.document.inputs import load_document
from tests.support.command import ROOT, SHARED, WITHOUT_SHARED, run, tree
from tests.support.packages import load
from tests.support.pages import CLOSED, index, page

SEEDS = SHARED / "seeds"
SPECS = SHARED / "whitebit" / "specs"
PUBLISHED = SHARED / "whitebit" / "pages"
OVERLAY = ROOT / "spec" / "overlay-published.yaml"
needs_shared = pytest.mark.skipif(not SEEDS.exists(), reason=WITHOUT_SHARED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pages that agree, and one of prose."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "b.md").write_text(page("buyBread", method="POST"))
    (pages / "a.md").write_text(page("getBread"))
    (pages / "prose.md").write_text("# Welcome\n\nAll about bread.\n")
    return tmp_path


def _dump(*arguments: str, cwd: Path, stdin: bytes | None = None) -> str:
    done = run("dump", *arguments, cwd=cwd, stdin=stdin)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _paths(dumped: str) -> list[str]:
    return re.findall(r" path='(/[^']*)'", dumped)


def _weight(dumped: str) -> str:
    """Return the kind of type that the component's field has."""
    found = re.search(r"wire_name='weight'\n\s+type: (\w+)Type", dumped)
    assert found, dumped
    return found[1]


def _refused(*arguments: str, cwd: Path) -> str:
    done = run("dump", *arguments, cwd=cwd)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_page_is_taken_wherever_a_document_is(folder: Path) -> None:
    dumped = _dump("--spec", "pages/a.md", cwd=folder)
    assert _paths(dumped) == ["/getBread"]
    text = (folder / "pages/a.md").read_bytes()
    assert _dump("--spec", "-", cwd=folder, stdin=text) == dumped
    linted = run("lint", "--spec", "pages/a.md", cwd=folder)
    assert linted.returncode == 0, linted.stderr
    same = run("diff", "pages/a.md", "pages/a.md", cwd=folder)
    assert (same.returncode, same.stdout) == (0, "pages/a.md: no change\n")


def test_a_folder_is_in_the_order_of_names_and_an_index_in_its_own(
    folder: Path,
) -> None:
    assert _paths(_dump("--spec", "pages", cwd=folder)) == ["/getBread", "/buyBread"]
    links = ("https://docs.example/api/b.md", "a.md", "/prose.md", "https://x.example/")
    (folder / "pages/llms.txt").write_text(index(*links))
    spec = ("--spec", "pages/llms.txt")
    assert _paths(_dump(*spec, cwd=folder)) == ["/buyBread", "/getBread"]


def test_each_page_is_recorded_with_its_hash(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.openapi-vendor]\nspec = 'pages'\n")
    (folder / "pages/llms.txt").write_text(index("b.md", "a.md"))
    for spec, names in (("pages", ["a.md", "b.md"]), ("pages/llms.txt", [])):
        done = run("generate", "--spec", spec, "--output", "out", cwd=folder)
        assert done.returncode == 0, done.stderr
        inputs = json.loads((folder / "out/spec.lock").read_text())["inputs"]
        expected = [f"pages/{n}" for n in names or ("llms.txt", "b.md", "a.md")]
        assert list(inputs) == expected
        for name in expected:
            assert inputs[name] == sha256((folder / name).read_bytes()).hexdigest()


NOTES = """\
<Note>
  Only for partners: [ask](https://bakery.example/ask) first.
</Note>

Shows ONLY\\_FRESH bread."""


def test_notes_of_a_page_are_in_the_docstring(folder: Path) -> None:
    (folder / "pages/a.md").write_text(page("getBread", notes=NOTES))
    done = run("generate", "--spec", "pages", "--output", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    module = (folder / "out/bakery/breads.py").read_text()
    start = module.index("def get_bread")
    said = module[start : module.index("return", start)]
    assert "Only for partners: ask (https://bakery.example/ask) first." in said
    assert "Shows ONLY_FRESH bread." in said
    assert "Documentation Index" not in module
    assert "in a sentence" not in module
    assert module.count("partners") == 1


def test_notes_behind_the_fragment_count_too(tmp_path: Path) -> None:
    text = f"{page('getBread')}\n## Filters\n\nOnly whole loaves.\n"
    (tmp_path / "a.md").write_text(text)
    assert "Only whole loaves." in _dump("--spec", "a.md", cwd=tmp_path)


def test_a_position_is_that_in_the_page(folder: Path) -> None:
    file = folder / "pages/b.md"
    file.write_text(file.read_text().replace("schemas/Bread'", "schemas/Bred'"))
    lines = file.read_text().splitlines()
    line = next(i for i, each in enumerate(lines, 1) if "Bred'" in each)
    column = lines[line - 1].index("'#/") + 1
    for spec in ("pages", "pages/b.md"):
        said = _refused("--spec", spec, cwd=folder)
        at = f"pages/b.md:{line}:{column}: error[dangling-reference]"
        assert said.startswith(at), said


def test_a_position_in_a_component_and_in_a_tag_of_another_page(folder: Path) -> None:
    file = folder / "pages/b.md"
    text = file.read_text().replace(
        "    Bread:\n", "    Cake: {type: cake}\n    Bread:\n"
    )
    file.write_text(
        text.replace("  - name: Breads", "  - name: Cakes\n  - name: Breads")
    )
    done = run("dump", "--spec", "pages", cwd=folder)
    line = 1 + file.read_text().splitlines().index("    Cake: {type: cake}")
    assert f"pages/b.md:{line}:18: warning[unknown-type]" in done.stderr
    assert done.returncode == 0


def test_what_an_overlay_writes_is_still_found_in_it(folder: Path) -> None:
    overlay = (
        "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n"
        "actions: [{target: $.components.schemas.Bread.properties, "
        "update: {age: {type: int}}}]\n"
    )
    (folder / "o.yaml").write_text(overlay)
    done = run("dump", "--spec", "pages", "--overlay", "o.yaml", cwd=folder)
    assert "o.yaml:3:" in done.stderr
    assert "there is no type `int`" in done.stderr


def _disagree(folder: Path) -> None:
    (folder / "pages/b.md").write_text(page("buyBread", weight="string"))
    (folder / "pages/c.md").write_text(page("cutBread"))


def test_pages_that_disagree(folder: Path) -> None:
    _disagree(folder)
    lines = (folder / "pages/b.md").read_text().splitlines()
    line = 1 + lines.index("          type: string", lines.index("        weight:"))
    one = (folder / "pages/a.md").read_text().splitlines().index("        weight:") + 2
    said = _refused("--spec", "pages", cwd=folder)
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
    merged = _dump("--spec", "pages", *options, cwd=folder)
    assert _weight(merged) == chosen
    # The same, said once for all.
    listed = json.dumps(prefer)
    table = f"[tool.openapi-vendor]\nspec = 'pages'\nprefer = {listed}\n"
    (folder / "pyproject.toml").write_text(table)
    assert _dump(cwd=folder) == merged
    assert _dump("--spec", "pages", cwd=folder) == merged


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


def test_the_operation_that_the_fence_names_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(page("a").replace("GET /a", "GET /b"))
    done = run("dump", "--spec", "a.md", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("a.md:11:1: warning[other-operation]: the fence says")


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
    refused = _refused("--spec", "a.md", cwd=tmp_path)
    assert refused.startswith(said), refused
    assert "help: " in refused
    # Beside others: prose is passed over, everything else stops the run.
    (tmp_path / "pages/a.md").write_bytes(text)
    (tmp_path / "pages/b.md").write_text(page("buyBread"))
    beside = run("dump", "--spec", "pages", cwd=tmp_path)
    if "no-fragment" in said:
        assert (beside.returncode, beside.stderr) == (0, "")
    else:
        assert beside.returncode == 2
        assert beside.stderr.startswith(f"pages/{said}"), beside.stderr


def test_windows_line_ends_a_byte_order_mark_and_a_component_first(
    tmp_path: Path,
) -> None:
    text = page("getBread", notes=NOTES)
    (tmp_path / "a.md").write_text(text, newline="\n")
    expected = _dump("--spec", "a.md", cwd=tmp_path)
    windows = text.replace("\n", "\r\n").encode()
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf" + windows)
    assert _dump("--spec", "a.md", cwd=tmp_path) == expected
    frame = text.index("# Page of")
    (tmp_path / "a.md").write_text(f"<Card>\n</Card>\n\n{text[frame:]}")
    assert _dump("--spec", "a.md", cwd=tmp_path) == expected


def test_a_fence_that_somebody_forgot_to_close_hides_nothing(tmp_path: Path) -> None:
    text = page("getBread", notes="```python\nbake()")
    (tmp_path / "a.md").write_text(text)
    assert _paths(_dump("--spec", "a.md", cwd=tmp_path)) == ["/getBread"]


def test_a_folder_without_pages(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    said = _refused("--spec", "none", cwd=tmp_path)
    start = "none: error[no-fragment]: no page in this folder shows an OpenAPI fragment"
    assert said.startswith(start)
    (tmp_path / "none/llms.txt").write_text(index("https://docs.example/"))
    said = _refused("--spec", "none/llms.txt", cwd=tmp_path)
    assert said.startswith("none/llms.txt: error[no-fragment]: no page that this index")


def test_an_index_that_lists_what_is_not_there(folder: Path) -> None:
    (folder / "secret.md").write_text(page("secret"))
    links = ("a.md", "https://docs.example/z/b.md", "c.md", "../secret.md", "x/a.md")
    (folder / "pages/llms.txt").write_text(index(*links))
    said = _refused("--spec", "pages/llms.txt", cwd=folder)
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
        assert said in _refused("--spec", "pages", cwd=folder)


def test_a_text_file_with_a_document_is_no_page(tmp_path: Path) -> None:
    text = page("getBread")
    fragment = text[text.index("openapi: 3") : text.rindex(CLOSED)]
    (tmp_path / "a.txt").write_text(fragment)
    assert _paths(_dump("--spec", "a.txt", cwd=tmp_path)) == ["/getBread"]


def _git(folder: Path, *arguments: str) -> None:
    name = ("-c", "user.name=n", "-c", "user.email=n@n.example")
    command = ["git", "-C", str(folder), *name, *arguments]
    subprocess.run(command, check=True, capture_output=True)


def test_pages_as_they_stood_at_a_commit(folder: Path) -> None:
    (folder / "pages/llms.txt").write_text(index("b.md", "a.md"))
    _git(folder, "init", "-q")
    _git(folder, "add", ".")
    _git(folder, "commit", "-qm", "pages")
    (folder / "pages/b.md").unlink()
    for spec in ("pages", "pages/llms.txt"):
        (folder / "pages/llms.txt").write_text(index("a.md"))
        done = run("diff", f"HEAD:{spec}", spec, cwd=folder)
        assert done.returncode == 1, done.stderr
        assert "buyBread" in done.stdout
        assert f"HEAD:{spec}/" in done.stdout or "HEAD:pages/b.md" in done.stdout


@needs_shared
def test_the_published_pages_are_the_published_document(tmp_path: Path) -> None:
    found = Diagnostics()
    index_file = PUBLISHED / "llms.txt"
    merged = load_document(str(index_file), found)
    whole = load_document(str(SPECS / "main_api_v4.yaml"), found)
    assert merged is not None
    assert whole is not None
    assert len(found) == 0
    assert len(merged.parts) == 66  # 65 pages and the index
    data, expected = merged.data, whole.data
    assert isinstance(data, dict)
    assert isinstance(expected, dict)
    assert list(data["paths"]) == list(expected["paths"])
    schemas = expected["components"]["schemas"]
    unseen = {*schemas} - {*data["components"]["schemas"]}
    assert unseen == {"TravelRuleBeneficiary", "TravelRuleWithdrawal"}
    for name in unseen:
        del schemas[name]
    assert first_difference(data, expected) is None
    for spec, output in ((index_file, "a"), (SPECS / "main_api_v4.yaml", "b")):
        overlaid = ("--overlay", OVERLAY, "--package", "whitebit")
        target = ("--output", tmp_path / output)
        done = run("generate", "--spec", spec, *overlaid, *target)
        assert done.returncode == 0, done.stderr
    one, other = tree(tmp_path / "a"), tree(tmp_path / "b")
    del one["spec.lock"], other["spec.lock"]
    assert one == other


@needs_shared
def test_the_seeds_alone_and_together(tmp_path: Path) -> None:
    files = sorted(SEEDS.glob("*.txt"))
    together = tmp_path / "together"
    together.mkdir()
    for file in files:
        (together / file.name).write_bytes(file.read_bytes())
        output = tmp_path / file.stem
        arguments = ("--output", output, "--package", "seed")
        done = run("generate", "--spec", file, *arguments)
        if file.name[:3] in ("000", "001"):
            assert done.returncode == 2
            assert "error[no-fragment]: this page shows no" in done.stderr
            assert not output.exists()
        else:
            assert (done.returncode, done.stderr) == (0, "")
    output = tmp_path / "out"
    named = ("--output", output, "--package", "seeds_together")
    done = run("generate", "--spec", together, *named)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 operations" in done.stdout
    fixed = (output / "seeds_together" / "crypto_lending_fixed.py").read_text()
    assert "These endpoints are available only for B2B partner services." in fixed
    assert _sent_nonces(output) == [int, int, int]


@needs_shared
@pytest.mark.parametrize("overlay", [(), ("--overlay", ROOT / "spec" / "overlay.yaml")])
def test_lint_of_published_pages_says_once_that_nonces_disagree(
    tmp_path: Path, overlay: tuple[str | Path, ...]
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    integer, text = SEEDS.glob("00[23]_*.txt"), SEEDS.glob("004_*.txt")
    for file in (*integer, *text):
        shutil.copy(file, pages)
    options = ("--spec", "pages", *map(str, overlay), "--format", "json")
    done = run("lint", *options, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)["diagnostics"]
    conflicts = [each for each in found if each["id"] == "conflicting-types"]
    assert [each["message"] for each in conflicts] == [
        "`nonce` of requests has several types: number in withdrawFromFlexInvestment,"
        " createFixedInvestment; text in getFlexPaymentHistory"
    ]
    assert conflicts[0]["file"].startswith("pages/002_")


def _sent_nonces(output: Path) -> list[type]:
    """Call the three operations, and return of what type the nonce was in each body."""
    import httpx2

    package = load(output, "seeds_together")
    bodies: list[dict[str, object]] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        bodies.append(json.loads(request.content))
        return httpx2.Response(200, json={})

    options = package.Options(transport=httpx2.MockTransport(answer))
    name = next(n for n in package.__all__ if hasattr(getattr(package, n), "from_env"))
    client_class = getattr(package, name.removeprefix("Async"))
    with client_class(api_key="key", api_secret="secret", options=options) as client:
        flex, fixed = client.crypto_lending_flex, client.crypto_lending_fixed
        flex.get_flex_payment_history()
        flex.withdraw_from_flex_investment(plan="plan", amount="1")
        fixed.create_fixed_investment(plan_id="plan", amount="1")
    return [type(body["nonce"]) for body in bodies]
