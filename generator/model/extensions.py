"""An overlay's own words that can't be read, or that meet nothing: left out, and said."""

from __future__ import annotations

from ..diagnostics import Diagnostics, quoted
from ..document.node import Node
from ..document.plain import is_mapping
from ..document.shape import describe_value
from . import ir

MONEY = "x-money"


def misread(stated: Node, takes: str, example: str, diagnostics: Diagnostics) -> None:
    """Report a value that isn't what its extension takes."""
    found = f"is {describe_value(stated.value)}"
    if stated.value and is_mapping(stated.value):
        found = f"has {', '.join(map(quoted, stated.value))}"
    diagnostics.warning(
        "wrong-extension",
        f"`{stated.key}` takes {takes}, and {found}: left out",
        at=stated.pointer,
        help=f"write `{stated.key}: {example}`",
    )


def check_money(node: Node, type_: ir.Type, diagnostics: Diagnostics) -> None:
    """Report what `x-money` says of a schema that did not become an amount."""
    stated = node.child(MONEY)
    if stated is None or stated.value is False:
        return
    if stated.value is not True:
        misread(stated, "true or false", "true", diagnostics)
    elif not _has_amount(type_):
        diagnostics.warning(
            "unmatched-money",
            f"`{MONEY}` has no effect here: only a plain text or number is an amount",
            at=stated.pointer,
            help="say it on the schema of the text or number itself",
        )


def _has_amount(type_: ir.Type) -> bool:
    match type_:
        case ir.NullableType():
            return _has_amount(type_.inner)
        case ir.UnionType():
            return any(map(_has_amount, type_.options))
        case _:
            return isinstance(type_, ir.DecimalType)
