"""What can go wrong and is no fault of the document."""

from __future__ import annotations


class GeneratorError(Exception):
    """A fault of the generator itself; the text says what to report."""


class UsageError(Exception):
    """The command line, the configuration or the output folder can't be used as it is."""

    def __init__(self, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.help = help_
