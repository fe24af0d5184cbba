"""How findings are put in order and printed."""

from __future__ import annotations

import pickle

from generator.diagnostics import (
    Diagnostics,
    InputError,
    Position,
    quoted,
    render_text,
)
from generator.formats.data import diagnostics_data


def _at(line: int, column: int = 1, text: str = "a: b") -> Position:
    return Position("spec.yaml", line, column, column + 1, text)


def test_text_has_line_carets_and_help() -> None:
    found = Diagnostics()
    found.error(
        "dangling-reference",
        "nothing is at `#/a`",
        help="did you mean `#/b`?",
        label="in the 200 answer of getPlans",
        position=Position("spec.yaml", 25, 9, 14, "  $ref: '#/a'"),
    )
    assert render_text(found, color=False) == (
        "spec.yaml:25:9: error[dangling-reference]: nothing is at `#/a`\n"
        "   25 |   $ref: '#/a'\n"
        "      |         ^^^^^ in the 200 answer of getPlans\n"
        "   help: did you mean `#/b`?\n"
    )


def test_a_whole_file_has_no_line() -> None:
    found = Diagnostics()
    found.error("missing-file", "gone", position=Position("a.yaml", 0, 0, 0))
    assert render_text(found, color=False) == "a.yaml: error[missing-file]: gone\n"
    assert diagnostics_data(found)[0]["line"] is None


def test_without_a_position_the_pointer_stands_there() -> None:
    found = Diagnostics()
    found.warning("odd", "strange", at="#/a")
    assert render_text(found, color=False) == "#/a: warning[odd]: strange\n"


def test_located_sorts_looks_up_and_drops_doubles() -> None:
    found = Diagnostics()
    found.warning("b", "two", at="#/second")
    found.error("a", "one", at="#/first")
    found.warning("b", "two", at="#/second")
    places = {"#/first": _at(3), "#/second": _at(2)}
    located = found.located(places.get)
    assert [each.message for each in located] == ["two", "one"]
    assert located[0].position == _at(2)
    assert len(found) == 3


def test_control_and_bidi_characters_never_reach_the_terminal() -> None:
    evil = "\x1b[31m\u202e\x07\u2028\ud800"
    found = Diagnostics()
    found.error("x", evil, help=evil, label=evil, position=_at(1, text=f"a: {evil}\tz"))
    text = render_text(found, color=False)
    assert text.encode()
    assert not set(evil) - set("[31m") & set(text)
    assert "\\x1b" in text


def test_a_long_line_is_cut_around_the_carets() -> None:
    line = "x" * 500 + "HERE" + "y" * 500
    found = Diagnostics()
    found.error("x", "m", position=Position("a", 1, 501, 505, line))
    source, carets = render_text(found, color=False).splitlines()[1:3]
    assert len(source) < 120
    start = source.index("HERE")
    assert carets[start : start + 4] == "^^^^"
    assert carets.count("^") == 4


def test_carets_stand_under_wide_characters() -> None:
    found = Diagnostics()
    found.error("x", "m", position=Position("a", 1, 4, 6, "値: 日本"))
    assert render_text(found, color=False).splitlines()[2] == "     |     ^^^^"


def test_color() -> None:
    found = Diagnostics()
    found.error("x", "m", position=_at(1))
    assert "\x1b[1;31merror[x]\x1b[0m" in render_text(found, color=True)


def test_quoted_cuts_what_is_long() -> None:
    assert quoted("a") == "`a`"
    assert len(quoted("a" * 500)) < 90


def test_input_error_carries_the_findings() -> None:
    found = Diagnostics()
    found.error("x", "broken")
    error = InputError(found)
    assert error.diagnostics.has_errors
    assert str(error) == "broken"
    assert pickle.loads(pickle.dumps(list(found))) == list(found)
