"""Findings as one page that needs nothing but itself: no script, no foreign host."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..diagnostics import visible
from .findings import Comparison, Finding, Kind, PythonChange
from .semver import advise
from .wording import KINDS, TITLES, of_kind, verdicts, where

_STYLE = """
:root { color-scheme: light dark; --line: #d5d9e0; --dim: #5a6372; --back: #f6f7f9;
  --breaking: #b3261e; --review: #8a5a00; --compatible: #1b6e3c; --docs: #4b5563; }
@media (prefers-color-scheme: dark) { :root { --line: #3a404a; --dim: #a3abb8;
  --back: #1d2127; --breaking: #ff8a80; --review: #ffc766; --compatible: #7fd8a0;
  --docs: #b4bbc6; } }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem;
  padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
code { font: .875em ui-monospace, monospace; }
.dim { color: var(--dim); font-size: .875rem; }
nav { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
nav a, nav span { border: 1px solid var(--line); border-radius: .5rem; color: inherit;
  padding: .375rem .75rem; text-decoration: none; }
nav b { font-variant-numeric: tabular-nums; }
article { border: 1px solid var(--line); border-left: .25rem solid; border-radius: .5rem;
  margin: .75rem 0; padding: .75rem 1rem; }
article > h3 { color: CanvasText; font-size: 1rem; margin: 0; }
article > * { color: CanvasText; } article > .dim { color: var(--dim); }
.breaking { border-left-color: var(--breaking); }
.review { border-left-color: var(--review); }
.compatible { border-left-color: var(--compatible); }
.docs { border-left-color: var(--docs); }
details { margin-top: .5rem; } summary { cursor: pointer; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
table { border-collapse: collapse; margin-top: .5rem; table-layout: fixed; width: 100%; }
th:first-child { width: 50%; }
th, td { border-top: 1px solid var(--line); font-size: .875rem; padding: .375rem .5rem
  .375rem 0; text-align: left; vertical-align: top; }
td b { color: var(--breaking); }
@media (max-width: 40rem) { thead { display: none; }
  table, tbody, tr, td { display: block; }
  td { border: 0; padding: 0; }
  tr { border-top: 1px solid var(--line); padding: .375rem 0; }
  td[data-label]::before { color: var(--dim); content: attr(data-label) " "; } }
@media print { details > * { display: block; } }
"""


def render_html(comparison: Comparison) -> str:
    """Return the whole page."""
    title = f"What changed from {comparison.old} to {comparison.new}"
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta http-equiv="Content-Security-Policy"'
            " content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{_text(title)}</title>",
            f"<style>{_STYLE}</style>",
            *_head(comparison),
            *_sections(comparison),
            "</html>",
            "",
        ]
    )


def _head(comparison: Comparison) -> Iterator[str]:
    yield "<header>"
    yield f"<h1>{_text(comparison.new)}</h1>"
    yield f'<div class="dim">compared with {_text(comparison.old)}</div>'
    yield "<nav>"
    for kind in KINDS:
        found = of_kind(comparison, kind)
        if found:
            yield f'<a href="#{kind}"><b>{len(found)}</b> {_label(kind)}</a>'
    if comparison.findings:
        yield f"<span>next version: <b>{advise(comparison)}</b></span>"
    else:
        yield "<span>nothing changed</span>"
    yield "</nav></header>"


def _label(kind: Kind) -> str:
    return TITLES[kind].lower()


def _sections(comparison: Comparison) -> Iterator[str]:
    yield "<main>"
    for kind in KINDS:
        found = of_kind(comparison, kind)
        if found:
            yield f'<section id="{kind}"><h2>{TITLES[kind]}</h2>'
            for finding in found:
                yield from _article(finding, comparison)
            yield "</section>"
    yield "</main>"


def _article(finding: Finding, comparison: Comparison) -> Iterator[str]:
    yield f'<article class="{finding.kind}">'
    yield f"<h3>{_code_in(finding.message)}</h3>"
    yield (
        f'<div class="dim">{finding.side} · {verdicts(finding)} ·'
        f" <code>{_text(finding.rule)}</code></div>"
    )
    yield from _operations(finding)
    if finding.python:
        yield from _python(finding)
    more = f", and {finding.places - 1} more places" if finding.places > 1 else ""
    yield f'<details class="dim"><summary>where{more}</summary><ul>'
    yield f"<li>old <code>{_text(where(finding.old, comparison.old))}</code></li>"
    yield f"<li>new <code>{_text(where(finding.new, comparison.new))}</code></li>"
    yield "</ul></details></article>"


def _operations(finding: Finding) -> Iterator[str]:
    names = [f"<code>{_text(name)}</code>" for name in finding.operations]
    if len(names) > 8:
        yield f"<details><summary>in {len(names)} operations</summary>"
        yield f"<div>{', '.join(names)}</div></details>"
    elif names:
        yield f"<div>in {', '.join(names)}</div>"


def _python(finding: Finding) -> Iterator[str]:
    is_long = len(finding.python) > 8
    if is_long:
        yield f"<details><summary>{len(finding.python)} Python names</summary>"
    yield "<table><thead><tr><th>Python<th>before<th>after</tr></thead><tbody>"
    yield from (_row(change) for change in finding.python)
    yield f"</tbody></table>{'</details>' if is_long else ''}"


def _row(change: PythonChange) -> str:
    mark = " <b>breaks</b>" if change.breaking else ""
    symbol = f"<code>{_text(change.symbol)}</code> {change.change}{mark}"
    cells = [f"<td>{symbol}"]
    for label, text in (("before", change.before), ("after", change.after)):
        shown = f'<td data-label="{label}"><code>{_text(text)}</code>'
        cells.append(shown if text else "<td>")
    return f"<tr>{''.join(cells)}</tr>"


def _code_in(message: str) -> str:
    """Return a message, its backticks turned into code."""
    parts = message.split("`")
    if len(parts) % 2 == 0:
        return _text(message)
    return "".join(
        f"<code>{_text(part)}</code>" if index % 2 else _text(part)
        for index, part in enumerate(parts)
    )


def _text(text: str) -> str:
    return escape(visible(text))
