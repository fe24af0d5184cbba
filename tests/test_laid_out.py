"""Unchanged files are not laid out again, and whatever happens the bytes are the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.client import formatting, laid_out as module
from generator.client.laid_out import LaidOut

TEXTS = {
    "shop/goods.py": '"""Goods."""\n\n\n\nx = 1\ndef f(a,): return a\n',
    "shop/orders.py": '"""Orders: ü."""\ny = {"a": 1,}\n',
    "shop/odd.py": 'z = "\ud800"\n',
}


class Counted:
    """Runs of one output folder, with the paths that were laid out anew."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.output = folder / "out"
        self.cache = folder / "cache"
        self.anew: list[str] = []

        def format_python(text: str, cache: Path | None) -> str:
            self.anew.append(text)
            return formatting.format_python(text, cache)

        monkeypatch.setattr(module, "format_python", format_python)

    def run(
        self, texts: dict[str, str] = TEXTS, cache: Path | None = None
    ) -> dict[str, bytes]:
        """Lay out and write; return the files."""
        self.anew.clear()
        made = LaidOut(self.output, cache or self.cache)
        files = {path: made.file(path, text) for path, text in texts.items()}
        made.keep()
        for path, content in files.items():
            (self.output / path).parent.mkdir(parents=True, exist_ok=True)
            (self.output / path).write_bytes(content)
        return files

    @property
    def memory(self) -> Path:
        """The one file in which this output folder is remembered."""
        (file,) = (self.cache / "laid-out").iterdir()
        return file


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counted:
    """An output folder, and a count of what is laid out."""
    return Counted(tmp_path, monkeypatch)


def test_only_what_changed_is_laid_out(runs: Counted) -> None:
    first = runs.run()
    assert len(runs.anew) == len(TEXTS)
    assert runs.run() == first
    assert runs.anew == []
    changed = {**TEXTS, "shop/goods.py": "x = 2\n"}
    assert runs.run(changed) == {**first, "shop/goods.py": b"x = 2\n"}
    assert runs.anew == ["x = 2\n"]
    assert runs.run() == first
    assert runs.anew == [TEXTS["shop/goods.py"]]


DAMAGE: dict[str, Callable[[Counted], object]] = {
    "the memory is gone": lambda runs: runs.memory.rename(runs.memory.with_suffix("")),
    "half of the memory": lambda runs: runs.memory.write_bytes(
        runs.memory.read_bytes()[:200]
    ),
    "another kind of memory": lambda runs: runs.memory.write_text("[]"),
    "files of another kind": lambda runs: runs.memory.write_text(
        json.dumps({**json.loads(runs.memory.read_text()), "files": [1]})
    ),
    "no text": lambda runs: runs.memory.write_bytes(b"\xff\xfe"),
    "another generator": lambda runs: runs.memory.write_text(
        runs.memory.read_text().replace('"key": ["', '"key": ["other')
    ),
    "the output is gone": lambda runs: shutil.rmtree(runs.output),
    "the output was edited": lambda runs: [
        (runs.output / path).write_text("edited = True\n") for path in TEXTS
    ],
    "other line ends": lambda runs: [
        (runs.output / path).write_bytes(
            (runs.output / path).read_bytes().replace(b"\n", b"\r\n")
        )
        for path in TEXTS
    ],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_what_is_not_certain_is_laid_out_anew(
    runs: Counted, damage: Callable[[Counted], object]
) -> None:
    first = runs.run()
    damage(runs)
    assert runs.run() == first
    assert len(runs.anew) == len(TEXTS)
    assert runs.run() == first
    assert runs.anew == []


def test_a_cache_that_cant_be_written_changes_nothing(
    runs: Counted, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    first = runs.run(cache=file)
    assert runs.run(cache=file) == first
    assert LaidOut(runs.output, None).file("shop/goods.py", "x = 1\n") == b"x = 1\n"


def test_another_version_of_the_layout_believes_nothing(
    runs: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = runs.run()
    monkeypatch.setattr(module, "black_version", lambda: "0")
    assert runs.run() == first
    assert len(runs.anew) == len(TEXTS)


def test_texts_that_differ_in_half_a_surrogate_are_not_taken_for_each_other(
    runs: Counted,
) -> None:
    runs.run({"a.py": 'z = "\ud800"\n'})
    runs.run({"a.py": 'z = "\\ud800"\n'})
    assert runs.anew == ['z = "\\ud800"\n']
