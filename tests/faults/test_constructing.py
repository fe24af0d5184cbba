"""Settings that can't be used are told when a client is constructed, not by a call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

from generator.runtime.errors import ConfigurationError

from .support import FLAVORS, calling

URL = "https://127.0.0.1:9"


def refused(flavor: str, **changed: Any) -> str:
    with pytest.raises(ConfigurationError) as caught, calling(flavor, URL, **changed):
        pass
    return str(caught.value)


@FLAVORS
def test_a_bundle_that_cannot_be_read(flavor: str, tmp_path: Path) -> None:
    missing, empty = tmp_path / "no.pem", tmp_path / "empty.pem"
    empty.touch()
    for bundle in (missing, empty):
        assert f"ca_bundle {bundle} can't be read" in refused(
            flavor, ca_bundle=str(bundle)
        )


@FLAVORS
@pytest.mark.parametrize("proxy", ["socks5://me:hidden@host:1", "me:hidden@host"])
def test_a_proxy_that_cannot_be_used(flavor: str, proxy: str) -> None:
    said = refused(flavor, proxy=proxy)
    assert "looks like http://user:password@host:8080" in said
    assert "hidden" not in said


@FLAVORS
def test_a_transport_of_the_other_flavor(flavor: str) -> None:
    others = {"sync": httpx2.AsyncHTTPTransport, "async": httpx2.HTTPTransport}
    assert "transport" in refused(flavor, transport=others[flavor]())
