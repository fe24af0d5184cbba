"""Pointers come back as they went."""

from __future__ import annotations

from hypothesis import given, strategies as st

from generator.pointers import join, split

TOKENS = st.text(alphabet="ab/~#%01 \\'", max_size=8)


@given(st.text(alphabet="ab.#%23/", max_size=8), st.lists(TOKENS, max_size=4))
def test_what_was_joined_is_split_again(file: str, tokens: list[str]) -> None:
    assert split(join(tokens, file)) == (file, tuple(tokens))
