"""All rules, and what they say of a model."""

from __future__ import annotations

from ..diagnostics import Diagnostics
from ..model import ir
from . import kinds, reasons
from .findings import Rule

RULES: tuple[Rule, ...] = (*reasons.RULES, *kinds.RULES)


def lint_model(api: ir.Api, diagnostics: Diagnostics) -> None:
    """Report the findings of every rule as warnings, each under the rule's id."""
    for rule in RULES:
        for finding in rule.check(api):
            diagnostics.warning(
                rule.id, finding.message, at=finding.pointer, help=finding.help
            )
