"""An Overlay file to its actions; what is wrong with the file is said at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from ..diagnostics import Diagnostics, Severity, quoted
from ..pointers import join
from ..spelling import near
from .jsonpath import PathError, Query, compile_path
from .plain import is_list, is_mapping
from .shape import describe_value
from .source import Source

_NO_EFFECT = "overlay-no-effect"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_VERSION = re.compile(r"1\.0(?:\.[0-9]+)?")
_KEYS = ("overlay", "info", "extends", "actions")
_ACTION_KEYS = ("target", "description", "update", "remove")


@dataclass(frozen=True, slots=True)
class Action:
    """One change."""

    source: Source
    tokens: tuple[str, ...]  # ("actions", "3")
    target: str  # $.paths['/a'].get
    query: Query
    remove: bool
    has_update: bool
    update: object

    @property
    def update_tokens(self) -> tuple[str, ...]:
        """Where the update stands in the overlay."""
        return (*self.tokens, "update")


class OverlayReader:
    """Reads one overlay file and reports what is wrong with it."""

    def __init__(self, source: Source, diagnostics: Diagnostics) -> None:
        self.source = source
        self.diagnostics = diagnostics

    def actions(self, title: str, document: Source) -> Iterator[Action]:
        """The actions that are meant for a document with this title."""
        data = self.source.data
        if not is_mapping(data):
            self.error(
                (),
                f"an overlay must be a mapping, and is {describe_value(data)}",
                "begin it with `overlay: 1.0.0`, `info:` and `actions:`",
            )
            return
        overlay = data
        known = len(self.diagnostics)
        self.check_head(overlay)
        self.check_extends(overlay, document)
        actions = overlay.get("actions")
        if not is_list(actions):
            what = "has no `actions`"
            if "actions" in overlay:
                what = f"needs a list of `actions`, not {describe_value(actions)}"
            help_text = "write `actions:` and below it `- target: …` with `update: …`"
            self.error(("actions",), f"the overlay {what}", help_text)
            return
        if not actions and len(self.diagnostics) == known:
            help_text = "write an action, or leave the overlay out"
            message = "the overlay has no action"
            self.report("warning", _NO_EFFECT, ("actions",), message, help_text)
        for index, value in enumerate(actions):
            action = self.action(value, ("actions", str(index)), title)
            if action is not None:
                yield action

    def check_head(self, overlay: dict[str, object]) -> None:
        """Check everything above the actions."""
        version = overlay.get("overlay")
        text = str(version) if isinstance(version, float) else version
        if not isinstance(text, str) or not _VERSION.fullmatch(text):
            message = "the file has no `overlay` with the version"
            if "overlay" in overlay:
                message = f"Overlay {quoted(version)} is not supported"
            self.error(("overlay",), message, "write `overlay: 1.0.0`")
        info = overlay.get("info")
        if not is_mapping(info):
            self.error(("info",), "the overlay has no `info`", _INFO)
        else:
            for key in ("title", "version"):
                if key not in info:
                    self.error(("info",), f"`info` has no `{key}`", _INFO)
        self.check_keys(overlay, _KEYS, ())

    def check_extends(self, overlay: dict[str, object], document: Source) -> None:
        """Compare the document that is named with the one that is read.

        By the name of the file: the same document stands elsewhere when it is read from
        a commit, and what a URL was saved as nobody knows.
        """
        extends = overlay.get("extends")
        if extends is None and "extends" not in overlay:
            return
        if not isinstance(extends, str) or not extends:
            message = "`extends` must name the document that is corrected"
            self.error(("extends",), message, "give its path, or leave it out")
            return
        wanted = PurePosixPath(unquote(extends.partition("#")[0])).name
        own = PurePosixPath(document.name).name
        if _SCHEME.match(extends) or document.folder is None or wanted == own:
            return
        self.report(
            "warning",
            "overlay-other-document",
            ("extends",),
            f"the overlay is for {quoted(extends)} and is laid over {quoted(own)}",
            "lay it over the document that it names, or correct `extends`",
        )

    def check_keys(
        self, mapping: dict[str, object], known: Sequence[str], tokens: tuple[str, ...]
    ) -> bool:
        """Report unknown keys, which would change nothing without a word."""
        unknown = [
            key for key in mapping if key not in known and not key.startswith("x-")
        ]
        for key in unknown:
            meant = near(key, known)
            self.error(
                (*tokens, key),
                f"an overlay knows no {quoted(key)}",
                (
                    f"did you mean `{meant}`?"
                    if meant
                    else f"it knows {', '.join(known)}, and names that begin with `x-`"
                ),
            )
        return not unknown

    def action(
        self, value: object, tokens: tuple[str, ...], title: str
    ) -> Action | None:
        """Read one action; None if it is wrong or for another document."""
        if not is_mapping(value):
            self.error(
                tokens,
                f"an action must be a mapping, not {describe_value(value)}",
                "write `target: …`, and `update: …` or `remove: true`",
            )
            return None
        mapping = value
        known = self.check_keys(mapping, _ACTION_KEYS, tokens)
        only_for = mapping.get("x-document", title)
        if not isinstance(only_for, str):
            self.error(
                (*tokens, "x-document"),
                "`x-document` must be the title of a document",
                "write the `title` in the `info` of the document that is meant",
            )
            return None
        target = mapping.get("target")
        if not isinstance(target, str):
            self.error(
                (*tokens, "target"),
                "the action has no `target`",
                "write a JSONPath, for example `$.paths['/a'].get`",
            )
            return None
        remove = mapping.get("remove", False)
        if not isinstance(remove, bool):
            self.error(
                (*tokens, "remove"),
                "`remove` must be true or false",
                "write `remove: true`, or leave it out",
            )
            return None
        query = self.query(target, tokens)
        if query is None or not known or only_for != title:
            return None
        if "update" not in mapping and not remove:
            self.report(
                "warning",
                _NO_EFFECT,
                tokens,
                "the action changes nothing",
                "give it `update`, or `remove: true`",
            )
        return Action(
            self.source,
            tokens,
            target,
            query,
            remove,
            "update" in mapping,
            mapping.get("update"),
        )

    def query(self, target: str, tokens: tuple[str, ...]) -> Query | None:
        """Compile a target; None if it is wrong."""
        try:
            return compile_path(target)
        except PathError as error:
            self.error(
                (*tokens, "target"),
                f"{quoted(target)} is no JSONPath: {error}",
                "write it as RFC 9535 says: `$.paths['/a'].get`, `$..schema`",
            )
        return None

    def error(self, tokens: tuple[str, ...], message: str, help_text: str) -> None:
        """Report that the file is wrong."""
        self.report("error", "wrong-overlay", tokens, message, help_text)

    def report(
        self,
        severity: Severity,
        id: str,
        tokens: tuple[str, ...],
        message: str,
        help_text: str,
    ) -> None:
        """Report something at its place in the overlay."""
        add = (
            self.diagnostics.error if severity == "error" else self.diagnostics.warning
        )
        add(
            id,
            message,
            at=join(tokens, self.source.name),
            help=help_text,
            position=self.source.locate(tokens),
        )


_INFO = "write `info: {title: What it corrects, version: '1'}`"
