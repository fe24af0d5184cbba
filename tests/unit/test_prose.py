"""Refusals that descriptions hold: bodies in fences, rows of tables, words in bold."""

from __future__ import annotations

from generator.model.prose import Fence, Row, error_accordions, fences, outcomes, rows

FENCED = """\
Some text.

**Limit reached (422)**:
```json
{"code": 1}
```

```
{"code": 2}
```
"""


def test_bodies_in_fences_have_the_heading_above_them() -> None:
    found = [Fence({"code": 1}, "Limit reached", 422), Fence({"code": 2}, "", 0)]
    assert list(fences(FENCED)) == found


def test_a_fence_that_holds_no_refusal() -> None:
    for text in ("{code: 1}", "[1]", '{"result": null, "error": "no"}', "[" * 9000):
        assert list(fences(f"```json\n{text}\n```\n")) == []


def test_rows_of_a_table_of_codes() -> None:
    text = "Codes:\n- 1 - no money\n* `22` — too\n  many of them\n- 3: late\n- no row\n"
    assert list(rows(text)) == [
        Row(1, "no money"),
        Row(22, "too many of them"),
        Row(3, "late"),
    ]
    assert list(rows(f"```\n{text}```\n")) == []


def test_outcomes_in_words() -> None:
    text = (
        "- **Limit reached** — on field `amount`\n"
        "- **Stopped later** — the request\n  is accepted at first\n"
        "- plain\n"
    )
    assert list(outcomes(text)) == ["Limit reached"]


def test_accordions_that_speak_of_errors() -> None:
    text = (
        '<Accordion title="Error codes">a</Accordion>'
        '<Accordion title="Kinds">b</Accordion>'
        "<Accordion icon='x' title='The errors'>c</Accordion>"
    )
    assert list(error_accordions(text)) == ["a", "c"]
