"""What an operation answers: statuses and bodies, of successes and of refusals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import ir
from .findings import Change, Side
from .prose import said
from .types import Types
from .values import examples_of

_Pair = tuple[ir.Response, ir.Response]


class Answers:
    """Compares what two operations answer."""

    def __init__(self, types: Types) -> None:
        self._types = types

    def changes(self, old: ir.Operation, new: ir.Operation) -> Iterator[Change]:
        """Yield what changed for who reads an answer."""
        for refusing in (False, True):
            yield from self._statuses(
                old,
                new,
                [r for r in old.responses if _refuses(r) == refusing],
                [r for r in new.responses if _refuses(r) == refusing],
                "errors" if refusing else "response",
            )

    def _statuses(
        self,
        old: ir.Operation,
        new: ir.Operation,
        olds: Sequence[ir.Response],
        news: Sequence[ir.Response],
        side: Side,
    ) -> Iterator[Change]:
        known = {r.status: r for r in news}
        for one in olds:
            if one.status in known:
                yield from self._both(one, known[one.status], side)
        gone = [r for r in olds if r.status not in known]
        come = [r for r in news if r.status not in {o.status for o in olds}]
        word = "success" if side == "response" else "error"
        for one, other in self._moved(gone, come, side):
            gone.remove(one)
            come.remove(other)
            yield Change(
                f"{word}-status-changed", side, one.pointer, other.pointer,
                one.status, one.status, other.status,
            )  # fmt: skip
            yield from self._both(one, other, side)
        for one in gone:
            yield Change(
                f"{word}-status-removed", side, one.pointer, new.pointer, one.status,
                one.status, new_path=None,
            )  # fmt: skip
        for other in come:
            yield Change(
                f"{word}-status-added", side, old.pointer, other.pointer, other.status,
                "", other.status, old_path=None,
            )  # fmt: skip

    def _moved(
        self, gone: Sequence[ir.Response], come: Sequence[ir.Response], side: Side
    ) -> list[_Pair]:
        """Pair a status that is gone with one that came in its place."""
        if len(gone) != 1 or len(come) != 1:
            return []
        one, other = gone[0], come[0]
        # A refusal is the same one if it has the same body; a success has to be.
        if side == "errors" and not (one.content and self._same(one, other)):
            return []
        return [(one, other)]

    def _same(self, old: ir.Response, new: ir.Response) -> bool:
        first, second = old.content, new.content
        return len(first) == len(second) and all(
            self._types.same(a.type, b.type, "errors")
            for a, b in zip(first, second, strict=True)
        )

    def _both(self, old: ir.Response, new: ir.Response, side: Side) -> Iterator[Change]:
        word = "response" if side == "response" else "error"
        label = f"{old.status}"
        if not old.content and new.content:
            yield Change(
                f"{word}-body-added",
                side,
                old.pointer,
                new.pointer,
                label,
                label,
                label,
            )
        elif old.content and not new.content:
            yield Change(
                f"{word}-body-removed", side, old.pointer, new.pointer, label, label,
                label,
            )  # fmt: skip
        else:
            yield from self._contents(old, new, side)
        for what, before, after in said(old.description, new.description):
            rule = f"{word}-{what}"
            yield Change(rule, side, old.pointer, new.pointer, label, before, after)

    def _contents(
        self, old: ir.Response, new: ir.Response, side: Side
    ) -> Iterator[Change]:
        word = "response" if side == "response" else "error"
        known = {content.media_type: content for content in new.content}
        name = "answer" if side == "response" else f"body of {old.status}"
        for content in old.content:
            twin = known.pop(content.media_type, None)
            if twin is None:
                if side == "response":
                    yield Change(
                        "response-media-removed", side, content.pointer, new.pointer,
                        content.media_type, content.media_type,
                    )  # fmt: skip
                continue
            yield from self._types.changes(content.type, twin.type, side, name)
            if side == "response" and examples_of(content) != examples_of(twin):
                change = self._types.change(
                    "example", side, content.pointer, twin.pointer, name
                )
                yield replace(change, rule=f"{word}-example")
        for content in known.values():
            if side == "response":
                yield Change(
                    "response-media-added", side, old.pointer, content.pointer,
                    content.media_type, "", content.media_type,
                )  # fmt: skip


def _refuses(response: ir.Response) -> bool:
    return response.status[:1] in ("4", "5") or response.status == "default"
