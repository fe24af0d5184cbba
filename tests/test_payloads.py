"""What webhooks and callbacks send, decoded by the types of a generated package."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.support.packages import load, make_package

SPEC = Path(__file__).parent / "cases" / "webhooks" / "spec.yaml"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("payloads")
    make_package(SPEC, folder, "sent_payloads")
    return load(folder, "sent_payloads")


def test_payloads_become_models(package: ModuleType) -> None:
    models: Any = load(Path(), f"{package.__name__}.models")
    bread = package.payload(b'{"id":"7","baked":"2026-01-02T00:00:00Z"}', models.Bread)
    assert bread == models.Bread(id="7", baked=datetime(2026, 1, 2, tzinfo=UTC))
    assert package.payload(b'[{"id":"7"}]', list[models.Bread])[0].id == "7"
    baked = package.payload(
        b'{"bread":{"id":"7"},"price":"1.50"}', models.SubscribeBakedPayload
    )
    assert str(baked.price) == str(Decimal("1.50"))
    burnt = package.payload(b'{"blame":"cat"}', models.BurntPayload)
    assert burnt.blame == "cat"


def test_a_field_that_does_not_fit_is_kept(package: ModuleType) -> None:
    models: Any = load(Path(), f"{package.__name__}.models")
    assert package.payload(b'{"id":7}', models.Bread).id == 7


@pytest.mark.parametrize("wrong", [b"", b"{", b"[1]", b"<html>"])
def test_what_is_no_payload_is_refused(package: ModuleType, wrong: bytes) -> None:
    models: Any = load(Path(), f"{package.__name__}.models")
    with pytest.raises(package.errors.DecodeError) as caught:
        package.payload(wrong, models.Bread)
    assert caught.value.body == wrong
