"""Settings that can't be used are told when a client is constructed, not by a call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

from generator.runtime._client import Options
from generator.runtime.errors import ConfigurationError

from .support import FLAVORS, Caller, calling

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


@FLAVORS
@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("whitebit.com", "whitebit.com"),
        ("", ""),
        ("ftp://host", "ftp://host"),
        ("https://me:hidden@host", "https://…@host"),
        ("https://me:hid@/?den@host:1/x", "https://…@host:1/x"),
        ("https:/me:hidden@host", "…@host"),
        ("https://host/?token=hidden", "https://host/?…"),
        ("https://host#hid\nden", "https://host#…"),
    ],
)
def test_a_base_url_is_quoted_without_a_password(
    flavor: str, url: str, shown: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Caller(flavor, url)
    said = str(caught.value)
    assert said.startswith(f"base_url can't be {shown!r}; it looks like https://")
    assert "hid" not in said
    assert "den" not in said


TIMES = ("connect_timeout", "read_timeout", "deadline")
COUNTS = {"retries": 0, "max_connections": 1, "max_answer_bytes": 1}
NO_NUMBERS = ("3", None, True, float("nan"), -1)


@pytest.mark.parametrize("value", [*NO_NUMBERS, 0])
@pytest.mark.parametrize("name", TIMES)
def test_a_time_that_is_none(name: str, value: object) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Options(**{name: value})  # type: ignore[arg-type]
    said = f"{name} has to be a number of seconds, more than 0, not {value!r}"
    assert str(caught.value) == said


@pytest.mark.parametrize("value", [*NO_NUMBERS, 1.0])
@pytest.mark.parametrize("name", COUNTS)
def test_a_count_that_is_none(name: str, value: object) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Options(**{name: value})  # type: ignore[arg-type]
    said = f"{name} has to be a whole number, {COUNTS[name]} or more, not {value!r}"
    assert str(caught.value) == said


def test_the_least_that_each_option_takes() -> None:
    times = dict.fromkeys(TIMES, 0.001)
    made = Options(**times, **COUNTS)  # type: ignore[arg-type]
    assert made.retries == 0
    with pytest.raises(ConfigurationError, match="max_connections"):
        Options(max_connections=0)


@FLAVORS
def test_a_copy_with_a_number_that_is_none(flavor: str) -> None:
    with (
        calling(flavor, URL) as caller,
        pytest.raises(ConfigurationError, match="retries has to be a whole number"),
    ):
        caller.client.with_options(retries="3")


def test_every_number_among_the_options_is_checked() -> None:
    numbers = {
        name
        for name, kind in Options.__annotations__.items()
        if kind in ("int", "float")
    }
    assert numbers == {*TIMES, *COUNTS}
