"""A document as it stood at a commit: `git-ref:path`, for instance `HEAD~1:spec/api.yaml`.

The path may be that of a folder or an index of pages too. What can't be read as a file and
has a colon in it is asked of git. Files that the document refers to come from the same
commit; they are laid out in a folder that is gone afterwards.
"""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ..diagnostics import Diagnostics, quoted
from .index import is_index
from .inputs import load_document, load_folder, load_index
from .source import Source, read_source

_ELSEWHERE = re.compile(rb"\$ref[\"']?\s*:\s*[\"']?(?!#)[^\s\"'#]")


def is_revision(spec: str) -> bool:
    """Tell whether a name is that of a file at a commit."""
    ref, colon, path = spec.partition(":")
    return bool(colon and ref and path) and not Path(spec).exists()


@contextmanager
def opened(
    spec: str, diagnostics: Diagnostics, prefer: Sequence[str] = ()
) -> Iterator[Source | None]:
    """Read a document or its pages as they are, or at a commit; None if it can't be."""
    if not is_revision(spec):
        yield load_document(spec, diagnostics, prefer)
        return
    path = spec.partition(":")[2]
    place, content = _found(*spec.split(":", 1))
    if content is None:
        _complain(spec, diagnostics)
        yield None
        return
    is_folder = _git("cat-file", "-t", place) == b"tree\n"
    around = place if is_folder else _around(place)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        needed = is_folder or is_index(path) or _refers(content)
        archive = _archive(around) if needed else None
        if archive is not None:
            with tarfile.open(fileobj=io.BytesIO(archive)) as files:
                files.extractall(folder, filter="data")
        if is_folder:
            yield load_folder(folder, spec, diagnostics, prefer)
        elif is_index(path):
            file = folder / PurePosixPath(path).name
            yield load_index(file, spec, diagnostics, prefer)
        else:
            yield read_source(content, spec, diagnostics, folder=folder)


def _found(ref: str, path: str) -> tuple[str, bytes | None]:
    """Return a file or a folder at a commit, as git names it, and what is in it.

    A path begins at the top of the repository, or where the command runs.
    """
    commit = _commit(ref)
    for start in ("", "./"):
        place = f"{commit}:{start}{path}"
        content = _git("show", place) if commit else None
        if content is not None:
            return place, content
    return "", None


def _commit(ref: str) -> str:
    """Return what a name stands for in git, nothing where it stands for nothing."""
    named = _git("rev-parse", "--verify", "--quiet", "--end-of-options", ref)
    return named.decode().strip() if named else ""


def _complain(spec: str, diagnostics: Diagnostics) -> None:
    ref, _, path = spec.partition(":")
    if _commit(ref):
        what = f"at {quoted(ref)} there is no {quoted(path)}"
        help_ = "is the document newer than that, or was it elsewhere? name that place"
    else:
        what = (
            f"there is no {quoted(spec)}: no such file, and git knows no such revision"
        )
        help_ = (
            "name a file, or `git-ref:path` inside a repository; a shallow clone lacks"
            " other branches: fetch the one to compare with"
        )
    diagnostics.error("unknown-revision", what, help=help_)


def _around(place: str) -> str:
    """Return the folder of a file at a commit, as git names it."""
    commit, _, path = place.partition(":")
    start = "./" if path.startswith("./") else ""
    folder = PurePosixPath(path).parent.as_posix()
    return f"{commit}:{start}{'' if folder == '.' else folder}"


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
