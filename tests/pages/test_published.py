"""The published pages make the published document, alone and together."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostics
from generator.document.differences import first_difference
from generator.document.inputs import load_document
from tests.support.command import ROOT, SHARED, WITHOUT_SHARED, run, tree
from tests.support.packages import OVERLAY, SPECS, load
from tests.support.pages import PUBLISHED

SEEDS = SHARED / "seeds"
needs_shared = pytest.mark.skipif(not SEEDS.exists(), reason=WITHOUT_SHARED)


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
