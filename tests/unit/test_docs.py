"""Markdown of a document to docstrings."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, strategies as st

from generator.client import docs


@given(st.text(), st.sampled_from([0, 4, 8]))
def test_any_text_is_one_docstring(text: str, indent: int) -> None:
    literal = docs.docstring(text.split("\n"), indent)
    if not literal:
        assert not text.strip()
        return
    source = f"{' ' * indent}{literal}".lstrip()
    tree = ast.parse(source)
    (statement,) = tree.body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)
    assert isinstance(statement.value.value, str)
    assert all(c == "\n" or c.isprintable() for c in literal)


@given(st.text(st.sampled_from('\\"\n\0 x')))
def test_quotes_and_backslashes_survive(text: str) -> None:
    literal = docs.docstring([text], 0)
    if literal:
        shown = ast.literal_eval(literal)
        assert [*shown.split()] == [*text.split()]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**bold** text", "bold text"),
        ("see [the docs](https://a.example/b)", "see the docs (https://a.example/b)"),
        ("see [above](#there)", "see above"),
        ("![logo](a.png) text", "text"),
        ("one<br/>two", "one\ntwo"),
        ("<Note>Mind this.</Note>", "Mind this."),
        ('<Accordion title="Errors">{"code": 1}</Accordion>', ""),
        ('<Accordion title="More">text</Accordion>', "More:text"),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_markdown_becomes_plain(markdown: str, shown: str) -> None:
    assert docs.plain(markdown) == shown


def test_one_line_is_the_first_paragraph() -> None:
    assert docs.one_line("Buy a\nbook.\n\nOr two.") == "Buy a book."


def test_paragraphs_are_wrapped_and_lists_kept() -> None:
    text = "one two three\n\n- four five six\n- seven\n\n    code  stays"
    assert docs.paragraphs(text, 10) == [
        "one two",
        "three",
        "",
        "- four",
        "  five six",
        "- seven",
        "",
        "code  stays",
    ]


def test_fenced_code_keeps_its_lines() -> None:
    text = "```json\n{\n\n  1}\n```"
    assert docs.paragraphs(text, 5) == ["```json", "{", "", "  1}", "```"]


def test_an_entry_hangs() -> None:
    assert docs.hanging("name: ", "one two three four", 20) == [
        "    name: one",
        "        two three",
        "        four",
    ]


def test_a_docstring_closes_on_its_own_line_when_long() -> None:
    assert docs.docstring(["Short."], 4) == '"""Short."""'
    assert docs.docstring(["One.", "", "Two."], 4) == '"""One.\n\n    Two.\n    """'
    assert docs.docstring(["  "], 4) == ""


def test_a_quotation_loses_its_marks_and_keeps_its_paragraphs() -> None:
    text = "> Important\n>\n>  Ask for a\n> token first.\n\n```\n> typed\n```"
    assert docs.paragraphs(text, 60) == [
        *("Important", "", "Ask for a token first.", ""),
        *("```", "> typed", "```"),
    ]
    assert docs.one_line(">Versions 1\n>are old.\n>\n> More.") == "Versions 1 are old."
