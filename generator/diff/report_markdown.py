"""Findings as Markdown, for a changelog or a pull request. Empty when nothing changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import visible
from .findings import Comparison, Finding
from .semver import advise
from .wording import KINDS, TITLES, listed, of_kind

_SPECIAL = re.compile(r"([\\*_\[\]<>|#~&!])")
_MOST = 12


def render_markdown(comparison: Comparison) -> str:
    """Return a section a kind, a bullet a finding."""
    if not comparison.findings:
        return ""
    lines = [f"Suggested version: **{advise(comparison)}**", ""]
    for kind in KINDS:
        found = of_kind(comparison, kind)
        if found:
            lines += [f"### {TITLES[kind]}", ""]
            for finding in found:
                lines += _bullet(finding)
            lines.append("")
    return "\n".join(lines)


def _bullet(finding: Finding) -> Iterator[str]:
    where = f" — {_text(listed(finding.operations))}" if finding.operations else ""
    yield f"- {_text(visible(finding.message))}{where} (`{finding.rule}`)"
    for change in finding.python[:_MOST]:
        before, after = _code(change.before), _code(change.after)
        text = {
            "added": f"new: {after}",
            "removed": f"gone: {before}",
            "changed": f"{before} → {after}",
        }[change.change]
        mark = "**breaking** " if change.breaking else ""
        yield f"  - {mark}{_code(change.symbol)} {text}"
    if len(finding.python) > _MOST:
        yield f"  - … {len(finding.python) - _MOST} more symbols"


def _text(text: str) -> str:
    """Escape what Markdown would read, outside of the code in backticks."""
    parts = text.split("`")
    # Backticks of the document: an odd one, or several that stand together and end at
    # as many only, so that what looks like code here is none to who reads Markdown.
    if len(parts) % 2 == 0 or "``" in text:
        return _SPECIAL.sub(r"\\\1", text.replace("`", "'"))
    return "`".join(
        part if index % 2 else _SPECIAL.sub(r"\\\1", part)
        for index, part in enumerate(parts)
    )


def _code(text: str) -> str:
    return f"`{visible(text).replace('`', chr(39))}`" if text else ""
