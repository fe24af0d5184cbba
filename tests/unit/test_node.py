"""A node reads what is there, and nothing where nothing is."""

from __future__ import annotations

from .support import Json, document_of, node_at


def test_node_reads_what_is_there() -> None:
    data: Json = {"a": {"t": "x", "n": 1, "yes": True, "list": [1, {"k": None}]}}
    node = node_at(document_of(data), "a")
    assert node.text("t") == "x"
    assert node.text("n", "none") == "none"
    assert node.flag("yes")
    assert not node.flag("t")
    assert [name for name, _ in node.entries()] == ["t", "n", "yes", "list"]
    assert [each.pointer for each in node.elements("list")] == [
        "#/a/list/0",
        "#/a/list/1",
    ]
    assert list(node.entries("t")) == []
    assert list(node.elements("missing")) == []
    assert node.child("missing") is None
    assert node.at("list", 1, "k", "deeper") is None
    assert node.at("list", "1", "k") is not None
    assert node.child("list").child(-1) is None  # type: ignore[union-attr]
