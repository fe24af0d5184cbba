"""What is proposed as an overlay: nothing by itself, and true once taken over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.command import ROOT, SHARED, WITHOUT_SHARED, run

from .support import take_over_all, written_table


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
    assert take_over_all(folder / "overlay.yaml") == 4
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
    made = written_table(tmp_path)
    assert isinstance(made, dict)
    assert made["spec"] == spec.name
    plain = run("generate", cwd=tmp_path)
    assert plain.returncode == 0, plain.stderr
    assert take_over_all(overlay) == 3
    done = run("generate", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "overlay.yaml" not in done.stderr
    model = run("dump", cwd=tmp_path).stdout
    assert "kind='read'" in model
    assert "DecimalType" in model


@pytest.mark.parametrize("case", ["fires", "fires_company", "silent", "silent_counts"])
def test_lint_finds_what_init_proposes(case: str, tmp_path: Path) -> None:
    spec = ROOT / "tests" / "lint" / "money-without-rule" / case / "spec.yaml"
    (tmp_path / "api.yaml").write_bytes(spec.read_bytes())
    done = run("init", "--spec", "api.yaml", cwd=tmp_path)
    found = run("lint", cwd=tmp_path).stdout.count("[money-without-rule]")
    assert (found > 0) == case.startswith("fires")
    assert _proposed(done.stdout) == found


def _proposed(printed: str) -> int:
    """Return how much money `init` says that it proposes."""
    count = re.search(r"(\d+) money", printed)
    return int(count[1]) if count else 0


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
    proposed = run("init", "--spec", spec.name, cwd=tmp_path)
    assert proposed.returncode == 0
    without = run("lint", cwd=tmp_path)
    assert without.returncode == 0, without.stderr
    assert without.stdout.count("[money-without-rule]") == _proposed(proposed.stdout)
    taken = take_over_all(tmp_path / "overlay.yaml")
    assert taken > 0 or "adyen" in name or "pagerduty" in name  # no money, no reads
    done = run("dump", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "overlay.yaml" not in done.stderr
    assert "money-without-rule" not in run("lint", cwd=tmp_path).stdout
    assert run("generate", cwd=tmp_path).returncode == 0
    assert run("generate", "--check", cwd=tmp_path).returncode == 0
