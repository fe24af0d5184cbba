"""Check every reference of a document, and load the files that they name.

References are not replaced: `Node.follow` goes along them when somebody asks. What is
checked here is that it will find something, and the right kind of thing. A schema that
is more than its reference is written as the `allOf` that it means.
"""

from __future__ import annotations

from collections import deque
from pathlib import PurePosixPath

from ..diagnostics import Diagnostics, quoted
from ..pointers import join
from .grammar import SECTIONS, Kind, inner
from .labels import describe_place
from .node import Document, Node
from .plain import is_list, is_mapping
from .references import Target
from .schema_ids import Step, step_of
from .source import load_beside, stays_inside
from .suggestions import suggestion

_MOST_SUGGESTIONS = 100
_ADDING = frozenset(
    ("properties", "required", "allOf", "anyOf", "oneOf", "enum", "const")
)
_ARTICLES = {"operation": "an", "example": "an", "encoding": "an"}


def resolve_refs(
    document: Document, diagnostics: Diagnostics, *, lenient: bool
) -> None:
    """Report every reference that leads nowhere, outside, in a circle or astray.

    With `lenient` a reference to nothing is a warning, and what follows it is untyped.
    """
    walk = _Walk(document, diagnostics, lenient=lenient)
    walk.add(document.root, "document")
    walk.run()


