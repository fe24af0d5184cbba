"""Whether every broken document ends in a client that compiles, or in diagnostics.

    python -m benchmarks.fuzz                      500 documents, about a minute
    python -m benchmarks.fuzz --runs 3000 --seed 7
    python -m benchmarks.fuzz --only 1234          one run again, with its traceback
    python -m benchmarks.fuzz --only 1234 --keep broken.json

Each run takes a few paths of a real document (the one of this repository, and those of
`../shared/corpus/dev` where they are), breaks one to six places, and generates in
process, layout included. A run depends on the seed and its number only. Ends with exit
code 1 if there was a traceback, a module that does not compile, or a run of more than 20
seconds.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator import pipeline
from generator.config import Config
from generator.diagnostics import Diagnostics, InputError, render_text
from generator.document.source import load

ROOT = Path(__file__).parents[1]

CORPUS = ROOT.parent / "shared" / "corpus" / "dev"
SPEC = ROOT / "spec" / "main_api_v4.yaml"
MOST_SECONDS = 20
LARGEST = 3_000_000  # characters of a document
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
ODD_NAMES = (
    "", " ", "class", "None", "self", "__init__", "a b", "1st", "ﬁeld", "field", "\u017f",
    "é", "e\u0301", "名前", "💥", "\x00", "\n", "\u2028", "\u202e", "\ud800", '"""', "'",
    "\\", "{}", "{x}", "{{ 7*7 }}", "{% raw %}", "../up", "/", "~1", "a/b", "$ref", "allOf",
    "properties", "type", "x-y", "200", "2XX", "default", "get", "Model", "model", "Str",
    "str", "list", "dict", "UNSET", "Decimal", "models", "client", "errors", "import",
    "match", "print", "T" * 300, "_", "__", "-", "*", "a-b", "a_b", "aB", "AB", "²", "٣",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1.5, 1e400, float("nan"), 10**30, "", "x", "null", [],
    {}, [None], [[]], {"": None}, {"$ref": None}, {"$ref": ""}, {"$ref": "#"},
    {"$ref": "#/"}, {"type": "string"}, {"type": ["string", "null"]}, {"type": "array"},
    {"allOf": []}, {"oneOf": [{}]}, {"anyOf": [{"type": "null"}]}, {"enum": [None]},
    {"enum": [1, "1", True]}, {"const": {"a": 1}}, {"type": "object", "properties": []},
    {"items": []}, {"not": {}}, {"additionalProperties": {"additionalProperties": 1}},
)  # fmt: skip

Container = dict[str, Any] | list[Any]
Place = tuple[Container, Any]
Mutation = Callable[[random.Random, Any, list[Place]], None]


