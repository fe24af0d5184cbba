"""A document as it stood at a commit: `git-ref:path`, for instance `HEAD~1:spec/api.yaml`.

What can't be read as a file and has a colon in it is asked of git. Files that the document
refers to come from the same commit; they are laid out in a folder that is gone afterwards.
"""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ..diagnostics import Diagnostics, quoted
from .source import Source, load, read_source

_ELSEWHERE = re.compile(rb"\$ref[\"']?\s*:\s*[\"']?(?!#)[^\s\"'#]")


def is_revision(spec: str) -> bool:
    """Tell whether a name is that of a file at a commit."""
    ref, colon, path = spec.partition(":")
    return bool(colon and ref and path) and not Path(spec).exists()


@contextmanager
def opened(spec: str, diagnostics: Diagnostics) -> Iterator[Source | None]:
    """Read a file, standard input or a file at a commit; None if that can't be done."""
    if not is_revision(spec):
        yield load(spec, diagnostics)
        return
    tree, content = _found(*spec.split(":", 1))
    if content is None:
        diagnostics.error(
            "unknown-revision",
            f"there is no {quoted(spec)}: no such file, and git knows no such revision",
            help="name a file, or `git-ref:path` inside a repository",
        )
        yield None
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        archive = _archive(tree) if _refers(content) else None
        if archive is not None:
            with tarfile.open(fileobj=io.BytesIO(archive)) as files:
                files.extractall(folder, filter="data")
        yield read_source(content, spec, diagnostics, folder=folder)


def _found(ref: str, path: str) -> tuple[str, bytes | None]:
    """Return the folder of a file at a commit, as git names it, and what is in the file.

    A path begins at the top of the repository, or where the command runs.
    """
    named = _git("rev-parse", "--verify", "--quiet", "--end-of-options", ref)
    commit = named.decode().strip() if named else ""
    for start in ("", "./"):
        content = _git("show", f"{commit}:{start}{path}") if commit else None
        if content is not None:
            folder = PurePosixPath(path).parent.as_posix()
            return f"{commit}:{start}{'' if folder == '.' else folder}", content
    return "", None


def _archive(folder: str) -> bytes | None:
    """Return the files below a folder at a commit, wherever the command runs."""
    tree, top = _git("rev-parse", folder), _git("rev-parse", "--show-toplevel")
    if tree is None or top is None:
        return None
    place = top.decode().rstrip("\n")
    return _git("-C", place, "archive", "--format=tar", tree.decode().strip())


def _refers(content: bytes) -> bool:
    return _ELSEWHERE.search(content) is not None


def _git(*arguments: str) -> bytes | None:
    """Return what git prints; None without git, a repository or such a thing."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