class _Walk:
    """A walk over everything that is or may become reachable."""

    def __init__(
        self, document: Document, diagnostics: Diagnostics, *, lenient: bool
    ) -> None:
        self.document = document
        self.diagnostics = diagnostics
        self.lenient = lenient
        self.todo: deque[tuple[Node, Kind]] = deque()
        # Shared values (YAML aliases) are looked at once; this also ends recursion.
        self.seen: set[tuple[int, str, Kind]] = set()
        self.broken_files: set[str] = set()
        self.waiting: list[tuple[Node, Kind, Target]] = []
        self.in_loop: set[Step] = set()
        self.sound: set[Step] = set()
        self.suggestions: dict[tuple[str, Kind], str] = {}

    def add(self, node: Node, kind: Kind) -> None:
        if not is_mapping(node.value):
            return
        # Relative references mean something else in another file.
        mark = (id(node.value), node.file, kind)
        if mark not in self.seen:
            self.seen.add(mark)
            self.todo.append((node, kind))

    def run(self) -> None:
        while self.todo:
            while self.todo:
                node, kind = self.todo.popleft()
                if kind == "schema" and self.document.is_31 and _is_extended(node):
                    self.document.extend(node)
                if node.is_ref:
                    self.check(node, kind)
                for each, inner_kind in inner(node, kind):
                    self.add(each, inner_kind)
            self.retry()
        for node, kind, target in self.waiting:
            self.report_dangling(node, kind, target)

    def retry(self) -> None:
        """Try again what may only resolve now that further files are loaded."""
        waiting, self.waiting = self.waiting, []
        for node, kind, target in waiting:
            self.check_target(node, kind, target)

    def check(self, node: Node, kind: Kind) -> None:
        target = self.document.target_of(node)
        if target.problem:
            self.report_outside(node, target)
            return
        if self.document.root_of(target.file) is None and not self.load(node, target):
            return
        self.check_target(node, kind, target)

    def check_target(self, node: Node, kind: Kind, target: Target) -> None:
        end = self.document.find(target)
        if end is None:
            self.waiting.append((node, kind, target))
            return
        if self.check_loop(node):
            return
        problem = _misfit(end, kind)
        if not problem:
            self.add(end, kind)
            return
        # Any mapping can be read as a schema: one that says nothing is untyped.
        harmless = kind == "schema" and is_mapping(end.value)
        self.report(
            "wrong-reference",
            node,
            f"{quoted(target.text)} is {problem}, and {_a(kind)} is needed here",
            f"point it to {_a(kind)}{_section_hint(kind)}",
            warn=harmless,
        )

    def check_loop(self, node: Node) -> bool:
        """Follow a chain; report the circle that it ends in, once."""
        passed: dict[Step, Node] = {}
        current: Node | None = node
        while current is not None and current.is_ref:
            step = step_of(current)
            if step in self.sound:
                break
            if step in self.in_loop:
                return True
            if step in passed:
                self.report_loop(list(passed)[list(passed).index(step) :], passed)
                return True
            passed[step] = current
            current = self.document.next_of(current)
        self.sound.update(passed)
        return False

    def report_loop(self, steps: list[Step], nodes: dict[Step, Node]) -> None:
        self.in_loop.update(steps)
        # The reference at the end of the circle may stand outside it, so the circle is
        # named by the elements that its references lead to.
        members = [self.document.next_of(nodes[step]) for step in steps]
        places = [node for node in members if node is not None]
        first = min(places, key=lambda node: (node.file, node.tokens))
        start = places.index(first)
        places = places[start:] + places[:start]
        if len(places) == 1:
            message = "this reference leads to itself"
        else:
            chain = " -> ".join(quoted(node.pointer) for node in places[:4])
            more = " -> …" if len(places) > 4 else ""
            message = f"these references lead in a circle: {chain}{more}"
        self.report(
            "reference-loop",
            first,
            message,
            "write out what one of them is meant to be",
        )

    def load(self, node: Node, target: Target) -> bool:
        root = self.document.source
        path = PurePosixPath(target.file)
        if target.file in self.broken_files:
            return False
        if not stays_inside(root, path):
            self.report_outside(node, target)
            return False
        before = len(self.diagnostics)
        source = load_beside(root, path, self.diagnostics)
        if source is not None:
            self.document.add_file(target.file, source)
            return True
        if len(self.diagnostics) > before:  # it is there, and its faults are reported
            self.broken_files.add(target.file)
            return False
        name = quoted(str(PurePosixPath(self.document.name).parent / path))
        self.dangling(
            node,
            f"there is no file {name}",
            "add the file",
        )
        return False

    def report_outside(self, node: Node, target: Target) -> None:
        if target.problem == "remote-reference":
            self.report(
                "remote-reference",
                node,
                f"{quoted(target.text)} is on the network, where nothing is fetched",
                "save it beside the document and refer to the file",
            )
        elif self.document.source.folder is None and not target.problem:
            self.report(
                "outside-reference",
                node,
                f"{quoted(target.text)} is a file, and this document has no folder",
                "read the document from a file, not from standard input",
            )
        else:
            self.report(
                "outside-reference",
                node,
                f"{quoted(target.text)} is outside the document's own folder",
                "copy it into that folder and refer to it by a relative path",
            )

    def report_dangling(self, node: Node, kind: Kind, target: Target) -> None:
        self.dangling(
            node,
            f"nothing is at {quoted(target.text)}",
            self.suggest(target, kind),
        )

    def suggest(self, target: Target, kind: Kind) -> str:
        """Offer a name, for as many as anybody reads: looking for one takes time."""
        wanted = (join(target.tokens, target.file), kind)
        if wanted not in self.suggestions:
            if len(self.suggestions) >= _MOST_SUGGESTIONS:
                return ""
            self.suggestions[wanted] = suggestion(self.document, target, kind)
        return self.suggestions[wanted]

    def dangling(self, node: Node, message: str, help_text: str) -> None:
        if self.lenient:
            self.report("dangling-reference", node, message, help_text, warn=True)
            return
        comma = "" if help_text.endswith("?") else ","
        untyped = "make it untyped with --lenient"
        help_text = f"{help_text}{comma} or {untyped}" if help_text else untyped
        self.report("dangling-reference", node, message, help_text)

    def report(
        self, id: str, node: Node, message: str, help_text: str, *, warn: bool = False
    ) -> None:
        add = self.diagnostics.warning if warn else self.diagnostics.error
        tokens = (*node.tokens, "$ref")
        label = "" if node.file else describe_place(self.document, tokens)
        add(id, message, at=join(tokens, node.file), help=help_text, label=label)


def _is_extended(node: Node) -> bool:
    """Tell whether keywords beside a reference add to it, as OpenAPI 3.1 allows."""
    return node.is_ref and is_mapping(node.value) and bool(_ADDING & node.value.keys())


def _misfit(end: Node, kind: Kind) -> str:
    """Say what stands at the end of a reference, if it can't be what is needed."""
    value = end.value
    if kind == "schema" and isinstance(value, bool):
        return ""
    if not is_mapping(value):
        return _what_it_is(value)
    tokens = end.tokens
    if not end.file and len(tokens) == 3 and tokens[0] == "components":
        actual = SECTIONS.get(tokens[1])
        if actual is not None and actual != kind:
            return _a(actual)
    named = "name" in value and "in" in value
    return "no parameter" if kind == "parameter" and not (end.is_ref or named) else ""


def _what_it_is(value: object) -> str:
    if value is None:
        return "empty"
    if is_list(value):
        return "a list"
    return "a single value"


def _a(kind: Kind) -> str:
    return f"{_ARTICLES.get(kind, 'a')} {kind}"


def _section_hint(kind: Kind) -> str:
    for section, each in SECTIONS.items():
        if each == kind:
            return f", usually one of `#/components/{section}`"
    return ""
