"""Refusals that stand in descriptions only: error bodies in fences, tables of codes.

Read where they can mean nothing else: in accordions whose title speaks of errors, and in
the descriptions of refusing responses. A list like `- 1: INVEST` in the description of an
operation is an enum and no refusal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_ACCORDION = re.compile(
    r"<Accordion\b[^>]*\btitle=[\"'](?P<title>[^\"']*)[\"'][^>]*>(?P<body>.*?)</Accordion>",
    re.DOTALL,
)
_FENCE = re.compile(
    r"^(?P<indent>[ \t]*)```(?:json)?[ \t]*\n(?P<text>.*?)\n[ \t]*```[ \t]*$",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_BOLD = re.compile(r"\*\*(?P<text>[^*\n]+)\*\*:?\s*")
_STATUS = re.compile(r"\((?P<status>[45]\d\d)\)")
# "- 5 - not enough balance", with a hyphen or a dash, and the lines it goes on in.
_ROW = re.compile(
    r"^[ \t]*[-*+][ \t]+`?(?P<code>\d{1,6})`?[ \t]*[-\u2013\u2014:=][ \t]+"
    r"(?P<text>\S.*(?:\n(?![ \t]*[-*+][ \t])[ \t]+\S.*)*)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Fence:
    """An error body in a description."""

    body: Any  # {"code": 0, "message": "Transaction not refundable"}
    heading: str  # API disabled for region; empty without a bold line above it
    status: int  # 422; 0 where the heading does not say


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of codes."""

    code: int  # 5
    text: str  # not enough balance


# "- **Limit reached** — on field `amount`", and the lines it goes on in.
_OUTCOME = re.compile(
    r"^[ \t]*[-*+][ \t]+\*\*(?P<text>[^*\n]+)\*\*"
    r"(?P<rest>.*(?:\n(?![ \t]*[-*+][ \t])[ \t]+\S.*)*)",
    re.MULTILINE,
)
_ACCEPTED = re.compile(r"\b(?:request|call|order)\s+is\s+accepted\b", re.IGNORECASE)


def outcomes(text: str) -> Iterator[str]:
    """Yield refusals that are described in words only: `- **Limit reached** — on …`.

    What is accepted and stopped later is no refusal: no answer tells of it.
    """
    for match in _OUTCOME.finditer(text):
        if not _ACCEPTED.search(match["rest"]):
            yield match["text"].strip()


def error_accordions(description: str) -> Iterator[str]:
    """Yield the bodies of accordions about errors."""
    for match in _ACCORDION.finditer(description):
        if "error" in match["title"].lower():
            yield match["body"]


def fences(text: str) -> Iterator[Fence]:
    """Yield the JSON objects in fences; what is no JSON is an illustration."""
    end = 0
    for match in _FENCE.finditer(text):
        above = text[end : match.start()].rstrip().rsplit("\n", 1)[-1].strip()
        end = match.end()
        try:
            body = json.loads(match["text"])
        except (ValueError, RecursionError):
            continue
        if not isinstance(body, dict) or "result" in body:
            continue  # `{"result": null, "error": …}` comes inside a success
        bold = _BOLD.fullmatch(above)
        heading = bold["text"] if bold else ""
        stated = _STATUS.search(heading)
        yield Fence(
            body,
            _STATUS.sub("", heading).strip(" :"),
            int(stated["status"]) if stated else 0,
        )


def rows(text: str) -> Iterator[Row]:
    """Yield the rows of tables of codes: `- 5 - not enough balance`."""
    for match in _ROW.finditer(_FENCE.sub("", text)):
        yield Row(int(match["code"]), " ".join(match["text"].split()))
