"""How an answer gets the name of its documented case, on the published documents."""

from __future__ import annotations

import importlib
import json
import random
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

Found = tuple[str, ...]


class Case(NamedTuple):
    """A documented refusal as the operation's constant holds it."""

    reason: str
    status: int
    body: Any


def cases_of(operation: Any) -> list[Case]:
    return [Case(*json.loads(text)) for text in operation.cases]


class Matcher:
    """The matcher of a generated package over all of its operations."""

    def __init__(self, folder: Path) -> None:
        self._reasons = _module(folder, "_reasons")
        self._words = _module(folder, "_words")
        self.operations: list[Any] = []
        kind = _module(folder, "_operation").Operation
        for file in sorted(folder.glob("[a-z]*.py")):
            for value in vars(_module(folder, file.stem)).values():
                if isinstance(value, kind):
                    self.operations.append(value)

    def match(self, operation: Any, status: int, body: Any) -> Found:
        words = self._words.words_of(body)
        found = self._reasons.match_reasons(operation, status, body, words)
        return tuple(str(reason) for reason in found)

    def forget(self) -> None:
        """Drop what the matcher remembers of messages."""
        self._reasons.normal.cache_clear()
        self._reasons._normal_field.cache_clear()

    def cases(self) -> Iterator[tuple[Any, Case]]:
        for operation in self.operations:
            for case in cases_of(operation):
                yield operation, case


def _module(folder: Path, name: str) -> ModuleType:
    from tests.support.packages import importable

    with importable(folder.parent):
        return importlib.import_module(f"{folder.name}.{name}")


@pytest.fixture(scope="module")
def matcher(published_main: Path) -> Matcher:
    return Matcher(published_main)


def test_every_documented_body_is_its_own_reason(matcher: Matcher) -> None:
    cases = list(matcher.cases())
    assert len(cases) == 196 + 26
    for operation, case in cases:
        for status in (case.status or 400, 400, 422):
            found = matcher.match(operation, status, case.body)
            # Under its own status always; elsewhere unless an equal body is there.
            if status == (case.status or 400):
                assert found == (str(case.reason),), (operation.name, case.body)


def test_every_documented_code_decides_alone(matcher: Matcher) -> None:
    rows = [(o, row) for o in matcher.operations for row in o.codes]
    assert len(rows) == 43
    for operation, row in rows:
        body = {"code": row.code, "message": "Щось пішло не так"}
        assert matcher.match(operation, row.status, body) == (str(row.reason),)
        assert matcher.match(operation, 409, body) == ()
        assert matcher.match(operation, row.status, {**body, "code": 0}) == ()


def test_variants_never_get_a_wrong_reason(matcher: Matcher) -> None:
    """One field of several, other values, an extra field, text for a list, translated."""
    for operation, case in matcher.cases():
        status = case.status or 400
        for variant in _variants(case.body):
            found = matcher.match(operation, status, variant)
            right = {
                str(case.reason),
                *_also_shown(matcher, operation, status, variant),
            }
            assert len(found) != 1 or found[0] in right, (
                operation.name,
                variant,
                found,
            )
            if variant.get("kind") == "values":
                assert str(case.reason) in found


def _variants(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    errors = body.get("errors")
    if isinstance(errors, dict) and errors:
        first = next(iter(errors))
        if len(errors) > 1:
            yield {**body, "errors": {first: errors[first]}}
        yield {**body, "errors": {**errors, "somethingNew": ["Nobody knows this one."]}}
        yield {**body, "errors": {k: "".join(v[:1]) for k, v in errors.items()}}
        yield {**body, "errors": {k: ["Це поле обов'язкове"] for k in errors}}
        yield {
            **body,
            "errors": {k: [_renumbered(t) for t in v] for k, v in errors.items()},
        }
    elif body.get("message"):
        yield {**body, "message": _renumbered(str(body["message"]))}
        yield {**body, "message": "Недостатньо коштів"}


def _renumbered(text: str) -> str:
    return "".join("7" if c.isascii() and c.isdigit() else c for c in text)


def _also_shown(
    matcher: Matcher, operation: Any, status: int, body: dict[str, Any]
) -> set[str]:
    """Return cases whose own words or code the body shows as well, and row names."""
    shown = {str(row.reason) for row in operation.codes if row.code == body.get("code")}
    texts = {
        t
        for v in body.get("errors", {}).values()
        for t in (v if isinstance(v, list) else [v])
    }
    for case in cases_of(operation):
        said = case.body
        if isinstance(said.get("errors"), dict) and said["errors"]:
            own = {t for v in said["errors"].values() for t in v}
            if own & texts:
                shown.add(str(case.reason))
    return shown


def test_undocumented_answers_get_no_wrong_reason(matcher: Matcher) -> None:
    """200 answers with words that no document has: only a listed code may decide."""
    chosen = random.Random(20260803)
    wrong = 0
    for number in range(200):
        operation = chosen.choice([o for o in matcher.operations if o.cases])
        case = chosen.choice(cases_of(operation))
        status = case.status or 400
        codes = {row.code for row in operation.codes if row.status in (status, 0)}
        code = chosen.choice([0, 77, 1_000 + number])
        body = {
            "code": code,
            "message": case.body.get("message", ""),
            "errors": {
                chosen.choice(["amount", "plan", "x"]): [f"Unheard of {_word(chosen)}"]
            },
        }
        found = matcher.match(operation, status, body)
        general = {
            str(c.reason)
            for c in cases_of(operation)
            if not c.body.get("errors") and c.body.get("message") == body["message"]
        }
        wrong += bool(found) and code not in codes and not set(found) <= general
    assert wrong == 0


def _word(chosen: random.Random) -> str:
    return "".join(chosen.choices(string.ascii_lowercase, k=9))


def test_random_bodies_never_raise(matcher: Matcher) -> None:
    """A sample; `benchmarks/reasons.py` matches 300,000."""
    chosen = random.Random(7)
    for _ in range(5_000):
        operation = chosen.choice(matcher.operations)
        matcher.match(operation, chosen.choice([400, 422, 500]), random_body(chosen))


def random_body(chosen: random.Random, depth: int = 0) -> Any:
    """Return JSON that a broken server might send."""
    kinds = ["text", "number", "null", "list", "object", "odd"]
    kind = chosen.choice(kinds if depth < 4 else kinds[:3])
    if kind == "text":
        return "".join(
            chosen.choices("ab 1²'\"`/:.-_<\u202e\U0001f600", k=chosen.randrange(40))
        )
    if kind == "number":
        return chosen.choice([0, 5, -1, 1.5, 10**400, True])
    if kind == "null":
        return None
    if kind == "list":
        return [random_body(chosen, depth + 1) for _ in range(chosen.randrange(4))]
    names = [
        "code",
        "message",
        "errors",
        "error",
        "detail",
        "amount",
        "a.0",
        "items[0]",
        "",
    ]
    if kind == "odd":
        return {
            "code": random_body(chosen, 9),
            "errors": random_body(chosen, depth + 1),
        }
    return {chosen.choice(names): random_body(chosen, depth + 1) for _ in range(4)}
