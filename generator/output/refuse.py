"""Stops a run that would overwrite or delete what is not its own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ..errors import UsageError
from .lock import Lock
from .plan import Plan, State


def refuse_file(folder: Path) -> None:
    """Raise `UsageError` if a file stands where the folder or one above it has to be."""
    with suppress(
        OSError
    ):  # what can't be looked at is complained about when it's read
        place = next(one for one in (folder, *folder.parents) if one.exists())
        if not place.is_dir():
            raise UsageError(
                f"{place} is a file, not a folder",
                "give --output another folder, or move the file away",
            )


def refuse_blocked(plan: Plan) -> None:
    """Raise `UsageError` if a file holds work of a person."""
    if not plan.blocked:
        return
    listed = "\n".join(f"  {c.path}: {c.state.value}" for c in plan.blocked)
    raise UsageError(
        f"nothing was written, because it would overwrite other work:\n{listed}",
        "move your changes elsewhere (an overlay, a subclass), or overwrite the files"
        " with --force",
    )


def refuse_other_package(plan: Plan, lock: Lock | None, package: str) -> None:
    """Raise `UsageError` if a client would be deleted because another takes its folder."""
    old = str(lock.options.get("package", "")) if lock is not None else ""
    gone = [change.path for change in plan.of(State.EXTRA)]
    if old != package and any(path.startswith(f"{old}/") for path in gone):
        raise UsageError(
            f"nothing was written: {plan.folder} holds the client `{old}`, which would be"
            f" deleted, as this one is called `{package}`",
            f"give --output another folder; or delete {plan.folder / old} yourself, if"
            f" `{package}` is to take its place",
        )
