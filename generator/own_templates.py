"""Templates of the project's own: where they are, and what is said when one fails.

They win over the built-in ones of the same name. What a template receives is not stable,
so that a failure is to be expected one day, and is no fault of the generator.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2

from .errors import GeneratorError, UsageError

__all__ = ["complaining", "own_templates"]

_HELP = (
    "compare it with the built-in template of the same name: those change at any time"
)


def own_templates(folder: str) -> tuple[Path, ...]:
    """Return the folder of the project's own templates, if it has one."""
    if not folder:
        return ()
    if not Path(folder).is_dir():
        raise UsageError(
            f"{folder} is no folder with templates",
            "correct `templates` in the configuration, or take it out",
        )
    return (Path(folder),)


@contextmanager
def complaining(folder: str) -> Iterator[None]:
    """Say where a template of the project's own failed; any other one is a fault here."""
    try:
        yield
    except jinja2.TemplateError as error:
        if not folder:
            raise
        raise UsageError(f"{_place(error)}: {error.message}", _HELP) from error
    except GeneratorError as error:  # it rendered, and the text is no Python
        if not folder:
            raise
        raise UsageError(
            f"with the templates of {folder}, what was rendered can't be formatted:"
            f" {error}",
            _HELP,
        ) from error


def _place(error: jinja2.TemplateError) -> str:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename.endswith(".j2")]
    return f"{inside[-1].filename}:{inside[-1].lineno}" if inside else "a template"
