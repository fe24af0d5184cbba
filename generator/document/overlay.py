"""OpenAPI Overlay 1.0: local corrections, laid over a document that stays untouched.

Where an element came from is remembered, so that a complaint about something that an
overlay wrote is shown in the overlay.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics import Diagnostics, quoted
from .faults import DEEPEST
from .jsonpath import Location, PathError
from .node import Document
from .overlay_file import Action, OverlayReader
from .plain import copy_plain, is_deep, is_list, is_mapping
from .shape import describe_value
from .source import Source

_Tokens = tuple[str, ...]
_Origin = tuple[Source, _Tokens]


def apply_overlays(
    document: Document, overlays: Sequence[Source], diagnostics: Diagnostics
) -> Document:
    """Apply the files in order; return a new document and leave the old one alone.

    An action with `x-document` is for the document with that title only.
    """
    if not overlays:
        return document
    title = document.root.child("info")
    name = title.text("title") if title is not None else ""
    work = _Work(document)
    for source in overlays:
        reader = OverlayReader(source, diagnostics)
        for action in reader.actions(name, document.source):
            work.apply(action, reader)
        if is_deep(work.data, DEEPEST):
            message = (
                f"with this overlay there are more than {DEEPEST} levels of nesting"
            )
            reader.report("error", "too-deep", (), message, "put less into each other")
            return document
    return Document(document.source, data=work.data, origins=work.origins)


class _Work:
    """The data while actions change it, and where each changed element comes from."""

    def __init__(self, document: Document) -> None:
        self.source = document.source
        self.data = copy_plain(document.root.value)
        self.origins: dict[_Tokens, _Origin] = dict(document.origins)

    def apply(self, action: Action, reader: OverlayReader) -> None:
        try:
            matches = action.query(self.data)
        except PathError as error:
            reader.error(
                (*action.tokens, "target"),
                f"the target fails: {error}",
                "write a simpler one: `$.paths['/a'].get`, `$..schema`",
            )
            return
        if not matches:
            reader.report(
                "warning",
                "overlay-no-match",
                (*action.tokens, "target"),
                f"nothing in the document matches {quoted(action.target)}",
                "correct the target, or remove the action if the vendor mended it",
            )
        elif action.remove:
            self.remove([location for location, _ in matches], action, reader)
        elif action.has_update:
            for location, value in matches:
                self.update(_tokens(location), value, action, reader)

    def update(
        self, tokens: _Tokens, value: object, action: Action, reader: OverlayReader
    ) -> None:
        update = action.update
        if is_list(value):
            items = value
            place = (*tokens, str(len(items)))
            items.append(copy_plain(update))
            self.set_origin(place, action.source, action.update_tokens)
        elif is_mapping(value) and is_mapping(update):
            self.merge(
                tokens,
                value,
                update,
                action,
            )
        elif is_mapping(value):
            reader.error(
                action.update_tokens,
                f"the target is a mapping, and the update is {describe_value(update)}",
                "give a mapping with the keys to set",
            )
        else:
            reader.error(
                (*action.tokens, "target"),
                f"the target is {describe_value(value)}: only mappings and lists can"
                " be updated",
                "target the mapping around it and give the key a new value",
            )

    def merge(
        self,
        tokens: _Tokens,
        into: dict[str, object],
        update: dict[str, object],
        action: Action,
    ) -> None:
        """Mappings are merged, lists put together, everything else is replaced."""
        todo = [(tokens, into, update, action.update_tokens)]
        while todo:
            place, old_mapping, new_mapping, written = todo.pop()
            for key, new in new_mapping.items():
                here, there = (*place, key), (*written, key)
                old = old_mapping.get(key)
                if is_mapping(old) and is_mapping(new):
                    todo.append(
                        (
                            here,
                            old,
                            new,
                            there,
                        )
                    )
                elif is_list(old) and is_list(new):
                    items = old
                    for index, each in enumerate(new):
                        at = (*here, str(len(items)))
                        items.append(copy_plain(each))
                        self.set_origin(at, action.source, (*there, str(index)))
                else:
                    if isinstance(old, dict | list):
                        self.forget(here)
                    old_mapping[key] = copy_plain(new)
                    self.set_origin(here, action.source, there)

    def remove(
        self, locations: list[Location], action: Action, reader: OverlayReader
    ) -> None:
        # What is inside goes before what is around it, the last item before the first.
        for location in sorted(set(locations), key=_depth_first, reverse=True):
            if not location:
                reader.error(
                    (*action.tokens, "target"),
                    "the whole document can't be removed",
                    "target a part of it",
                )
                return
            parent = self.value_at(location[:-1])
            key = location[-1]
            tokens = _tokens(location)
            if is_mapping(parent):
                del parent[str(key)]
                self.forget(tokens)
            elif is_list(parent) and isinstance(key, int):
                items = parent
                self.shift(tokens[:-1], key, len(items))
                del items[key]

    def value_at(self, location: Location) -> object:
        value = self.data
        for key in location:
            if is_mapping(value):
                value = value[str(key)]
            elif is_list(value):
                value = value[int(key)]
        return value

    def set_origin(self, place: _Tokens, source: Source, written: _Tokens) -> None:
        self.origins[place] = (source, written)

    def origin(self, place: _Tokens) -> _Origin:
        for length in range(len(place), -1, -1):
            found = self.origins.get(place[:length])
            if found is not None:
                return found[0], found[1] + place[length:]
        return self.source, place

    def forget(self, place: _Tokens) -> None:
        """Drop what is known about an element that is gone, and all inside it."""
        length = len(place)
        for known in [each for each in self.origins if each[:length] == place]:
            del self.origins[known]

    def shift(self, place: _Tokens, removed: int, count: int) -> None:
        """Let the items behind a removed one keep the place where they were written."""
        length = len(place)
        moved: dict[_Tokens, _Origin] = {}
        for index in range(removed + 1, count):
            moved[(*place, str(index - 1))] = self.origin((*place, str(index)))
        for known, origin in list(self.origins.items()):
            if len(known) > length and known[:length] == place:
                index = int(known[length])
                if index >= removed:
                    del self.origins[known]
                if index > removed:
                    after = (*place, str(index - 1), *known[length + 1 :])
                    moved[after] = origin
        self.origins.update(moved)


def _tokens(location: Location) -> _Tokens:
    return tuple(str(key) for key in location)


def _depth_first(location: Location) -> tuple[int, tuple[int, ...]]:
    """Deep places last; among equals by index, so that reversed order is safe."""
    indexes = tuple(key if isinstance(key, int) else -1 for key in location)
    return len(location), indexes
