"""What came before is asked for only if it changed, and never trusted blindly."""

from __future__ import annotations

from pathlib import Path

from tests.support.host import Host
from tests.support.pages import page

from .support import FILE, pull


def test_the_second_time_nothing_is_new(host: Host, folder: Path) -> None:
    pull(folder, f"{host.url}/llms.txt")
    before = (folder / FILE).stat().st_mtime_ns
    done = pull(folder, f"{host.url}/llms.txt")
    assert (done.code, done.out, done.err) == (0, f"{FILE}: nothing new\n", "")
    assert "if-none-match" in host.headers[-1]
    assert (folder / FILE).stat().st_mtime_ns == before
    # A page that changed comes anew, beside others that are remembered.
    host.pages["/api/a.md"] = page("getBread", title="Look at bread").encode()
    done = pull(folder, f"{host.url}/llms.txt")
    assert done.code == 0
    assert "Look at bread" in (folder / FILE).read_text()
    assert "buyBread" in (folder / FILE).read_text()


def test_a_damaged_memory_is_none(host: Host, folder: Path) -> None:
    pull(folder, f"{host.url}/api/a.md")
    kept = list((folder / "cache").rglob("*.content"))
    assert len(kept) == 1
    kept[0].write_bytes(b"# something else\n")
    done = pull(folder, f"{host.url}/api/a.md")
    assert (done.code, done.out) == (0, f"{FILE}: nothing new\n")
    assert "if-none-match" not in host.headers[-1]
