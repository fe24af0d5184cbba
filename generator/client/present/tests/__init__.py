"""Generated tests: the examples of a document as cases, values in Python's words.

`samples` builds values from schemas, `passed` writes what a caller passes and what
travels for it, `returned` what a caller gets for an answer; `requests`, `answers` and
`refusals` make the cases of an operation, `modules` puts them together.
"""

from .modules import present_tests

__all__ = ["present_tests"]
