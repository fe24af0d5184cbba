"""The command in a project, and how it ended."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.support.command import run

FILE = "spec/api.yaml"
DOCUMENT = (
    b"# The vendor's own words.\nopenapi: 3.0.3\ninfo: {title: B, version: '1'}\n\
paths: {/a: {get: {responses: {'200': {description: A.}}}}}\n"
)


class Done:
    """How a `pull` ended."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        assert "Traceback" not in self.err, self.err


def pull(folder: Path, *arguments: str, **env: str) -> Done:
    known = {"XDG_CACHE_HOME": str(folder / "cache"), **env}
    given = arguments if "--spec" in arguments else (*arguments, "--spec", FILE)
    return Done(run("pull", *given, cwd=folder, env=known))
