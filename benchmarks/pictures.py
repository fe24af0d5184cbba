"""Take the pictures of `docs/`: the html diff and the sandbox's page, in a browser.

    make pictures

Needs a Chromium. The documents are those of `docs/tour.md` and `spec/`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from generator.sandbox.http import serve
from tests.sandbox.support import SHIPPED, Draft, sandbox_of
from tests.support.chromium import WITHOUT, Page, browser, executable
from tests.support.command import ROOT, run
from tests.support.markdown import blocks

PICTURES = ROOT / "docs" / "pictures"
SIZES = (("", 1280), ("-narrow", 390))
WITHDRAW = "/api/v4/main-account/smart-flex/investments/withdraw"
RIGHT = {"plan": "8f2e9d3c-1a4b-4c2d-9e5f-6a7b8c9d0e1f", "amount": "50.00"}


def main() -> int:
    """Take all of them; 2 where there is no browser."""
    if executable() is None:
        print(WITHOUT, file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with browser(folder / "profile") as page:
            take_diff(page, folder)
            take_sandbox(page)
    for file in sorted(PICTURES.glob("*.png")):
        print(f"{file.relative_to(ROOT)} {file.stat().st_size // 1024} kB")
    return 0


def take_diff(page: Page, folder: Path) -> None:
    """The last step of the tour, as a page."""
    tour = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    for block in blocks(tour):
        if block.title:
            (folder / block.title).write_text(block.text, encoding="utf-8")
    report = folder / "diff.html"
    overlays = ("--old-overlay", "nothing.yaml", "--overlay", "revision.yaml")
    options = ("--format", "html", "--output", str(report), "--fail-on", "never")
    done = run("diff", "bakery.yaml", "bakery.yaml", *overlays, *options, cwd=folder)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, "diff", stderr=done.stderr)
    for suffix, width in SIZES:
        page.open(report.as_uri(), width, 1)
        page.wait("document.readyState === 'complete'")
        height = page.run("document.documentElement.scrollHeight")
        page.open(report.as_uri(), width, height)
        page.wait("document.readyState === 'complete'")
        page.screenshot(PICTURES / f"diff{suffix}.png")


def take_sandbox(page: Page) -> None:
    """The page after an accepted withdrawal, one as asked and one with a wrong secret."""
    sandbox = sandbox_of(SHIPPED)
    with serve(sandbox) as server:
        sandbox(Draft(WITHDRAW, RIGHT).request())
        sandbox(Draft(WITHDRAW, RIGHT, secret="wrong").request())
        for suffix, width in SIZES:
            page.open(f"{server.url}/", width, 1060)
            page.wait("document.body?.dataset.ready")
            page.wait("document.querySelector('#visits details')")
            page.run("document.querySelector('#visits details').open = true")
            if suffix:  # what was refused and why, which is further down there
                page.run("document.querySelector('#visits').scrollIntoView()")
            page.screenshot(PICTURES / f"sandbox{suffix}.png")


if __name__ == "__main__":
    sys.exit(main())
