"""`--check` says whether something is new, and writes nothing."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import tree
from tests.support.host import Host

from .support import FILE, pull


def test_check_says_only_whether_something_is_new(host: Host, folder: Path) -> None:
    before = tree(folder)
    done = pull(folder, f"{host.url}/llms.txt", "--check")
    assert (done.code, done.out) == (1, f"{FILE}: there is something new\n")
    assert tree(folder / "spec") == {
        name.removeprefix("spec/"): content for name, content in before.items()
    }
    pull(folder, f"{host.url}/llms.txt")
    done = pull(folder, f"{host.url}/llms.txt", "--check")
    assert (done.code, done.out) == (0, f"{FILE}: nothing new\n")
    done = pull(folder, f"{host.url}/llms.txt", "--check", "--spec", "new.yaml")
    assert done.code == 1
    assert not (folder / "new.yaml").exists()
