"""Real revisions of WhiteBIT's document, and what is known of the changes between them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator import pipeline
from generator.config import Config
from generator.diff import Comparison, Finding, Revision, compare

from .command import ROOT, SHARED

REVISIONS = SHARED / "whitebit" / "revisions"
OVERLAY = ROOT / "spec" / "overlay-published.yaml"

# The rules that say what a row of the truth says.
_RULES: dict[str, str] = {
    "server.url.changed": "server-changed",
    "response.error.body.added": "error-body-added",
    "response.property.removed": "(response|error)-field-removed",
    "response.property.added": "(response|error)-field-added",
    "response.property.renamed": "response-field-renamed",
    "response.property.type_changed": "response-type-changed",
    "response.property.deprecated": "response-deprecated",
    "response.status.error.added": "error-status-added",
    "response.status.error.changed": "error-status-changed",
    "response.status.success.changed": "success-status-changed",
    "request.property.removed": "request-field-removed",
    "request.property.renamed": "request-field-renamed",
    "request.property.required.renamed": "request-field-renamed",
    "request.property.added.optional": "request-field-added",
    "request.property.became_required": "request-field-required",
    "request.property.max.increased": "request-limit-loosened",
    "request.property.default.changed": "request-default-changed",
    "request.property.type_changed.client_supplied": "request-supplied",
    "error.example.added": "reason-added",
    "error.example.key_changed": "reason-field",
    "error.example.text_changed": "reason-text",
    "error.example.code_changed": "reason-code|error-code",
    "error.example.restructured": "reason-(added|removed|renamed)",
    "operation.added": "operation-added",
    "security.requirement.added": "security-stated",
    "security.scheme.added": "security-stated",
    "spec.defect.introduced": "request-undeclared",
    "Xprose.unit.changed": "response-unit",
}
# Said of many places at once, or of none: nothing to match but that nothing breaks.
_ALL_OVER = frozenset({"security"})


@dataclass(frozen=True)
class Scored:
    """One row of the truth, and what the comparison says of it."""

    row: dict[str, Any]
    operation: str
    field: str
    findings: Sequence[Finding]

    @property
    def found(self) -> bool:
        return bool(self.findings)

    @property
    def wire(self) -> bool:
        wire: bool = self.row["wire_breaking"]
        return all(finding.wire_breaking == wire for finding in self.findings)

    @property
    def surface(self) -> bool:
        surface: bool = self.row["surface_breaking"]
        return any(finding.surface_breaking for finding in self.findings) == surface


def truth() -> list[dict[str, Any]]:
    """Return the pairs and their rows."""
    pairs: list[dict[str, Any]] = json.loads((REVISIONS / "truth.json").read_text())
    return pairs


@lru_cache(maxsize=3)
def revision(name: str) -> Revision:
    """Return one revision, as the published overlay corrects it."""
    return pipeline.revision(
        Config(
            spec=str(REVISIONS / name),
            overlays=(str(OVERLAY),),
            package="client",
            client="Exchange",
        )
    )


def compared(old: str, new: str) -> Comparison:
    """Compare two revisions."""
    return compare(revision(old), revision(new))


def parseable() -> list[str]:
    """Return the revisions that can be read, in order."""
    return sorted(f.name for f in REVISIONS.glob("*.yaml") if f.name[:3] != "026")


def score(pair: dict[str, Any], found: Comparison) -> Iterator[Scored]:
    """Yield every row of a pair, once for each operation that it names."""
    known = {name for finding in found.findings for name in finding.operations}
    for row in pair["changes"]:
        if row["side"] == "none":
            continue
        pattern = re.compile(_RULES[row["kind"]])
        own = [f for f in found.findings if pattern.fullmatch(f.rule)]
        # The side of a server is its own, and a defect stands where it stands.
        if row["side"] not in ("spec", *_ALL_OVER) and "server" not in row["kind"]:
            own = [f for f in own if f.side == row["side"]]
        location = row["location"].replace("WithdrawRequest.", "createWithdrawPay .")
        joint = "," if row["side"] == "spec" else ";"
        for part in location.split(joint):
            named = [w for w in _NAME.findall(part) if w in known or _is_operation(w)]
            for operation in dict.fromkeys(named) or [""]:
                for field in _fields(part):
                    yield Scored(row, operation, field, _fitting(own, operation, field))


_NAME = re.compile(r"\b[a-z]+[A-Z]\w*\b")


def _fields(part: str) -> list[str]:
    """Return the names of fields that a part of a location speaks of, as they were."""
    found = []
    for chunk in part.split(","):
        names = re.findall(r"\.([A-Za-z_]\w*)", chunk.split("->")[0])
        found += names[-1:]
    return found if found and "components." not in part else [""]


def _fitting(own: list[Finding], operation: str, field: str) -> list[Finding]:
    return [
        f
        for f in own
        if (not operation or operation in f.operations)
        and (not field or f"{field}`" in f.message)
    ]


_VERBS = (
    *("get", "create", "close", "update", "withdrawFrom", "issue", "refund"),
    *("transfer", "sub", "list", "apply", "set"),
)


def _is_operation(word: str) -> bool:
    return word.startswith(_VERBS)


def path_of(name: str) -> Path:
    """Return the file of a revision."""
    return REVISIONS / name
