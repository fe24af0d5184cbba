"""Overlays: what they change, and where the changed elements are said to stand."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from generator.diagnostics import Diagnostic, Diagnostics
from generator.document.node import Document
from generator.document.overlay import apply_overlays
from generator.document.source import Source, read_source

SPEC = """\
openapi: 3.0.3
info: {title: Shop, version: '1'}
tags: [{name: a}, {name: b}, {name: c}]
paths:
  /a:
    get:
      summary: old
      tags: [a]
      responses: {'200': {description: fine}}
  /b:
    get: {summary: other, deprecated: true}
"""

HEAD = "overlay: 1.0.0\ninfo: {title: Corrections, version: '1'}\nactions:\n"


def _source(text: str, name: str) -> Source:
    found = Diagnostics()
    source = read_source(text.encode(), name, found)
    assert source is not None, list(found)
    return source


def _apply(*overlays: str, spec: str = SPEC) -> tuple[Document, list[Diagnostic]]:
    document = Document(_source(spec, "spec.yaml"))
    before = deepcopy(document.root.value)
    found = Diagnostics()
    sources = [_source(text, f"overlay{i}.yaml") for i, text in enumerate(overlays)]
    changed = apply_overlays(document, sources, found)
    assert document.root.value == before
    return changed, list(found)


def _changed(actions: str) -> tuple[Document, Any]:
    document, found = _apply(HEAD + actions)
    assert not found
    return document, document.root.value


def _place(document: Document, pointer: str) -> tuple[str, int, str]:
    position = document.locate(pointer)
    assert position is not None
    stretch = position.text[position.column - 1 : position.end_column - 1]
    return position.file, position.line, stretch


def test_mappings_merge_lists_grow_and_the_rest_is_replaced() -> None:
    document, data = _changed(
        "- target: $.paths['/a'].get\n"
        "  update:\n"
        "    summary: new\n"
        "    tags: [z]\n"
        "    responses: {'200': {x-more: 1}, '400': {description: bad}}\n"
    )
    assert data["paths"]["/a"]["get"] == {
        "summary": "new",
        "tags": ["a", "z"],
        "responses": {
            "200": {"description": "fine", "x-more": 1},
            "400": {"description": "bad"},
        },
    }
    get = "#/paths/~1a/get"
    assert _place(document, f"{get}/summary") == ("overlay0.yaml", 6, "new")
    assert _place(document, f"{get}/tags/0") == ("spec.yaml", 8, "a")
    assert _place(document, f"{get}/tags/1") == ("overlay0.yaml", 7, "z")
    answers = f"{get}/responses"
    assert _place(document, answers) == ("spec.yaml", 9, "responses")
    bad = _place(document, f"{answers}/400/description")
    assert bad == ("overlay0.yaml", 8, "bad")
    assert _place(document, f"{answers}/200/description")[0] == "spec.yaml"


def test_an_update_of_a_list_is_appended() -> None:
    document, data = _changed("- {target: $.tags, update: {name: d}}\n")
    assert [each["name"] for each in data["tags"]] == ["a", "b", "c", "d"]
    assert _place(document, "#/tags/3/name") == ("overlay0.yaml", 4, "d")


def test_many_targets_share_nothing() -> None:
    _, data = _changed(
        "- {target: '$.paths.*.get', update: {x-list: {a: []}}}\n"
        "- {target: \"$.paths['/a'].get['x-list'].a\", update: 1}\n"
    )
    assert data["paths"]["/a"]["get"]["x-list"] == {"a": [1]}
    assert data["paths"]["/b"]["get"]["x-list"] == {"a": []}


def test_aliases_of_the_document_are_not_changed_together() -> None:
    spec = SPEC + "x-one: &one {k: 1}\nx-two: *one\n"
    action = "- {target: \"$['x-one']\", update: {k: 2}}\n"
    document, _ = _apply(HEAD + action, spec=spec)
    value: Any = document.root.value
    assert (value["x-one"], value["x-two"]) == ({"k": 2}, {"k": 1})


def test_remove_by_filter_keeps_positions() -> None:
    document, data = _changed(
        "- {target: \"$.tags[?@.name != 'b']\", remove: true, update: {ignored: 1}}\n"
        "- {target: '$.paths.*.get.deprecated', remove: true}\n"
    )
    assert data["tags"] == [{"name": "b"}]
    assert "deprecated" not in data["paths"]["/b"]["get"]
    assert _place(document, "#/tags/0/name") == ("spec.yaml", 3, "b")


def test_positions_survive_adding_and_removing() -> None:
    document, data = _changed(
        "- {target: $.tags, update: {name: d}}\n"
        "- {target: '$.tags[0]', remove: true}\n"
        "- {target: '$.tags[0]', remove: true}\n"
    )
    assert [each["name"] for each in data["tags"]] == ["c", "d"]
    assert _place(document, "#/tags/0/name") == ("spec.yaml", 3, "c")
    assert _place(document, "#/tags/1/name") == ("overlay0.yaml", 4, "d")


def test_remove_what_is_inside_what_is_removed() -> None:
    _, data = _changed("- {target: '$.paths..*', remove: true}\n")
    assert data["paths"] == {}


def test_several_files_in_order() -> None:
    first = HEAD + "- {target: $.info, update: {title: One, x-a: {b: 1}}}\n"
    second = HEAD + "- {target: $.info, update: {title: Two, x-a: 5}}\n"
    document, found = _apply(first, second)
    assert not found
    value: Any = document.root.value
    assert value["info"] == {"title": "Two", "version": "1", "x-a": 5}
    assert _place(document, "#/info/title") == ("overlay1.yaml", 4, "Two")
    assert _place(document, "#/info/x-a") == ("overlay1.yaml", 4, "5")


def test_an_action_for_another_document_is_skipped() -> None:
    document, found = _apply(
        HEAD
        + "- {target: $.nothing, x-document: Other, remove: true}\n"
        + "- {target: $.info, x-document: Shop, update: {x-a: 1}}\n"
    )
    assert not found
    value: Any = document.root.value
    assert value["info"]["x-a"] == 1


_NONE = ("overlay-no-effect", "warning")


@pytest.mark.parametrize(
    ("actions", "id", "severity", "stretch"),
    [
        ("- {target: $.nope, update: {}}", "overlay-no-match", "warning", "$.nope"),
        ("- {target: $.info}", *_NONE, "{"),
        ("- {target: '$.[', update: {}}", "wrong-overlay", "error", "'$.['"),
        ("- {target: 5, update: {}}", "wrong-overlay", "error", "5"),
        ("- {update: {}}", "wrong-overlay", "error", "{"),
        ("- 7", "wrong-overlay", "error", "7"),
        ("- {target: $.info, updat: {}}", "wrong-overlay", "error", "updat"),
        ("- {target: $.info, remove: 'yes'}", "wrong-overlay", "error", "'yes'"),
        ("- {target: $.info, update: [1]}", "wrong-overlay", "error", "update"),
        ("- {target: $.info, update: 1}", "wrong-overlay", "error", "1"),
        ("- {target: $.openapi, update: 1}", "wrong-overlay", "error", "$.openapi"),
        ("- {target: $, remove: true}", "wrong-overlay", "error", "$"),
        ("- {target: $.info, x-document: 1}", "wrong-overlay", "error", "1"),
    ],
)
def test_wrong_actions(actions: str, id: str, severity: str, stretch: str) -> None:
    _, found = _apply(HEAD + actions + "\n")
    assert len(found) == 1
    position = found[0].position
    assert (found[0].id, found[0].severity) == (id, severity)
    assert position is not None
    assert (position.file, position.line) == ("overlay0.yaml", 4)
    shown = position.text[position.column - 1 : position.end_column - 1]
    assert shown.startswith(stretch) or stretch in shown


@pytest.mark.parametrize(
    ("overlay", "message"),
    [
        ("- 1\n", "an overlay must be a mapping"),
        (HEAD.replace("1.0.0", "2.0.0") + " []\n", "Overlay `2.0.0` is not supported"),
        ("info: {title: x, version: y}\nactions: []\n", "no `overlay`"),
        ("overlay: 1.0.0\nactions: []\n", "no `info`"),
        ("overlay: 1.0.0\ninfo: {title: x}\nactions: []\n", "no `version`"),
        ("overlay: 1.0.0\ninfo: {title: x, version: y}\n", "no `actions`"),
        (HEAD[:-1] + " {}\n", "needs a list of `actions`"),
        (HEAD + " []\nacton: 1\n", "knows no `acton`"),
        ("extends: 5\n" + HEAD + " []\n", "`extends` must name"),
    ],
)
def test_wrong_files(overlay: str, message: str) -> None:
    _, found = _apply(overlay)
    assert len(found) == 1
    assert found[0].id == "wrong-overlay"
    assert message in found[0].message
    assert found[0].position is not None


def test_an_overlay_may_not_nest_without_bound() -> None:
    deep = "{a: " * 200 + "1" + "}" * 200
    actions = [f"- {{target: $.info, update: {deep}}}\n"]
    path = "['a']" * 199
    actions.append(f'- {{target: "$.info{path}", update: {deep}}}\n')
    _, found = _apply(HEAD + "".join(actions))
    assert [each.id for each in found] == ["too-deep"]


def test_without_overlays_nothing_is_copied() -> None:
    document = Document(_source(SPEC, "spec.yaml"))
    assert apply_overlays(document, [], Diagnostics()) is document


def test_what_was_replaced_leaves_no_place_behind() -> None:
    at = "{target: \"$.paths['/a'].get\", update: "
    document, value = _changed(
        f"  - {at}{{responses: {{'200': {{description: first}}}}}}}}\n"
        f"  - {at}{{responses: none}}}}\n"
        f"  - {at}{{responses: {{'200': {{description: last}}}}}}}}\n"
    )
    assert value["paths"]["/a"]["get"]["responses"] == {"200": {"description": "last"}}
    pointer = "#/paths/~1a/get/responses/200/description"
    assert _place(document, pointer) == ("overlay0.yaml", 6, "last")
