"""Rules about documented refusals: can a caller tell them apart, and by stable names?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import ir
from ..runtime._reasons import normal
from .findings import Finding, Rule

_SOURCES = {
    "single": "an example without a name",
    "fence": "a body in a description",
    "row": "a row of a code table",
}


def names_from_prose(api: ir.Api) -> Iterator[Finding]:
    """Yield the refusals that are named after their own words."""
    for operation in api.operations:
        seen: set[str] = set()
        for case in operation.errors:
            if case.given or case.name in seen:
                continue
            seen.add(case.name)
            yield Finding(
                case.pointer,
                f"reason `{case.name}` of {_called(operation)} is made of words:"
                f" it comes from {_SOURCES[case.source]}",
                "it changes when the vendor rewords it; pin it in an overlay:"
                f" `x-reasons: {{{case.name}: yourName}}` on the operation",
            )


def indistinguishable(api: ir.Api) -> Iterator[Finding]:
    """Yield pairs of refusals that no answer can tell apart."""
    for operation in api.operations:
        first: dict[object, ir.ErrorCase] = {}
        for case in operation.errors:
            if case.source == "row":
                continue
            key = (case.status, case.code, _said(case))
            other = first.setdefault(key, case)
            if other.name != case.name:
                yield Finding(
                    case.pointer,
                    f"`{case.name}` and `{other.name}` of {_called(operation)} have the"
                    f" same status, code and words (the other one: {other.pointer})",
                    "answers like this give no `reason` but both in `reasons`; drop one"
                    " of the examples, or name both the same by `x-reasons`",
                )


def outcomes_without_words(api: ir.Api) -> Iterator[Finding]:
    """Yield refusals that are described, but not in a way that an answer can match."""
    for operation in api.operations:
        for outcome in operation.outcomes:
            yield Finding(
                outcome.pointer,
                f"{_called(operation)} may be refused as `{outcome.text}`, and the document"
                " gives neither a body nor a code for it",
                "such an answer has no `reason`; add an example in an overlay once you"
                " have seen one",
            )


def _called(operation: ir.Operation) -> str:
    return operation.operation_id or f"{operation.method} {operation.path}"


def _said(case: ir.ErrorCase) -> object:
    if not case.messages:
        return repr(case.body)
    return frozenset((field, normal(text)) for field, text in case.messages)


RULES: Iterable[Rule] = (
    Rule(
        "reason-from-prose",
        "a refusal without a name is named after its own words",
        names_from_prose,
    ),
    Rule(
        "indistinguishable-reasons",
        "two refusals that no answer can tell apart",
        indistinguishable,
    ),
    Rule(
        "outcome-without-words",
        "a refusal that is described without body and code",
        outcomes_without_words,
    ),
)
