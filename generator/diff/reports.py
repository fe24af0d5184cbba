"""The formats that a comparison can be printed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .findings import Comparison
from .report_github import render_github
from .report_html import render_html
from .report_json import render_json
from .report_markdown import render_markdown
from .report_text import render_all, render_text

__all__ = ["FORMATS", "render_all"]

FORMATS: Mapping[str, Callable[[Comparison], str]] = {
    "text": render_text,
    "markdown": render_markdown,
    "json": render_json,
    "html": render_html,
    "github": render_github,
}
