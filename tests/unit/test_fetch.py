"""From which host anything is fetched: the one that was named, and no other."""

from __future__ import annotations

import pytest

from generator.document.fetch import Fetcher, FetchError


@pytest.mark.parametrize(
    ("start", "url"),
    [
        ("https://docs.example/llms.txt", "https://docs.example/page.md"),
        ("https://docs.example/llms.txt", "https://docs.example:443/page.md"),
        ("http://docs.example/llms.txt", "https://docs.example/page.md"),
        ("http://docs.example:8080/llms.txt", "http://docs.example:8080/page.md"),
    ],
)
def test_the_same_host(start: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def reached(_: Fetcher, asked: str) -> None:
        raise FetchError("reached", asked, "")

    monkeypatch.setattr(Fetcher, "_patiently", reached)
    with pytest.raises(FetchError) as raised:
        Fetcher(start).fetch(url)
    assert (raised.value.id, str(raised.value)) == ("reached", url)


@pytest.mark.parametrize(
    ("start", "url"),
    [
        ("https://docs.example/llms.txt", "https://other.example/page.md"),
        ("https://docs.example/llms.txt", "https://docs.example:8443/page.md"),
        ("https://docs.example/llms.txt", "http://docs.example/page.md"),
        ("http://docs.example/llms.txt", "https://docs.example:8443/page.md"),
        ("http://docs.example:8080/llms.txt", "https://docs.example/page.md"),
        ("https://docs.example/llms.txt", "https://docs.example.evil.example/page.md"),
    ],
)
def test_another_host(start: str, url: str) -> None:
    with pytest.raises(FetchError) as raised:
        Fetcher(start).fetch(url)
    assert raised.value.id == "other-host"
