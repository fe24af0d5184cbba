"""How time and memory grow with a document: operations, levels, values, groups.

    python -m benchmarks.growth                       # table
    python -m benchmarks.growth --plot docs           # and docs/growth-KIND.svg
    python -m benchmarks.growth operations --sizes 50 500 5000 10000

Each size is a run without a cache, in a process of its own; of a short one the best of
five. Beside the figures stands
what one more element costs, against the size before: growth is linear where that stays.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .speed_runs import Figure, forget, generator, measure

Data = dict[str, Any]
SHORT, RUNS = 2.0, 5  # seconds


def operations(count: int) -> Data:
    """Return a document with so many operations, twenty in a group."""
    paths = {f"/things{n}/{{id}}": _item(n, f"group{n // 20}") for n in range(count)}
    schemas = {f"Thing{n}": _thing() for n in range(count)}
    return _document(paths, schemas)


def groups(count: int) -> Data:
    """Return a document with so many groups of five operations."""
    paths = {f"/things{n}/{{id}}": _item(0, f"group{n // 5}") for n in range(count * 5)}
    return _document(paths, {"Thing0": _thing()})


def levels(count: int) -> Data:
    """Return a document with a row of schemas of which each refers to the next."""
    below = {n: {"$ref": f"#/components/schemas/Thing{n + 1}"} for n in range(count)}
    schemas = {
        f"Thing{n}": {"type": "object", "properties": {"next": below[n]}} for n in below
    }
    schemas[f"Thing{count}"] = _thing()
    return _document({"/things/{id}": _item(0, "things")}, schemas)


def values(count: int) -> Data:
    """Return a document with an enum of so many values."""
    schema = {"type": "string", "enum": [f"value{n}" for n in range(count)]}
    paths = {"/things/{id}": _item(0, "things")}
    thing = {"type": "object", "properties": {"kind": schema}}
    return _document(paths, {"Thing0": thing})


def _thing() -> Data:
    names = ("name", "description", "createdAt", "count")
    return {
        "type": "object",
        "required": ["name"],
        "properties": {
            n: {"type": "string", "description": f"Its {n}."} for n in names
        },
    }


def _item(number: int, group: str) -> Data:
    schema = {"$ref": f"#/components/schemas/Thing{number}"}
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "get": {
            "tags": [group],
            "summary": "Return a thing.",
            "parameters": [
                key,
                {"name": "limit", "in": "query", "schema": {"type": "integer"}},
            ],
            "responses": {
                "200": {
                    "description": "A thing.",
                    "content": {"application/json": {"schema": schema}},
                }
            },
        }
    }


def _document(paths: Data, schemas: Data) -> Data:
    return {
        "openapi": "3.0.3",
        "info": {"title": "Growth", "version": "1"},
        "servers": [{"url": "https://growth.example"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


KINDS: dict[str, tuple[Callable[[int], Data], Sequence[int]]] = {
    "operations": (operations, (50, 200, 1000, 2000, 5000, 10000)),
    "groups": (groups, (10, 50, 200)),
    "levels": (levels, (10, 100, 300, 1000)),
    "values": (values, (50, 500, 5000)),
}


def grow(make: Callable[[int], Data], sizes: Sequence[int]) -> list[tuple[int, Figure]]:
    """Return what a run takes for each size."""
    found: list[tuple[int, Figure]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            spec = folder / "spec.json"
            spec.write_text(json.dumps(make(size)), encoding="utf-8")
            out, cache = folder / "out", folder / "cache"
            options = ("--spec", spec, "--output", out)
            run = generator(*options, cache=cache, prepare=forget(out, cache))
            figures = [measure(run)]
            while figures[0].cpu < SHORT and len(figures) < RUNS:
                figures.append(measure(run))
            found.append((size, min(figures, key=lambda figure: figure.cpu)))
    return found


def show(kind: str, found: Sequence[tuple[int, Figure]]) -> None:
    """Print a line for each size."""
    before: tuple[int, Figure] | None = None
    for size, figure in found:
        line = f"{kind:10} {size:6}   cpu {figure.cpu:8.2f} s   {figure.memory:7.1f} MB"
        if before is not None:
            more = size - before[0]
            cpu = (figure.cpu - before[1].cpu) / more * 1000
            memory = (figure.memory - before[1].memory) / more * 1024
            line += f"   one more: {cpu:7.2f} ms {memory:7.1f} kB"
        print(line, flush=True)
        before = (size, figure)


def plot(kind: str, found: Sequence[tuple[int, Figure]]) -> str:
    """Return an SVG with processor time and memory over the number of elements."""
    right, top, width, height = 60, 20, 520, 220
    most = max(size for size, _ in found)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 130} 290"'
        ' font-family="sans-serif" font-size="12">',
        f'<path d="M{right} {top}V{top + height}H{right + width}" fill="none"'
        ' stroke="#888"/>',
    ]
    for name, unit, color, pick in (
        ("processor time", "s", "#1f6feb", lambda f: f.cpu),
        ("peak memory", "MB", "#bf5b04", lambda f: f.memory),
    ):
        highest = max(pick(figure) for _, figure in found)
        points = [
            (
                right + width * size / most,
                top + height - height * pick(figure) / highest,
                f"{pick(figure):.1f} {unit}",
            )
            for size, figure in found
        ]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y, _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{color}"/>')
        parts += [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{color}"/>'
                  for x, y, _ in points]  # fmt: skip
        x, y, label = points[-1]
        offset = -6 if unit == "s" else 14
        parts.append(
            f'<text x="{x - 4:.0f}" y="{y + offset:.0f}" fill="{color}"'
            f' text-anchor="end">{name} {label}</text>'
        )
    for size, _ in found:
        x = right + width * size / most
        parts.append(f'<text x="{x:.0f}" y="{top + height + 18}">{size}</text>')
    parts.append(f'<text x="{right}" y="{top + height + 38}">{kind}</text></svg>')
    return "\n".join([*parts, ""])


def main() -> None:
    """Print the growth of what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=list(KINDS))
    parser.add_argument("--sizes", type=int, nargs="+")
    parser.add_argument("--plot", type=Path, metavar="FOLDER", help="write SVGs there")
    arguments = parser.parse_args()
    for kind in arguments.kinds:
        make, sizes = KINDS[kind]
        found = grow(make, arguments.sizes or sizes)
        show(kind, found)
        if arguments.plot:
            picture = arguments.plot / f"growth-{kind}.svg"
            picture.write_text(plot(kind, found), encoding="utf-8")


if __name__ == "__main__":
    main()
