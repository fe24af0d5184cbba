"""Documented refusals: the error examples of an operation's responses, as cases."""

from __future__ import annotations

from collections.abc import Sequence

from . import ir


def error_cases(responses: Sequence[ir.Response]) -> tuple[ir.ErrorCase, ...]:
    """Return the named error examples of an operation, in the document's order.

    A single example without a name is no case here: it has no name to be told by.
    """
    cases: list[ir.ErrorCase] = []
    for response in responses:
        if not response.status.isdecimal() or int(response.status) < 400:
            continue
        for content in response.content:
            cases += [
                ir.ErrorCase(
                    example.pointer, example.name, int(response.status), example.value
                )
                for example in content.examples
                if example.name
            ]
    return tuple(cases)
