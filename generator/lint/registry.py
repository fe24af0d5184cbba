"""All rules, and what they say of a document. Also the source of `docs/lint-rules.md`."""

from __future__ import annotations

from ..diagnostics import Diagnostic, Diagnostics
from . import (
    conflicts,
    examples,
    free_form,
    kinds,
    leftovers,
    limits,
    money,
    reasons,
)
from .findings import Rule, Subject

# Found by other stages, and no less worth knowing.
_TOLD_ELSEWHERE = (
    Rule(
        "overlay-no-match",
        "warning",
        "the target of an overlay's action matches nothing",
        "the correction is not applied: the vendor mended the document, or moved it",
        "correct the target, or remove the action",
        None,
    ),
    Rule(
        "unmatched-reason",
        "warning",
        "an entry of `x-reasons` means no refusal",
        "the vendor reworded the text, and the reason has another name than before",
        "write the name that the words make now, or remove the entry",
        None,
    ),
    Rule(
        "wrong-default",
        "warning",
        "a default is not of the type of its schema",
        "what happens to calls that leave the value out is anybody's guess",
        "correct the default or the type, in an overlay if need be",
        None,
    ),
    Rule(
        "unmatched-ignore",
        "warning",
        "an entry of the ignore list matches no finding",
        "it hides the next finding that comes to its place",
        "remove the entry, or correct its `rule` or `at`",
        None,
    ),
)
RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        *examples.RULES,
        *conflicts.RULES,
        *money.RULES,
        *free_form.RULES,
        *limits.RULES,
        *leftovers.RULES,
        *reasons.RULES,
        *kinds.RULES,
        *_TOLD_ELSEWHERE,
    )
}


def lint_model(subject: Subject, diagnostics: Diagnostics) -> None:
    """Report the findings of every rule, each under the rule's id."""
    for rule in RULES.values():
        for finding in rule.check(subject) if rule.check is not None else ():
            diagnostics.add(
                Diagnostic(
                    rule.id,
                    rule.severity,
                    finding.message,
                    finding.pointer,
                    help=finding.help,
                )
            )
