"""Findings as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from ..diagnostics import Diagnostic, Position, Severity, visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True, slots=True)
class RuleText:
    """What is known of a rule beside its findings."""

    severity: Severity
    summary: str
    why: str
    help: str


def sarif_data(
    found: Iterable[Diagnostic],
    rules: Mapping[str, RuleText],
    version: str,
    folder: Path,
) -> dict[str, Any]:
    """Return a log of one run; names of files are relative to a folder."""
    findings = list(found)
    first: dict[str, Diagnostic] = {}
    for each in findings:
        first.setdefault(each.id, each)
    ids = {id_: index for index, id_ in enumerate(sorted(first))}
    driver = {
        "name": "openapi-vendor",
        "version": version,
        "semanticVersion": version,
        "rules": [_rule(id_, first[id_], rules.get(id_)) for id_ in ids],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, ids[each.id], folder) for each in findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(id_: str, example: Diagnostic, known: RuleText | None) -> dict[str, Any]:
    """Return what a viewer shows of a rule; a finding of it lends what is not known."""
    summary = known.summary if known else id_.replace("-", " ")
    rule: dict[str, Any] = {
        "id": id_,
        "shortDescription": {"text": summary},
        "defaultConfiguration": {
            "level": known.severity if known else example.severity
        },
    }
    if known:
        rule["fullDescription"] = {"text": f"{summary}: {known.why}"}
    advice = known.help if known else visible(example.help)
    if advice:
        rule["help"] = {"text": advice}
    return rule


def _result(each: Diagnostic, index: int, folder: Path) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if each.position is not None:
        location["physicalLocation"] = _physical(each.position, folder)
    if each.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": each.pointer}]
    result: dict[str, Any] = {
        "ruleId": each.id,
        "ruleIndex": index,
        "level": each.severity,
        "message": {"text": _message(each)},
        # The place and not the line: a finding stays the same when lines move.
        "partialFingerprints": {"place/v1": _fingerprint(each)},
    }
    if location:
        result["locations"] = [location]
    return result


def _message(each: Diagnostic) -> str:
    text = visible(each.message)
    if each.help:
        text += f"\nhelp: {visible(each.help)}"
    # Viewers make a link of `[text](target)`; text of a document is to be none.
    return text.replace("](", "] (")


def _physical(where: Position, folder: Path) -> dict[str, Any]:
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": _uri(where.file, folder)},
    }
    if where.line:
        physical["region"] = {
            "startLine": where.line,
            "startColumn": where.column,
            "endColumn": where.end_column,
        }
    return physical


def _uri(file: str, folder: Path) -> str:
    """Return a relative reference where the file is below the folder, else a URI."""
    path = PurePath(file)
    if path.is_absolute():
        if not path.is_relative_to(folder):
            return path.as_uri()
        path = path.relative_to(folder)
    return quote(path.as_posix())


def _fingerprint(each: Diagnostic) -> str:
    place = each.pointer or (each.position.file if each.position else "")
    text = f"{each.id}\n{place}\n{each.message}"
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
