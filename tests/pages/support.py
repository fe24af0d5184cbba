"""What `dump` makes of pages, and notes that one may have."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.command import run

NOTES = """\
<Note>
  Only for partners: [ask](https://bakery.example/ask) first.
</Note>

Shows ONLY\\_FRESH bread."""


def dump(*arguments: str, cwd: Path, stdin: bytes | None = None) -> str:
    done = run("dump", *arguments, cwd=cwd, stdin=stdin)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def paths(dumped: str) -> list[str]:
    return re.findall(r" path='(/[^']*)'", dumped)


def refused(*arguments: str, cwd: Path) -> str:
    done = run("dump", *arguments, cwd=cwd)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr
