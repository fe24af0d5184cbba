"""`init`: a repository with nothing but a document becomes one that keeps a client."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import SHARED, WITHOUT_SHARED, run, tree

DOCUMENT = """\
openapi: 3.0.3
info: {title: Bread Exchange, version: "1"}
servers: [{url: https://bread.example}]
paths:
  /orders/open:
    post:
      operationId: getOpenOrders
      tags: [Orders]
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {market: {type: string}}}
      responses:
        "200":
          description: Open orders.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Order"}}
  /orders/find:
    post:
      operationId: findOrPlaceOrder
      tags: [Orders]
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {clientOrderId: {type: string}}}
      responses: {"200": {description: Done.}}
  /orders:
    post:
      tags: [Orders]
      parameters:
        - {name: maxPrice, in: query, schema: {$ref: "#/components/schemas/Price"}}
      responses: {"200": {description: Done.}}
components:
  schemas:
    Price: {type: string, example: "1.50"}
    Order:
      type: object
      properties:
        id: {type: string}
        price: {$ref: "#/components/schemas/Price"}
        amount: {type: string, nullable: true}
        lastFee: {type: number}
        rateLimit: {type: integer}
        investment: {type: string, example: 8f2e9d3c}
        totalReward: {type: string, example: "0.25"}
"""
TABLE = {
    "spec": "api.yaml",
    "overlays": ["overlay.yaml"],
    "output": "generated",
    "package": "bread_exchange",
    "client": "BreadExchange",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with nothing but a document."""
    (tmp_path / "api.yaml").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


