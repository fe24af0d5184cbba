"""A few paths of a real document with what they refer to, and faults in them."""

from __future__ import annotations

import copy
import json
import random
import sys
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostics
from generator.document.source import load

from .mutations import MUTATIONS, places_of

ROOT = Path(__file__).parents[2]

CORPUS = ROOT.parent / "shared" / "corpus" / "dev"
SPEC = ROOT / "spec" / "main_api_v4.yaml"
LARGEST = 3_000_000  # characters of a document


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
            text = holder[key]
            is_reference = key == "$ref" and isinstance(text, str)
            tokens = text.split("/") if is_reference else []
            if len(tokens) == 4 and tokens[:2] == ["#", "components"]:
                section, name = tokens[2:]
                name = name.replace("~1", "/").replace("~0", "~")
                value = whole["components"].get(section, {}).get(name)
                own = root["components"].setdefault(section, {})
                if value is not None and name not in own and len(own) < 60:
                    own[name] = copy.deepcopy(value)
                    waiting.append(own[name])


def real_documents() -> list[Any]:
    """Return the documents that are broken, those of the corpus where it is there."""
    found: list[Any] = []
    for file in (SPEC, *(sorted(CORPUS.rglob("*.*")) if CORPUS.is_dir() else ())):
        if file.suffix in (".yaml", ".json") and file.stat().st_size < LARGEST:
            source = load(file, Diagnostics())
            data = source.data if source else None
            if isinstance(data, dict) and isinstance(data.get("paths"), dict):
                found += [data] if data["paths"] and "openapi" in data else []
    return found
