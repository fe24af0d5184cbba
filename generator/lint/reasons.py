"""Rules about documented refusals: can a caller tell them apart, and by stable names?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ..model import ir
from ..model.called import called
from ..overlay_text import overlay_action
from ..runtime._reasons import normal
from .findings import Finding, Rule, Subject, listed

# What refusals without a name are made of: one, several.
_SOURCES = {
    "single": ("an example without a name", "examples without a name"),
    "fence": ("a body in a description", "bodies in a description"),
    "row": ("a row of a code table", "rows of a code table"),
}


def names_from_prose(subject: Subject) -> Iterator[Finding]:
    """Yield a finding an operation: one action of an overlay names all its refusals."""
    for operation in subject.api.operations:
        given = {case.name for case in operation.errors if case.given}
        made = {
            case.name: case.source
            for case in reversed(operation.errors)
            if case.name not in given
        }
        if not made:
            continue
        names = list(reversed(made))
        action = overlay_action(operation.pointer, f"x-reasons: {_mapping(names)}")
        is_one = len(names) == 1
        yield Finding(
            operation.pointer,
            f"{'one reason' if is_one else f'{len(names)} reasons'} of"
            f" {called(operation)} {'is' if is_one else 'are'} named after words of the"
            f" document: {listed(f'`{name}`' for name in names)}"
            f" ({_made_of(list(made.values()))})",
            f"{'it changes' if is_one else 'they change'} with the words; give"
            f" {'it a name' if is_one else 'them names'} in an overlay, or keep"
            f" {'this one' if is_one else 'these'}: `{action}`",
        )


def _mapping(names: Iterable[str]) -> str:
    return json.dumps({name: name for name in names}, ensure_ascii=False)


def _made_of(sources: list[str]) -> str:
    return ", ".join(
        f"{sources.count(source)} {several}" if sources.count(source) > 1 else one
        for source, (one, several) in _SOURCES.items()
        if source in sources
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
        shown = {case.name for case in operation.errors if case.source != "row"}
        for outcome in operation.outcomes:
            if outcome.name in shown:
                continue
            yield Finding(
                outcome.pointer,
                f"`{outcome.text}` of {called(operation)} is described in prose only:"
                " no example shows its answer",
                "such an answer has no `reason`; once you have seen one, add it in an"
                f" overlay under `examples`, with the name `{outcome.name}`",
            )


def _said(case: ir.ErrorCase) -> object:
    if not case.messages:
        return repr(case.body)
    return frozenset((field, normal(text)) for field, text in case.messages)


RULES: Iterable[Rule] = (
    Rule(
        "reason-from-prose",
        "note",
        "refusals of an operation have no names and are called by their own words",
        "code that names the reason breaks when the vendor rewords the text",
        "give them names by `x-reasons` on the operation, in an overlay; a name whose"
        " text is reworded later is an `unmatched-reason`",
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
        "add the named example in an overlay once you have seen such an answer",
        outcomes_without_words,
    ),
)
