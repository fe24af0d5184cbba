"""How long `generate` takes, side by side with a named reference.

    python -m benchmarks.speed unchanged changed cold github --runs 5

Each figure is the median of several runs, taken in turn with the runs of its reference; the
ratio is what counts. The peer and GitHub's document are fetched through pip and npm once.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from .speed_runs import (
    ROOT,
    Figure,
    Program,
    black,
    compare,
    forget,
    generator,
    github,
    measure,
    peer,
)

PUBLISHED = ROOT.parent / "shared" / "whitebit" / "specs" / "main_api_v4.yaml"
OVERLAY = ROOT / "spec" / "overlay-published.yaml"


def unchanged(folder: Path, spec: Path, runs: int) -> None:
    """Compare a run in which nothing changed with Python doing nothing."""
    options = ["--spec", spec, "--overlay", OVERLAY, "--output", folder / "out"]
    cache = folder / "cache"
    measure(generator(*options, cache=cache))
    found = compare(
        {
            "generate": generator(*options, cache=cache),
            "generate --check": generator(*options, "--check", cache=cache),
            "python -c pass": Program([sys.executable, "-c", "pass"]),
        },
        runs,
    )
    show("nothing changed", found, "python -c pass")


# What no run can do without: the libraries, and libyaml's events of the document.
LIBRARIES = "import click, collections, jinja2, msgspec, sys, yaml"
EVENTS = "collections.deque(yaml.parse(open(sys.argv[1]), yaml.CSafeLoader), 0)"
FLOOR = f"{LIBRARIES}; {EVENTS}"


def changed(folder: Path, spec: Path, runs: int) -> None:
    """Compare a run after an edit of one operation with a run without a cache.

    Beside them stands the least that any run needs, and what a run without a cache would
    take if black laid its text out: black alone, over the text in its shape already.
    """
    document = folder / "edited.yaml"
    text = spec.read_text(encoding="utf-8")
    at = text.index("summary: ") + len("summary: ")
    turn = iter(range(1_000_000))

    def edit() -> None:
        document.write_text(
            f"{text[:at]}Edit{next(turn)} {text[at:]}", encoding="utf-8"
        )

    edit()
    options = ["--spec", document, "--overlay", OVERLAY]
    cold, warm = folder / "cold", folder / "warm"
    forget_all = forget(cold, folder / "out")
    found = compare(
        {
            "one operation changed": generator(
                *options, "--output", warm, cache=folder / "cache", prepare=edit
            ),
            "cold": generator(
                *options, "--output", folder / "out", cache=cold, prepare=forget_all
            ),
            "libraries and events": Program([sys.executable, "-c", FLOOR, str(spec)]),
            "black alone": black(warm, folder / "black"),
        },
        runs,
    )
    show("one operation changed", found, "cold")


def cold(folder: Path, spec: Path, runs: int) -> None:
    """Compare a run without a cache with the peer, on the main document."""
    _against_peer("cold, main document", folder, spec, runs, "--overlay", OVERLAY)


def on_github(folder: Path, spec: Path, runs: int) -> None:
    """Compare a run without a cache with the peer, on GitHub's document."""
    _against_peer("cold, GitHub's document", folder, github(), runs)


def _against_peer(
    title: str, folder: Path, spec: Path, runs: int, *options: str | Path
) -> None:
    output, cache = folder / "out", folder / "cache"
    mine = generator(
        *("--spec", spec, "--output", output),
        *options,
        cache=cache,
        prepare=forget(output, cache),
    )
    other = peer(spec, folder / "peer")
    name = "openapi-python-client"
    show(title, compare({"generate": mine, name: other}, runs), name)


def show(title: str, found: dict[str, Figure], reference: str) -> None:
    """Print one line for each program: figures, and ratios to the reference."""
    base = found[reference]
    print(f"{title}, ratios to {reference}")
    for name, each in found.items():
        print(
            f"  {name:24} wall {each.wall:7.3f} s {each.wall / base.wall:6.2f}"
            f"   cpu {each.cpu:7.3f} s {each.cpu / base.cpu:6.2f}"
            f"   memory {each.memory:6.1f} MB {each.memory / base.memory:6.2f}",
            flush=True,
        )


FIGURES: dict[str, Callable[[Path, Path, int], None]] = {
    "unchanged": unchanged,
    "changed": changed,
    "cold": cold,
    "github": on_github,
}


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", nargs="*", default=list(FIGURES))
    parser.add_argument("--spec", type=Path, default=PUBLISHED)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    for name in arguments.figures:
        with tempfile.TemporaryDirectory() as folder:
            FIGURES[name](Path(folder), arguments.spec, arguments.runs)


if __name__ == "__main__":
    main()
