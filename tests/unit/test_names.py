"""Words of a document to identifiers and literals, for any text at all."""

from __future__ import annotations

import ast
import keyword
import random
from typing import Any

import pytest
from hypothesis import given, strategies as st

from generator.client import names

_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "snake", "camel", "upper"),
    [
        ("createSubAccount", "create_sub_account", "CreateSubAccount", None),
        ("JWT-token", "jwt_token", "JwtToken", "JWT_TOKEN"),
        ("HTTPServer", "http_server", "HttpServer", "HTTP_SERVER"),
        ("OAuth2", "oauth2", "Oauth2", "OAUTH2"),
        ("24h", "v24h", "V24h", "V24H"),
        ("from", "from_", "From", "FROM"),
        ("none", "none", "None_", "NONE"),
        ("../../etc/passwd", "etc_passwd", "EtcPasswd", "ETC_PASSWD"),
        ("Brötchen", "brötchen", "Brötchen", "BRÖTCHEN"),
        ("***", "", "", ""),
    ],
)
def test_words_become_names(
    text: str, snake: str, camel: str, upper: str | None
) -> None:
    assert names.snake(text) == snake
    assert names.camel(text) == camel
    assert upper is None or names.upper(text) == upper


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("5m", "V5M"),
        ("-createdAt", "MINUS_CREATED_AT"),
        ("*", "STAR"),
        ("", "EMPTY"),
        (-1, "MINUS_1"),
        (0, "V0"),
        ("None", "NONE"),
        (">=", "GT_EQ"),
        ("_private", "PRIVATE"),
    ],
)
def test_values_become_members(value: str | int, name: str) -> None:
    assert names.member(value) == name


@given(st.text())
def test_identifiers_are_identifiers(text: str) -> None:
    for name in (names.snake(text), names.camel(text), names.upper(text)):
        assert not name or _is_plain(name)
    assert _is_plain(names.member(text))
    assert _is_plain(names.cased_member(text))


def _is_plain(name: str) -> bool:
    """Tell whether Python takes a name as it stands: no keyword, not rewritten."""
    tree = ast.parse(f"{name} = 1").body[0]
    assert isinstance(tree, ast.Assign)
    target = tree.targets[0]
    return isinstance(target, ast.Name) and target.id == name and name[0] != "_"


@given(st.text())
def test_text_survives_as_a_literal(text: str) -> None:
    written = names.string(text)
    assert ast.literal_eval(written) == text
    assert written.isprintable()


@given(_JSON)
def test_data_survives_as_a_literal(value: Any) -> None:
    assert ast.literal_eval(names.literal(value)) == value


@given(st.text(st.characters(categories=("Cs", "Cf", "Zl", "Zp", "Cc"))))
def test_what_cannot_be_seen_is_spelled(text: str) -> None:
    written = names.string(text)
    assert written.isascii()
    assert ast.literal_eval(written) == text


_CANDIDATES = st.dictionaries(
    st.text(max_size=6),
    st.lists(st.sampled_from(["", "a", "b", "a_b", "c"]), max_size=3),
    max_size=8,
)


@given(_CANDIDATES, st.randoms(use_true_random=False))
def test_assigned_names_are_unique_and_know_no_order(
    candidates: dict[str, list[str]], chance: random.Random
) -> None:
    chosen = names.assign(candidates)
    assert len(set(chosen.values())) == len(candidates)
    shuffled = list(candidates.items())
    chance.shuffle(shuffled)
    assert names.assign(dict(shuffled)) == chosen


def test_of_equal_names_both_take_more_words() -> None:
    assert names.assign(
        {"x": ["get", "get_x"], "y": ["get", "get_y"], "z": ["put"]}
    ) == {
        "x": "get_x",
        "y": "get_y",
        "z": "put",
    }


def test_the_last_resort_is_a_hash_of_the_element() -> None:
    chosen = names.assign({"x": ["get"], "y": ["get"]})
    assert chosen == {
        "x": f"get_{names.digest('x')}",
        "y": f"get_{names.digest('y')}",
    }


def test_keywords_take_an_underscore() -> None:
    for word in keyword.kwlist:
        assert names.keyword_safe(word) == f"{word}_"
    assert names.keyword_safe("match") == "match"


def test_a_tuple_of_one_has_a_comma() -> None:
    assert names.tuple_of(["1"]) == "(1,)"
    assert names.tuple_of(["1", "2"]) == "(1, 2)"
    assert names.tuple_of([]) == "()"
