"""Faults in the copied runtime: errors, statuses, signatures, branches."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from .source import Mutant, Operator, Source, calls


def _runtime(*names: str) -> Callable[[Operator], Operator]:
    """Limit an operator to modules of the runtime."""

    def limited(operator: Operator) -> Operator:
        def only(source: Source) -> Iterator[Mutant]:
            if source.name in names:
                yield from operator(source)

        only.__doc__ = operator.__doc__
        only.__name__ = operator.__name__
        return only

    return limited


@_runtime("_interpret.py", "_refusal.py", "_failures.py", "_decode.py", "_call.py")
def swallowed_error(source: Source) -> Iterator[Mutant]:
    """An error that is not raised."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield source.change("swallowed-error", node, "return None")


@_runtime("errors.py", "_error.py", "_interpret.py", "_refusal.py")
def wrong_status(source: Source) -> Iterator[Mutant]:
    """A status in another family."""
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Constant)
            and type(node.value) is int
            and 200 <= node.value <= 599
        ):
            yield source.change("wrong-status", node, str(node.value + 7))


@_runtime("_whitebit.py")
def wrong_signature(source: Source) -> Iterator[Mutant]:
    """A header or a field of the signature that is missing or different."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Expr) and "set_header" in source.of(node):
            yield source.change("wrong-signature", node, "pass")
        if isinstance(node, ast.FunctionDef) and node.name == "apply":
            for inner in ast.walk(node):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    text = source.of(inner)
                    is_word = text.startswith('"') and len(text) > 4 and " " not in text
                    if is_word:
                        yield source.change("wrong-signature", inner, f'{text[:-1]}x"')
    for call in calls(source, "b64encode", "encode_json"):
        yield source.change(
            "wrong-signature", call, f"{source.of(call.args[0])} or b''"
        )


@_runtime("_encode.py", "_prepare.py", "_money.py", "_words.py", "_pages.py")
def wrong_branch(source: Source) -> Iterator[Mutant]:
    """The other branch of what makes requests, amounts, words and pages."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.If):
            text = source.of(node.test)
            yield source.change("wrong-branch", node.test, f"not ({text})")
