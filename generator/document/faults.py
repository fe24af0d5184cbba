"""What a reader of text finds wrong, as offsets into the text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding of a reader; `source` turns it into a diagnostic."""

    id: str  # duplicate-key
    message: str  # the key `/a` stands twice in this mapping
    start: int  # 118, offset of the first character
    end: int  # 120, behind the last one
    help: str = ""  # remove one of them
    path: tuple[str, ...] = ()  # ("paths", "/a")
    label: str = ""  # the first one is in line 5


class UnreadableError(Exception):
    """The text can't be read past this fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


DEEPEST = 250  # levels of nesting: far above real documents, far below Python's limit
LONGEST_NUMBER = 4300  # digits; Python's own limit for reading an integer
