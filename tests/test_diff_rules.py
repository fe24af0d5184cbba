"""`docs/diff-rules.md` holds the rules as they are; `UPDATE_CASES=1` rewrites it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from generator.diff.rules import RULES, Rule
from tests.support.command import ROOT

FILE = ROOT / "docs" / "diff-rules.md"
UPDATE = "UPDATE_CASES" in os.environ
HEAD = """\
# What `diff` finds, and what it makes of it

Two questions are asked of every change. *On the wire*: may the new server refuse what an
old caller could legally send, or send what the old document ruled out? *In Python*: can
code that calls the client fail, to run or to type-check, against the regenerated client?
The tables answer the first one. The second has no table: the names of both clients are
compared before anything is rendered, and a finding breaks in Python when a name that it
moved does.

A finding that breaks nowhere is `compatible` (nothing to do), `review` (a person should
read it, because nobody can tell from the document alone) or `docs` (text and examples).
What the client fills itself (`request`, `nonce`) never breaks a caller. The version that
is suggested is major for a breaking finding, minor where a name was added, else patch.

You may see a rule differently: `--ignore FILE` takes single findings out, with a reason and
a date; `--fail-on never` leaves the judgement to whoever reads.

```toml
[[ignore]]
rule = "response-field-removed"
operation = "getMiningAccounts"   # or pointer = "#/paths/~1mining/post", or neither
reason = "nobody reads the page size"
expires = 2026-12-31
```

`--format json` prints what `generator/diff/report.schema.json` describes.

## Values: arguments, fields of bodies, answers and errors

Each rule is there for requests (`request-…`), successes (`response-…`) and refusals
(`error-…`). A caller who sends less than is asked for is refused, a caller who gets less
than was promised fails, so what is harmless on one side breaks on the other.

| rule | in a request | in an answer | says | because |
|---|---|---|---|---|
"""
REST = """
## Everything else

| rule | on the wire | says | because |
|---|---|---|---|
"""


def _verdict(rule: Rule) -> str:
    if rule.wire:
        return "**breaks**" if rule.kind != "review" else "**breaks**, review"
    return rule.kind


def _cell(text: str) -> str:
    for placeholder, words in (("name", "x"), ("before", "a"), ("after", "b")):
        text = text.replace(f"{{{placeholder}}}", words)
    return text.replace("|", "\\|")


def _rows() -> Iterator[str]:
    yield HEAD
    for rule in RULES.values():
        where, _, what = rule.id.partition("-")
        answer = RULES.get(f"response-{what}")
        if where == "request" and answer is not None and f"error-{what}" in RULES:
            yield (
                f"| `…-{what}` | {_verdict(rule)} | {_verdict(answer)}"
                f" | {_cell(rule.sentence)} | {_cell(rule.why)} |\n"
            )
    yield REST
    for rule in RULES.values():
        where, _, what = rule.id.partition("-")
        shared = all(
            f"{each}-{what}" in RULES for each in ("request", "response", "error")
        )
        if where not in ("request", "response", "error") or not shared:
            yield (
                f"| `{rule.id}` | {_verdict(rule)} | {_cell(rule.sentence)}"
                f" | {_cell(rule.why)} |\n"
            )


def test_the_documentation_has_the_rules() -> None:
    text = "".join(_rows())
    if UPDATE:
        FILE.write_text(text, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == text


def test_every_rule_has_a_mirror() -> None:
    for rule in RULES.values():
        assert rule.mirror in RULES, rule.id
        # `-added-required` and `-refused` are `-added` and `-removed`, seen from there.
        back = RULES[rule.mirror].mirror
        plain = rule.id.removesuffix("-required") if "-added-" in rule.id else rule.id
        assert back in (plain, plain.replace("-refused", "-removed")), rule.id


def test_breaking_on_one_side_of_a_mirror_is_enough() -> None:
    assert RULES["request-field-required"].wire
    assert not RULES["request-field-optional"].wire
    assert RULES["response-field-optional"].wire
    assert not RULES["response-field-required"].wire