def replace_value(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Put a value of another kind in the place of one."""
    holder, key = rng.choice(places)
    holder[key] = copy.deepcopy(rng.choice(ODD_VALUES))


def replace_text(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Put an odd name in the place of a text."""
    texts = [(h, k) for h, k in places if isinstance(h[k], str)]
    if texts:
        holder, key = rng.choice(texts)
        holder[key] = rng.choice(ODD_NAMES)


def drop(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Leave an entry out."""
    holder, key = rng.choice(places)
    del holder[key]


def rename(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Give an entry an odd name, in its old place."""
    named = [(h, k) for h, k in places if isinstance(h, dict)]
    holder, key = rng.choice(named)
    new = _odd_name(rng, key)
    entries = [(new if k == key else k, v) for k, v in holder.items()]
    holder.clear()
    holder.update(entries)


def double(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Repeat an entry: in a list as it is, in a mapping under a name much like it."""
    holder, key = rng.choice(places)
    value = copy.deepcopy(holder[key])
    if isinstance(holder, list):
        holder.append(value)
    else:
        holder[_odd_name(rng, key)] = value


def move(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Put a copy of one element where another one stands."""
    (source, name), (holder, key) = rng.choice(places), rng.choice(places)
    holder[key] = copy.deepcopy(source[name])


def redirect(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Point a reference elsewhere, or make one."""
    found = [(h, k) for h, k in places if k == "$ref"]
    holder, key = rng.choice(found) if found and rng.random() < 0.7 else (None, None)
    target = _pointer(rng, root)
    if holder is not None:
        holder[key] = target
    else:
        holder, key = rng.choice(places)
        holder[key] = {"$ref": target, **({"type": 1} if rng.random() < 0.2 else {})}


def nest(rng: random.Random, root: Any, places: list[Place]) -> None:
    """Wrap a value many times."""
    holder, key = rng.choice(places)
    value = holder[key]
    wrap = rng.choice(("items", "allOf", "properties", "oneOf", "list"))
    for _ in range(rng.choice((1, 5, 40, 400))):
        match wrap:
            case "items":
                value = {"type": "array", "items": value}
            case "properties":
                value = {"type": "object", "properties": {"inner": value}}
            case "list":
                value = [value]
            case _:
                value = {wrap: [value, {"type": "object", "properties": {"n": {}}}]}
    holder[key] = value


MUTATIONS: tuple[Mutation, ...] = (
    replace_value, replace_value, replace_text, replace_text, drop, drop, rename, rename,
    double, move, redirect, redirect, nest,
)  # fmt: skip


def _odd_name(rng: random.Random, key: str) -> str:
    return rng.choice(
        (
            rng.choice(ODD_NAMES),
            key.upper(),
            f"{key}_",
            f" {key}",
            f"{key}}}",
            f"{{{key}",
        )
    )


def _pointer(rng: random.Random, root: Any) -> str:
    """Return a reference to any element, or to nothing."""
    tokens: list[str] = []
    here = root
    while isinstance(here, dict | list) and here and rng.random() < 0.85:
        key = rng.choice(list(here) if isinstance(here, dict) else range(len(here)))
        here = here[key]
        tokens.append(str(key).replace("~", "~0").replace("/", "~1"))
    wild = (
        "",
        "#",
        "#/nowhere",
        "x.yaml#/a",
        "/etc/passwd",
        "https://x.test/a",
        "#/%zz",
    )
    text = "#" + "".join(f"/{token}" for token in tokens)
    return rng.choice(wild) if rng.random() < 0.1 else text


def places_of(root: Any) -> list[Place]:
    """Return every entry of every container."""
    found: list[Place] = []
    waiting = [root]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
    return found


def broken(rng: random.Random, documents: list[Any]) -> Any:
    """Return a few paths of a document with what they refer to, and faults in it."""
    whole = rng.choice(documents)
    paths = list(whole["paths"])
    chosen = rng.sample(paths, min(len(paths), rng.randint(1, 4)))
    kept = {path: copy.deepcopy(whole["paths"][path]) for path in chosen}
    root = {
        key: value for key, value in whole.items() if key not in ("paths", "components")
    }
    root = {**copy.deepcopy(root), "paths": kept, "components": {}}
    _take_referred(whole, root, root)
    for _ in range(rng.randint(1, 6)):
        places = places_of(root)
        if places:
            # Half of the faults in the paths: most of a document are its components.
            inner = (
                places_of(root["paths"]) if isinstance(root.get("paths"), dict) else []
            )
            rng.choice(MUTATIONS)(
                rng, root, inner if inner and rng.random() < 0.5 else places
            )
    return root


def broken_text(rng: random.Random, documents: list[Any]) -> str:
    """Return the text of a broken document, which may be nested thousands of levels."""
    ordinary = sys.getrecursionlimit()
    sys.setrecursionlimit(50_000)
    try:
        return json.dumps(broken(rng, documents))
    finally:
        sys.setrecursionlimit(ordinary)


def _take_referred(whole: Any, root: Any, part: Any) -> None:
    """Copy the components that a part refers to, and those that they refer to."""
    securities = whole.get("components", {}).get("securitySchemes")
    if securities:
        root["components"]["securitySchemes"] = copy.deepcopy(securities)
    waiting = [part]
    while waiting:
        for holder, key in places_of(waiting.pop()):
            reference = holder[key] if key == "$ref" else None
            tokens = reference.split("/") if isinstance(reference, str) else []
            if len(tokens) == 4 and tokens[:2] == ["#", "components"]:
                section, name = tokens[2:]
                name = name.replace("~1", "/").replace("~0", "~")
                value = whole["components"].get(section, {}).get(name)
                own = root["components"].setdefault(section, {})
                if value is not None and name not in own and len(own) < 60:
                    own[name] = copy.deepcopy(value)
                    waiting.append(own[name])


def outcome(file: Path) -> str:
    """Return how a document ends: `generated`, or `refused`; anything else raises."""
    # Names are given, as they must be for a title without words.
    config = Config(spec=str(file), output="out", package="broken", client="Broken")
    try:
        made = pipeline.generate(config)
    except InputError as error:
        render_text(error.diagnostics, color=True)
        if not any(each.message for each in error.diagnostics):
            raise AssertionError("refused without a word") from error
        return "refused"
    render_text(made.compiled.diagnostics, color=True)
    for path, content in made.files.items():
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise AssertionError(f"a file outside the output folder: {path}")
        if path.endswith(".py") and "_harness" not in path:
            compile(content, path, "exec")
    return "generated"


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"more than {MOST_SECONDS} seconds")


def _site(error: BaseException) -> str:
    """Return what tells one fault of the generator from another."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "/generator/" in f.filename] or frames
    last = own[-1]
    place = f"{Path(last.filename).name}:{last.lineno} {last.name}"
    return f"{type(error).__name__} at {place}: {str(error)[:90]}"


def _documents() -> list[Any]:
    found: list[Any] = []
    for file in (SPEC, *(sorted(CORPUS.rglob("*.*")) if CORPUS.is_dir() else ())):
        if file.suffix in (".yaml", ".json") and file.stat().st_size < LARGEST:
            source = load(file, Diagnostics())
            data = source.data if source else None
            if isinstance(data, dict) and isinstance(data.get("paths"), dict):
                found += [data] if data["paths"] and "openapi" in data else []
    return found


def main() -> None:
    """Run, and print a line for each fault of the generator."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one run")
    parser.add_argument("--keep", type=Path, help="where its document goes")
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _too_slow)
    documents = _documents()
    numbers = range(options.runs) if options.only is None else [options.only]
    ends: Counter[str] = Counter()
    faults: dict[str, list[int]] = {}
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spec.json"
        for done, number in enumerate(numbers, 1):
            rng = random.Random(f"{options.seed}/{number}")
            text = broken_text(rng, documents)
            file.write_text(text, encoding="utf-8")
            if options.keep:
                options.keep.write_text(text, encoding="utf-8")
            signal.alarm(MOST_SECONDS)
            try:
                ends[outcome(file)] += 1
            except Exception as error:
                ends["fault"] += 1
                faults.setdefault(_site(error), []).append(number)
                if options.only is not None:
                    traceback.print_exc()
            finally:
                signal.alarm(0)
            if sys.stderr.isatty() or done % 250 == 0:
                print(
                    f"\r{done} of {len(numbers)}", end="", file=sys.stderr, flush=True
                )
    took = time.monotonic() - begun
    print(file=sys.stderr)
    for site, runs in sorted(faults.items(), key=lambda entry: -len(entry[1])):
        print(f"{len(runs):4} {site}  (--seed {options.seed} --only {runs[0]})")
    counts = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
    print(f"{len(documents)} documents, {took:.0f} s: {counts}")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
