"""Rules about documented refusals: can a caller tell them apart, and by stable names?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import ir
from ..runtime._reasons import normal
from .findings import Finding, Rule, Subject, called

_SOURCES = {
    "single": "an example without a name",
    "fence": "a body in a description",
    "row": "a row of a code table",
}


def names_from_prose(subject: Subject) -> Iterator[Finding]:
    """Yield the refusals that are named after their own words."""
    for operation in subject.api.operations:
        seen: set[str] = set()
        for case in operation.errors:
            if case.given or case.name in seen:
                continue
            seen.add(case.name)
            yield Finding(
                case.pointer,
                f"reason `{case.name}` of {called(operation)} is made of words:"
                f" it comes from {_SOURCES[case.source]}",
                "it changes when the vendor rewords it; pin it in an overlay:"
                f" `x-reasons: {{{case.name}: yourName}}` on the operation",
            )


def indistinguishable(subject: Subject) -> Iterator[Finding]:
    """Yield pairs of refusals that no answer can tell apart."""
    for operation in subject.api.operations:
        first: dict[object, ir.ErrorCase] = {}
        for case in operation.errors:
            if case.source == "row":
                continue
            key = (case.status, case.code, _said(case))
            other = first.setdefault(key, case)
            if other.name != case.name:
                yield Finding(
                    case.pointer,
                    f"`{case.name}` and `{other.name}` of {called(operation)} have the"
                    f" same status, code and words (the other one: {other.pointer})",
                    "answers like this give no `reason` but both in `reasons`; drop one"
                    " of the examples, or name both the same by `x-reasons`",
                )


def outcomes_without_words(subject: Subject) -> Iterator[Finding]:
    """Yield outcomes that are described, but not in a way that an answer can match."""
    for operation in subject.api.operations:
        for outcome in operation.outcomes:
            yield Finding(
                outcome.pointer,
                f"`{outcome.text}` of {called(operation)} is described in prose only:"
                " no example shows its answer",
                "such an answer has no `reason`; add an example in an overlay once you"
                " have seen one",
            )


def _said(case: ir.ErrorCase) -> object:
    if not case.messages:
        return repr(case.body)
    return frozenset((field, normal(text)) for field, text in case.messages)


RULES: Iterable[Rule] = (
    Rule(
        "reason-from-prose",
        "note",
        "a refusal without a name is named after its own words",
        "code that names the reason breaks when the vendor rewords the text",
        "pin the name by `x-reasons` on the operation, in an overlay",
        names_from_prose,
    ),
    Rule(
        "indistinguishable-reasons",
        "warning",
        "two refusals that no answer can tell apart",
        "such an answer has no `reason`, only both in `reasons`",
        "drop one of the examples, or name both the same by `x-reasons`",
        indistinguishable,
    ),
    Rule(
        "outcome-without-words",
        "note",
        "an outcome beside the success is described in prose only",
        "nothing of an answer can be compared with it, so it has no `reason`",
        "add an example in an overlay once you have seen one",
        outcomes_without_words,
    ),
)
