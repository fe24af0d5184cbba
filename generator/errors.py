"""What can go wrong and is no fault of the document."""

from __future__ import annotations


class GeneratorError(Exception):
    """A fault of the generator itself; the text says what to report."""


class UsageError(Exception):
    """The command line, the configuration or the output folder can't be used as it is."""

    def __init__(self, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.help = help_


def unreadable(file: object, error: Exception) -> UsageError:
    """Return what is said of a file that can't be read."""
    return UsageError(
        f"{file} can't be read: {_why(error)}",
        "it has to be a file of text in UTF-8 that you may read",
    )


def unwritable(file: object, error: OSError) -> UsageError:
    """Return what is said of a file that can't be written."""
    return UsageError(
        f"{file} can't be written: {_why(error)}",
        "name a file in a folder that is there, and where you may write",
    )


def _why(error: Exception) -> str:
    """Return the reason alone: the name of the file is said already."""
    if isinstance(error, UnicodeDecodeError):
        return f"the byte 0x{error.object[error.start]:02X} is no UTF-8"
    return (isinstance(error, OSError) and error.strerror) or str(error)
