"""Paths that are walked without the library lead where the library finds them to lead."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, strategies as st
from jsonpath_rfc9535 import JSONPathEnvironment

from generator.diagnostics import Diagnostics
from generator.document.jsonpath import _SIMPLE, PathError, compile_path
from generator.document.source import load
from tests.support.command import ROOT

KEYS = st.sampled_from(["a", "b", "paths", "", "a b", "ü", "0", "@", "x-a", "]"])
NAMES = st.sampled_from(["a", "b", "paths", "x", "a1", "_"])
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["a", "b", "", "ü"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)
QUOTED = KEYS.map(lambda key: f"'{key}'")
COMPARED = st.builds("@.{} == {}".format, NAMES, QUOTED)
SEGMENTS = st.one_of(
    NAMES.map(".{}".format),
    st.lists(QUOTED, min_size=1, max_size=3).map(lambda q: f"[{', '.join(q)}]"),
    st.sampled_from([".*", "[*]", " .a", "\n  ['a']", " [*]", "[0]", "[1]", "[10]"]),
    st.lists(COMPARED, min_size=1, max_size=2).map(lambda c: f"[?{' || '.join(c)}]"),
)
SIMPLE = st.lists(SEGMENTS, max_size=4).map(lambda parts: "$" + "".join(parts))


def _by_library(path: str, data: Any) -> list[tuple[object, object]]:
    found = JSONPathEnvironment().compile(path).finditer(data)
    return [(match.location, match.value) for match in found]


@given(SIMPLE, DATA)
@example("$[?@.a == 'a']", [{"a": "a"}, {"a": ["a"]}, {"a": 1}, ["a"], "a", {}])
@example("$['b', 'a', 'b'][*]", {"a": {"x": 1, "y": [2]}, "b": [3, {"a": 4}]})
@example("$.a['0']", {"a": ["first"]})
@example("$", None)
def test_simple_paths_lead_where_the_library_leads(path: str, data: Any) -> None:
    assert _SIMPLE.fullmatch(path)
    assert compile_path(path)(data) == _by_library(path, data)


@given(st.text("$.[]*'\"\\?@=&|()!ab01, \n\t:-_ü", max_size=14).map("${}".format), DATA)
@example("$ ", {})
@example("$.a ", {})
@example("$[01]", [1, 2])
@example("$[-1]", [1, 2])
@example("$. a", {})
@example("$..a", {"a": {"a": 1}})
@example("$[ 'a']", {"a": 1})
@example("$[*]*", [])
def test_what_the_library_refuses_is_refused(path: str, data: Any) -> None:
    try:
        expected = _by_library(path, data)
    except Exception:
        with pytest.raises(PathError):
            compile_path(path)(data)
    else:
        assert list(compile_path(path)(data)) == expected


def test_the_overlays_of_this_repository_need_no_library() -> None:
    for file in sorted((ROOT / "spec").glob("overlay*.yaml")):
        source = load(str(file), Diagnostics())
        assert source is not None
        data: Any = source.data
        targets = [action["target"] for action in data["actions"]]
        assert [each for each in targets if not _SIMPLE.fullmatch(each)] == [], file
