"""A plan to disk: every file, or none."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from ..errors import UsageError
from .plan import Change, Plan, State

_SUFFIX = ".openapi-vendor-new"


def publish(plan: Plan) -> None:
    """Write what changed and delete what is stale.

    All files are written beside their targets first; only when every one is complete are
    they moved into place. If a move fails, what was moved is put back.
    """
    writes = [c for c in plan.changes if c.after is not None and c.after != c.before]
    removals = [c for c in plan.changes if c.after is None]
    prepared: list[tuple[Path, Path]] = []
    done: list[Change] = []
    made: list[Path] = []
    try:
        for change in writes:
            target = plan.folder / change.path
            _make_folder(target.parent, made)
            prepared.append((target.with_name(target.name + _SUFFIX), target))
            _prepare(prepared[-1][0], change)
        for (new, target), change in zip(prepared, writes, strict=True):
            new.replace(target)
            done.append(change)
        for change in removals:
            (plan.folder / change.path).unlink(missing_ok=True)
            done.append(change)
    except OSError as error:
        _put_back(plan.folder, done)
        for new, _ in prepared:
            new.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):  # something of another's lies in it meanwhile
                folder.rmdir()
        raise UsageError(
            f"{plan.folder} can't be written: {error}",
            "nothing was changed; generate again once that is mended",
        ) from error
    for change in removals:
        _drop_empty(plan.folder, (plan.folder / change.path).parent)


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it; `made` gets the new ones, outermost first."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        made.append(each)
    folder.mkdir(exist_ok=True)  # complains where a file is in the way


def _prepare(new: Path, change: Change) -> None:
    assert change.after is not None
    with new.open("wb") as stream:
        stream.write(change.after)
        stream.flush()
        os.fsync(stream.fileno())


def _put_back(folder: Path, done: list[Change]) -> None:
    for change in done:
        target = folder / change.path
        if change.before is None:
            target.unlink(missing_ok=True)
        else:
            target.write_bytes(change.before)


def _drop_empty(top: Path, folder: Path) -> None:
    """Remove folders that a removal left empty, up to the output folder itself."""
    while folder != top and folder.is_dir():
        leftovers = [entry for entry in folder.iterdir() if entry.name != "__pycache__"]
        if leftovers:
            return
        for cache in folder.iterdir():
            for compiled in cache.iterdir():
                compiled.unlink()
            cache.rmdir()
        folder.rmdir()
        folder = folder.parent


def summary(plan: Plan) -> str:
    """Return what a run did, in one line: `12 written, 1 removed, 3 unchanged`."""
    removed = len(plan.of(State.EXTRA, State.EDITED_EXTRA))
    unchanged = len(plan.of(State.UNCHANGED))
    written = len(plan.changes) - removed - unchanged
    return f"{written} written, {removed} removed, {unchanged} unchanged"