def _table(folder: Path) -> Any:
    text = (folder / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["tool"]["openapi-vendor"]


def _take_over_all(overlay: Path) -> int:
    """Take the `# ` away in front of each proposed action; how many there were."""
    text = overlay.read_text(encoding="utf-8")
    taken, count = re.subn(
        r"^  # (- target: .*\n)  # (  update: .*\n)", r"  \1  \2", text, flags=re.M
    )
    overlay.write_text(taken, encoding="utf-8")
    return count


def test_from_nothing_to_a_checked_client(folder: Path) -> None:
    done = run("init", "--spec", "api.yaml", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "overlay.yaml: written, proposed as comments: 1 read, 4 money, 1 name\n"
        "pyproject.toml: [tool.openapi-vendor] written\n"
        "next: decide on the overlay, then `openapi-vendor generate`\n"
        "three lines, two for a Makefile and one for CI:\n"
        "  generate: ; openapi-vendor generate\n"
        "  check: ; openapi-vendor generate --check\n"
        "  - run: openapi-vendor generate --check\n"
        "programs that use the client need `pip install httpx2 msgspec`\n"
    )
    assert _table(folder) == TABLE
    assert run("generate", cwd=folder).returncode == 0
    checked = run("generate", "--check", cwd=folder)
    assert (checked.returncode, checked.stdout) == (0, "generated: current\n")


def test_the_overlay_decides_nothing_by_itself(folder: Path) -> None:
    run("init", "--spec", "api.yaml", cwd=folder)
    with_it = run("dump", cwd=folder)
    without = run("dump", "--config", "/dev/null", "--spec", "api.yaml", cwd=folder)
    assert with_it.stdout == without.stdout
    assert "overlay" not in with_it.stderr


def test_what_is_proposed_is_true_once_taken_over(folder: Path) -> None:
    run("init", "--spec", "api.yaml", cwd=folder)
    text = (folder / "overlay.yaml").read_text()
    assert "  # api.yaml:6: `getOpenOrders` begins with `get`, and" in text
    assert "  # api.yaml:42: `amount` is called so, and it is text" in text
    assert "  # - target: \"$.paths['/orders/open'].post\"\n" in text
    assert (
        "$.components.schemas.Order.properties['amount', 'lastFee', 'totalReward']\""
        in text
    )
    assert "findOrPlaceOrder" not in text  # it sends a key: somebody orders something
    assert "rateLimit" not in text
    assert "investment" not in text  # the example is no amount: it names one
    assert "`totalReward` ends in `reward`, and it is text like `0.25`" in text
    assert "money-without-rule" in run("lint", cwd=folder).stdout
    assert _take_over_all(folder / "overlay.yaml") == 4
    done = run("generate", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "money-without-rule" not in run("lint", cwd=folder).stdout
    models = (folder / "generated/bread_exchange/models.py").read_text()
    assert "amount: Decimal | None" in models
    assert "price: Decimal | None" in models
    assert "id: str | None" in models
    orders = (folder / "generated/bread_exchange/orders.py").read_text()
    assert orders.count('kind="read"') == 1
    assert "def post_orders(" in orders


def test_a_second_run_changes_nothing(folder: Path) -> None:
    run("init", "--spec", "api.yaml", cwd=folder)
    (folder / "overlay.yaml").write_text(
        (folder / "overlay.yaml").read_text() + "# me\n"
    )
    before = tree(folder)
    for arguments in ((), ("--yes",), ("--spec", "api.yaml", "--output", "generated")):
        again = run("init", *arguments, cwd=folder)
        assert again.returncode == 0, again.stderr
        assert again.stdout.startswith(
            "overlay.yaml: there already, left as it is\n"
            "pyproject.toml: [tool.openapi-vendor] is there already, left as it is\n"
        )
        assert tree(folder) == before


def test_a_second_run_writes_what_is_missing(folder: Path) -> None:
    run("init", "--spec", "api.yaml", cwd=folder)
    before = tree(folder)
    (folder / "overlay.yaml").unlink()
    again = run("init", cwd=folder)
    assert again.stdout.startswith("overlay.yaml: written, ")
    assert tree(folder) == before


def test_what_is_configured_is_not_changed_by_an_option(folder: Path) -> None:
    run("init", "--spec", "api.yaml", cwd=folder)
    before = tree(folder)
    done = run("init", "--package", "other", cwd=folder)
    assert done.returncode == 2
    assert "pyproject.toml has a table [tool.openapi-vendor] already, with another" in (
        done.stderr
    )
    assert tree(folder) == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b'[project]\nname = "x"',
        b'# caf\xc3\xa9\n[project]\nname = "x"   # odd   spaces\n\n\n',
        b'[project]\r\nname = "x"\r\n',
        b"[tool.black]\nline-length = 88\n[[tool.x.y]]\na = 1\n",
    ],
)
def test_what_stands_in_the_file_stays_byte_for_byte(
    folder: Path, content: bytes
) -> None:
    file = folder / "pyproject.toml"
    file.write_bytes(content)
    done = run("init", "--spec", "api.yaml", cwd=folder)
    assert done.returncode == 0, done.stderr
    made = file.read_bytes()
    assert made.startswith(content)
    assert b"\r\n" not in content or made.count(b"\r\n") == made.count(b"\n")
    assert _table(folder) == TABLE
    before = tomllib.loads(content.decode())
    after = tomllib.loads(made.decode())
    del after["tool"]["openapi-vendor"]
    assert after == (before if "tool" in before else {**before, "tool": {}})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[project\n", "pyproject.toml can't be read"),
        (b"\xff\xfe", "pyproject.toml can't be read"),
        (b"tool = {x = 1}\n", "pyproject.toml takes no table at its end"),
        (b"tool = 1\n", "pyproject.toml takes no table at its end"),
    ],
)
def test_a_file_that_takes_no_table_is_left_alone(
    folder: Path, content: bytes, said: str
) -> None:
    (folder / "pyproject.toml").write_bytes(content)
    before = tree(folder)
    done = run("init", "--spec", "api.yaml", cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert "help:" in done.stderr
    assert tree(folder) == before


def test_what_cannot_be_used_writes_nothing(folder: Path) -> None:
    (folder / "broken.yaml").write_text(
        DOCUMENT.replace("schemas/Order", "schemas/Odrer")
    )
    before = tree(folder)
    for arguments, said in (
        ((), "give --spec FILE; found here: api.yaml, broken.yaml"),
        (("--yes",), "no document was named"),
        (("--spec", "-"), "is no file"),
        (("--spec", "https://bread.example/api.yaml"), "is no file"),
        (("--spec", "none.yaml"), "there is no such file"),
        (("--spec", "broken.yaml"), "error[dangling-reference]"),
        (("--spec", "api.yaml", "--package", "no-name"), "`no-name` can't be the name"),
        (("--spec", "api.yaml", "--client", "Client"), "`Client` can't be the name"),
    ):
        done = run("init", *arguments, cwd=folder)
        assert done.returncode == 2, arguments
        assert said in done.stderr
        assert tree(folder) == before


def test_a_table_further_up_is_not_shadowed_by_accident(folder: Path) -> None:
    run("init", "--spec", "api.yaml", cwd=folder)
    below = folder / "below"
    below.mkdir()
    done = run("init", "--spec", "../api.yaml", cwd=below)
    assert done.returncode == 2
    assert "../pyproject.toml has a table" in done.stderr
    assert tree(below) == {}


HOSTILE = "x\\n  - target: $\\n    remove: true\\u2028\\u202e'\\\"\\\\# "


def test_hostile_text_stays_inside_comments_and_values(tmp_path: Path) -> None:
    odd = json.loads(f'"{HOSTILE}"')
    field = {"type": "object", "properties": {f"{odd} price": {"type": "string"}}}
    answer = {"description": odd, "content": {"application/json": {"schema": field}}}
    call = {"operationId": f"get {odd}", "tags": [odd], "responses": {"200": answer}}
    unnamed = {"responses": {"200": {"description": odd}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": f"T {odd}", "version": "1"},
        "servers": [{"url": "https://t.example"}],
        "paths": {"/a'\"\\#": {"post": call, "delete": unnamed}},
    }
    spec = tmp_path / 'we"ird\\name #.json'
    spec.write_text(json.dumps(document))
    done = run("init", "--spec", spec.name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    overlay = tmp_path / "overlay.yaml"
    text = overlay.read_text(encoding="utf-8")
    active = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in active if "- target:" in line][1:] == [
        "  - target: $.info"
    ]
    assert len([line for line in active if line]) == 7
    assert all(line.isprintable() for line in text.split("\n"))
    table = _table(tmp_path)
    assert isinstance(table, dict)
    assert table["spec"] == spec.name
    plain = run("generate", cwd=tmp_path)
    assert plain.returncode == 0, plain.stderr
    assert _take_over_all(overlay) == 3
    done = run("generate", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "overlay.yaml" not in done.stderr
    model = run("dump", cwd=tmp_path).stdout
    assert "kind='read'" in model
    assert "DecimalType" in model


@pytest.mark.parametrize(
    "name",
    [
        "whitebit/specs/main_api_v4.yaml",
        "corpus/dev/pagerduty__openapiv3-7.json",
        "corpus/dev/adyen__TransferService-v1.json",
        "corpus/dev/krakenfutures__krakenfutures_rest_openapi.yaml",
    ],
)
def test_a_real_document(name: str, tmp_path: Path) -> None:
    source = SHARED / name
    if not source.exists():
        pytest.skip(WITHOUT_SHARED)
    spec = tmp_path / f"api{source.suffix}"
    spec.write_bytes(source.read_bytes())
    assert run("init", "--spec", spec.name, cwd=tmp_path).returncode == 0
    without = run("lint", cwd=tmp_path)
    assert without.returncode == 0, without.stderr
    taken = _take_over_all(tmp_path / "overlay.yaml")
    assert taken > 0 or "adyen" in name or "pagerduty" in name  # no money, no reads
    done = run("dump", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "overlay.yaml" not in done.stderr
    assert "money-without-rule" not in run("lint", cwd=tmp_path).stdout
    assert run("generate", cwd=tmp_path).returncode == 0
    assert run("generate", "--check", cwd=tmp_path).returncode == 0
