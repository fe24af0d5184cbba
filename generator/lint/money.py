"""Money without a rule: a field that looks like an amount and is no exact decimal.

What is money is never guessed by the client. This rule proposes, a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.called import called
from ..overlay_text import overlay_action
from .findings import Finding, Rule, Subject

ID = "money-without-rule"


def without_rule(subject: Subject) -> Iterator[Finding]:
    """Yield the fields that look like money, with the action that would make them so."""
    for value in subject.undecided:
        kind = "text" if value.is_text else "a binary fraction"
        action = f"`{overlay_action(value.schema, 'x-money: true')}` in an overlay"
        if not value.schema.startswith("#"):
            action = f"`x-money: true` at {value.schema}"
        who = called(value.operation)
        yield Finding(
            value.pointer,
            f"`{value.name}` of {who} looks like {value.looks} and is {kind}",
            f"if it is: {action}",
        )


RULES: Iterable[Rule] = (
    Rule(
        ID,
        "warning",
        "a field looks like money and has neither `format: decimal` nor `x-money`",
        "as a float it loses digits, as text it is easily turned into one",
        "decide, and write the proposed action into an overlay; ignore what is no money",
        without_rule,
    ),
)
