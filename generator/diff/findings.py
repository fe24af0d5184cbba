"""What a comparison finds: single changes, and findings made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..model import ir

Side = Literal["request", "response", "errors", "operation", "server", "security"]
Kind = Literal["breaking", "compatible", "review", "docs"]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """One document as far as the wire goes."""

    api: ir.Api
    constraints: Mapping[str, Mapping[str, Any]]  # {"#/…/limit": {"maximum": 100}}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference at one place of one operation."""

    rule: str  # request-field-renamed
    side: Side
    old: str  # JSON pointer in the old document; empty where it is not there
    new: str
    name: str = ""  # uniqueId
    before: str = ""  # uniqueId, string, 100
    after: str = ""  # unique_id, integer, 500
    old_path: Path | None = ()  # ("data", "transactionId"), from body or answer down
    new_path: Path | None = ()
    old_http: str = ""  # POST /api/v4/main-account/codes
    new_http: str = ""
    operation: str = ""  # createCode
    confidence: float | None = None  # of a rename


@dataclass(frozen=True, slots=True)
class PythonChange:
    """What happens to one Python symbol of the client."""

    change: Literal["added", "removed", "changed"]
    symbol: str  # codes.create_code(unique_id)
    before: str  # str | Unset = UNSET; empty if it was added
    after: str
    breaking: bool  # code that uses the client can fail, to run or to type-check


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands in one of the documents."""

    pointer: str  # #/paths/~1a/post; empty where it is not there
    file: str = ""  # spec/main_api_v4.yaml
    line: int = 0  # 2585


@dataclass(frozen=True, slots=True)
class Finding:
    """Changes with one cause."""

    rule: str
    kind: Kind
    operations: tuple[str, ...]  # ("createCode",), in the document's order
    side: Side
    wire_breaking: bool
    surface_breaking: bool
    python: tuple[PythonChange, ...]
    message: str  # `uniqueId` is called `unique_id` now
    old: Place
    new: Place
    places: int = 1  # how many places changed in the same way

    @property
    def breaking(self) -> bool:
        """Whether a caller can fail on it, on the wire or in Python."""
        return self.wire_breaking or self.surface_breaking


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two documents."""

    old: str  # spec/main_api_v4.yaml, or HEAD~1:spec/main_api_v4.yaml
    new: str
    findings: tuple[Finding, ...]

    @property
    def breaking(self) -> bool:
        """Whether any finding is breaking."""
        return any(finding.breaking for finding in self.findings)
