"""The file of `diff --ignore`: what it takes out, until when, and what is refused."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.support.revision_cases import ADDED, BREAKING, diff

IGNORED = """
[[ignore]]
rule = "response-field-removed"
operation = "{operation}"
reason = "nobody reads it"
expires = {expires}
"""
SOON = datetime.date.today() + datetime.timedelta(days=1)
PAST = datetime.date.today() - datetime.timedelta(days=1)


def ignoring(folder: Path, text: str) -> Path:
    file = folder / "ignore.toml"
    file.write_text(text)
    return file


def test_an_ignored_finding_is_gone_until_it_expires(tmp_path: Path) -> None:
    both = "".join(
        IGNORED.format(operation=name, expires=SOON)
        for name in ("listBreads", "bakeBread")
    )
    done = diff(BREAKING, "--ignore", ignoring(tmp_path, both))
    assert done.exit_code == 0
    assert "no change" in done.stdout
    one = IGNORED.format(operation="listBreads", expires=SOON)
    done = diff(BREAKING, "--ignore", ignoring(tmp_path, one))
    assert done.exit_code == 1
    assert "in bakeBread\n" in done.stdout
    done = diff(BREAKING, "--ignore", ignoring(tmp_path, both.replace(*_past())))
    assert done.exit_code == 1
    assert "counts again" in done.stderr
    done = diff(ADDED, "--ignore", ignoring(tmp_path, one))
    assert "fits nothing any more" in done.stderr


def _past() -> tuple[str, str]:
    return str(SOON), str(PAST)


@pytest.mark.parametrize(
    "text",
    [
        "ignore = 1",
        "[[ignore]]\nrule = 'response-field-removed'\nreason = 'x'\n",
        f"[[ignore]]\nrule = 'response-field-removed'\nexpires = {SOON}\n",
        f"[[ignore]]\nrule = 'no-such-rule'\nreason = 'x'\nexpires = {SOON}\n",
        IGNORED.format(operation="x", expires=SOON) + "colour = 'red'\n",
        "[[ignore",
    ],
)
def test_an_ignore_file_has_to_be_understood(tmp_path: Path, text: str) -> None:
    assert diff(BREAKING, "--ignore", ignoring(tmp_path, text)).exit_code == 2
    assert diff(BREAKING, "--ignore", tmp_path / "nowhere").exit_code == 2
