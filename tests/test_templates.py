"""What a template may say (`templates/README.md`): layout, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2
import pytest
from jinja2 import nodes

from tests.support.command import ROOT

TEMPLATES = ROOT / "templates"

READS = {
    nodes.Template: "the template",
    nodes.TemplateData: "text",
    nodes.Output: "a field",
    nodes.Getattr: "a field",
    nodes.Name: "a name",
    nodes.For: "a loop",
    nodes.If: "a condition",
    nodes.Include: "a part",
    nodes.With: "the argument of a part",
    nodes.Const: "the name of a part",
    nodes.Filter: "indent",
}


def _templates() -> list[str]:
    names = (file.relative_to(TEMPLATES) for file in TEMPLATES.rglob("*.j2"))
    return sorted(name.as_posix() for name in names)


def _complaints(text: str) -> Iterator[str]:
    for node in jinja2.Environment().parse(text).find_all(nodes.Node):
        kind = type(node)
        if kind not in READS:
            yield kind.__name__
        elif isinstance(node, nodes.Filter) and node.name != "indent":
            yield f"the filter {node.name}"
        elif isinstance(node, nodes.For) and (node.test or node.recursive):
            yield "a loop with a condition"
        elif isinstance(node, nodes.If | nodes.With):
            said = [node.test] if isinstance(node, nodes.If) else node.values
            if any(isinstance(one, nodes.Const) for one in said):
                yield "a constant"


@pytest.mark.parametrize("name", _templates())
def test_a_template_holds_layout_only(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert text.startswith("{# "), "the first line says what it receives"
    assert list(_complaints(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "{% set a = b %}",
        "{% if a == 1 %}{% endif %}",
        "{{ a | join(', ') }}",
        "{{ a.upper() }}",
        "{{ f(a) }}",
        "{{ a ~ b }}",
        "{{ 'x' if a else 'y' }}",
        "{% for a in b if a.c %}{% endfor %}",
        "{% macro m(a) %}{% endmacro %}",
        "{{ a[0] }}",
        "{% if a is none %}{% endif %}",
    ],
)
def test_what_a_template_may_not_say_is_found(text: str) -> None:
    assert list(_complaints(text))
