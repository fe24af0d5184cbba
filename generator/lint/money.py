"""Money without a rule: a field that looks like an amount and is no exact decimal.

What is money is never guessed by the client. This rule proposes, a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import ir
from ..model.amounts import likeness
from ..overlay_text import overlay_action
from .fields import named_values
from .findings import Finding, Rule, Subject


def without_rule(subject: Subject) -> Iterator[Finding]:
    """Yield the fields that look like money, with the action that would make them so."""
    seen: set[str] = set()
    for value in named_values(subject.api):
        schema = value.type.pointer
        if schema in seen:
            continue
        if (
            likeness(value.name, value.type, value.example, value.description)
            != "surely"
        ):
            continue
        seen.add(schema)
        kind = "text" if isinstance(value.type, ir.StringType) else "a binary fraction"
        action = f"`{overlay_action(schema, 'x-money: true')}` in an overlay"
        if not schema.startswith("#"):
            action = f"`x-money: true` at {schema}"
        yield Finding(
            value.pointer,
            f"`{value.name}` of {value.operation} looks like money and is {kind}",
            f"if it is: {action}",
        )


RULES: Iterable[Rule] = (
    Rule(
        "money-without-rule",
        "warning",
        "a field looks like money and has neither `format: decimal` nor `x-money`",
        "as a float it loses digits, as text it is easily turned into one",
        "decide, and write the proposed action into an overlay; ignore what is no money",
        without_rule,
    ),
)
