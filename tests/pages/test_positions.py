"""A finding stands where it stands in the page."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import run

from .support import refused


def test_a_position_is_that_in_the_page(folder: Path) -> None:
    file = folder / "pages/b.md"
    file.write_text(file.read_text().replace("schemas/Bread'", "schemas/Bred'"))
    lines = file.read_text().splitlines()
    line = next(i for i, each in enumerate(lines, 1) if "Bred'" in each)
    column = lines[line - 1].index("'#/") + 1
    for spec in ("pages", "pages/b.md"):
        said = refused("--spec", spec, cwd=folder)
        at = f"pages/b.md:{line}:{column}: error[dangling-reference]"
        assert said.startswith(at), said


def test_a_position_in_a_component_and_in_a_tag_of_another_page(folder: Path) -> None:
    file = folder / "pages/b.md"
    text = file.read_text().replace(
        "    Bread:\n", "    Cake: {type: cake}\n    Bread:\n"
    )
    file.write_text(
        text.replace("  - name: Breads", "  - name: Cakes\n  - name: Breads")
    )
    done = run("dump", "--spec", "pages", cwd=folder)
    line = 1 + file.read_text().splitlines().index("    Cake: {type: cake}")
    assert f"pages/b.md:{line}:18: warning[unknown-type]" in done.stderr
    assert done.returncode == 0


def test_what_an_overlay_writes_is_still_found_in_it(folder: Path) -> None:
    overlay = (
        "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n"
        "actions: [{target: $.components.schemas.Bread.properties, "
        "update: {age: {type: int}}}]\n"
    )
    (folder / "o.yaml").write_text(overlay)
    done = run("dump", "--spec", "pages", "--overlay", "o.yaml", cwd=folder)
    assert "o.yaml:3:" in done.stderr
    assert "there is no type `int`" in done.stderr
