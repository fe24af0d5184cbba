"""What is laid out without black is what black makes of it, byte for byte."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from black import format_str
from black.mode import Mode, TargetVersion
from black.strings import char_width
from hypothesis import given, settings, strategies as st

from generator.client import breaking
from generator.client.breaking import fits
from generator.client.layout import arrange
from generator.client.names import literal, string
from generator.client.pieces import UnsureError, quoted

MODE = Mode(target_versions={TargetVersion.PY311})

HEAD = '# Generated from "It\'s". Do not edit.\n"""Words."""\n\n\nfrom a import B\n\n'


def _black(text: str) -> str:
    return format_str(text, mode=MODE)


def _compare(text: str) -> int:
    """Return how many statements had to be handed to black."""
    asked: list[str] = []

    def black(statement: str) -> str:
        asked.append(statement)
        return _black(statement)

    assert arrange(text, black) == _black(text)
    return len(asked)


# Each with a name that grows, so that every place where a line breaks is met.
SHAPES: dict[str, Callable[[str], str]] = {
    "class": lambda n: f'class {n}(Model, kw_only=True):\n    """Words."""\n\n\n',
    "enum": lambda n: f'class E(StrEnum):\n    """Words."""\n\n    A = "{n}"\n',
    "field": lambda n: f'class A(B):\n    """W."""\n\n    {n}: Price\n    """W"""\n',
    "optional": lambda n: f'class A(B):\n    """W."""\n\n    {n}: Price | None = None\n',
    "renamed": lambda n: (
        f'class A(B):\n    """W."""\n\n'
        f'    {n}: Price | None = field(name="{n}", default=None)\n'
    ),
    "renamed_list": lambda n: (
        f'class A(B):\n    """W."""\n\n    {n}: list[Price] = field(name="wireName")\n'
    ),
    "list": lambda n: f'class A(B):\n    """W."""\n\n    items: list[{n}]\n',
    "long_type": lambda n: (
        f'class A(B):\n    """W."""\n\n    item: {n} | None = None\n'
        f"    other: {n} | dict[str, {n}]\n    third: {n} = None\n    fourth: {n}\n"
    ),
    "operation": lambda n: (
        f'{n}: Operation[Answer{n[:20]}] = Operation(\n    name="a",\n'
        f"    security=((\"b\",),),\n    cases=('[\"{n}\"]',),\n)\n\n"
        f"{n}B: Operation[None] = Operation(\n    name={n},\n)\n\n"
    ),
    "method": lambda n: (
        f'class A(B):\n    """W."""\n\n    def {n}(\n        self,\n        *,\n'
        f"        {n}: Sequence[Price] | Unset = UNSET,\n        b: {n} | None,\n"
        f'    ) -> Price:\n        """W."""\n        return self._call(\n'
        f'            {n.upper()},\n            body={{"a": a, "{n}": money({n})}},\n'
        f"        )\n\n\n    async def {n}_b(\n        self\n    ) -> None:\n"
        f'        """W."""\n        return await self._call(\n            {n}\n'
        f"        )\n\n"
    ),
    "pages": lambda n: (
        f'class A(B):\n    """W."""\n\n    def a(self) -> Iterator[{n}]:\n'
        f'        return self._pages(\n            {n},\n            Pages("{n}"),\n'
        f"        )\n"
    ),
    "client": lambda n: (
        f'class A(B):\n    """W."""\n\n    def __init__(self) -> None:\n'
        f"        super().__init__(\n            a=tuple(Server),\n"
        f'            schemes={{\n                "{n}": Key(key={n}, other={n}),\n'
        f'            }},\n        )\n\n    @property\n    def {n}(self) -> {n}Api:\n'
        f'        """W."""\n        from .{n} import {n}Api\n\n'
        f"        return self._resource({n}Api)\n\n    @classmethod\n"
        f"    def b(\n        cls, *, url: str | None = None, b: {n} | None = None\n"
        f'    ) -> Self:\n        return cls(\n            a=a or b({n}, "b") or C.D,\n'
        f'        )\n'
    ),
    "test": lambda n: (
        f'@each(\n    *MADE_UP,\n    Refusal(\n        "{n}",\n        400,\n'
        f'        message="{n} " "b",\n        fields={{"{n}": ("The b.",)}},\n'
        f'        value=Model("{n}", a=[Row(), Row(b=Decimal("1")), Row({n}=-1)]),\n'
        f"    ),\n)\ndef test_{n}_a(calls: Calls, case: MadeUp | Refusal) -> None:\n"
        f"    assert calls.raised({n.upper()}, case) == []\n\n\n"
        f"T{n} = Operation(\n    {n},\n    arguments={{}},\n    body=b'{n}',\n)\n\n"
    ),
    "union": lambda n: (
        f"if TYPE_CHECKING:\n    {n} = {n}A | {n}B | list[{n}]\nelse:\n"
        f'    {n} = union("{n}", {n}A, {n}B)\n\n'
        f"if TYPE_CHECKING:\n    {n} = list[{n}A] | list[B]\nelse:\n"
        f'    {n} = union("{n}", list[{n}A], list[B])\n\n'
    ),
    "import": lambda n: (
        f"from .a import {n}, Other\nfrom .b import (A, {n}, C,)\nfrom c import (D,)\n\n"
        f"if TYPE_CHECKING:\n    from .{n} import Async{n}Api, {n}Api\n\n"
        f"__all__ = [\n]\n\nNAMES = [\n    {n},\n]\n"
    ),
    "docstring": lambda n: (
        f'class A(B):\n    """{n} words.\n    """\n\n    a: int\n    """{n} words.\n'
        f'\n        - deep\n    """\n\n\nclass C(D):\n    """{n}\n\n      - item\n'
        f'        b\n\n    """\n\n\ndef f() -> None:\n    """"{n}" and \\""""\n'
    ),
    "wide": lambda n: (
        f'class A(StrEnum):\n    """{n} größer."""\n\n    A = "{n} ценность"\n'
        f'    B = "{n} 日本語"\n    C = "{n} …"\n'
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_every_width_of_each_shape(name: str) -> None:
    lengths = [*range(1, 40, 7), *range(40, 110)]
    texts = [HEAD + SHAPES[name]("n" * length) for length in lengths]
    asked = sum(map(_compare, texts))
    # Black is for the rare names that leave no room at all.
    assert asked <= len(texts) * 2


def test_short_names_never_need_black() -> None:
    for shape in SHAPES.values():
        assert _compare(HEAD + shape("name_of_it")) == 0


TEXTS = st.text(st.sampled_from("ab \"'\\\n\té日🪲{}()[],#:=|\x00\u2028"), max_size=120)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | TEXTS
    | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(VALUES, TEXTS, st.booleans())
def test_values_of_a_document(value: object, text: str, is_call: bool) -> None:
    shown = literal(value)
    call = f"Model({string(text)}, a={shown})" if is_call else shown
    _compare(
        f"@each(\n    Answer(\n        {string(text)},\n        200,\n        {call},\n"
        f"        body={string(text)} {string(text)},\n    ),\n)\n"
        f"def test_a(calls: Calls, case: Answer) -> None:\n"
        f"    assert calls.returned(A, case) == []\n\n\n"
        f"A = Operation(\n    {string(text)},\n    arguments={call},\n)\n"
    )


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("a\"'\\n\\x41"), max_size=12).map(repr))
def test_quotes(text: str) -> None:
    assert f"{quoted(text)}\n" == _black(f"x = {text}\n")[4:]


def test_columns_of_characters() -> None:
    """What is said about the width of a character is what black says."""
    known = [chr(c) for c in range(32, 0x20000) if breaking.is_known(chr(c))]
    assert len(known) > 30_000
    for character in known:
        width = char_width(character)
        assert fits(character * (88 // width)), character
        assert not fits(character * (88 // width + 1)), character
    with pytest.raises(UnsureError):
        fits("\u0301" * 80)


@pytest.mark.parametrize(
    "text",
    [
        "x = (a)\n",
        "x = 1e+5\n",
        'x = "\\xAB"\n',
        "x = lambda: 0  # {}\n",
        f"x = f(a, b)[0].c({'d' * 80})\n",
        "for a in b:\n    c()\n\nd = [(a)]\n",
    ],
)
def test_what_is_not_known_is_blacks(text: str) -> None:
    _compare(text)
