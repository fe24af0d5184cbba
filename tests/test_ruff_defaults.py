"""What is generated is clean by the rules that ruff has without a configuration.

People vendor it, and their linter reads it too.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from generator.client.names import import_listing, listing
from tests.support.command import ROOT


def complaints(*folders: Path, rules: str = "") -> str:
    """Return what ruff says of some folders by its own defaults."""
    chosen = ["--select", rules] if rules else []
    command = ["check", "--isolated", "--no-cache", "--output-format", "concise"]
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *command, *chosen, *map(str, folders)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout if done.returncode else ""


def test_the_shipped_client_and_its_tests() -> None:
    assert complaints(ROOT / "generated") == ""


def test_the_clients_of_the_cases() -> None:
    expected = sorted((ROOT / "tests" / "cases").glob("*/expected"))
    # A tag in another script is the name of a module.
    others = [folder for folder in expected if folder.parent.name != "tags_odd"]
    assert complaints(*others) == ""


def test_lists_of_names(tmp_path: Path) -> None:
    chance = random.Random(1)
    parts = ["A", "b", "B", "_", "0", "1", "12", "012", "Case", "case", "CASE", "2b10"]
    for number in range(200):
        made = {
            "".join(chance.choices(parts, k=chance.randint(1, 4))) for _ in range(9)
        }
        found = ["Model", *(name for name in made if name[0].isalpha())]
        listed = "".join(f'    "{name}",\n' for name in sorted(found, key=listing))
        imported = ",\n    ".join(sorted(found, key=import_listing))
        text = f"from .models import (\n    {imported},\n)\n\n__all__ = [\n{listed}]\n"
        (tmp_path / f"m{number}.py").write_text(text)
    assert complaints(tmp_path, rules="I001,RUF022,F401") == ""
