"""Views to text: fills the templates. Sees `view` and nothing else of the generator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2

from .view import Flavor, ModuleView, PackageView, TestModuleView

FLAVORS = (
    Flavor("", "def", "", "Resource", "Client", "Iterator"),
    Flavor(
        "Async", "async def", "await ", "AsyncResource", "AsyncClient", "AsyncIterator"
    ),
)


class Templates:
    """The environment in which templates are filled."""

    def __init__(self, *folders: Path) -> None:
        """Take templates from the first folder that has them."""
        # Text of a document is data here and never a template; the output is Python and
        # Markdown, for which HTML escaping would be wrong.
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folders),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )
        self._environment.filters = {"indent": self._environment.filters["indent"]}

    def module(self, module: ModuleView) -> str:
        """Return the text of one module of types and operations."""
        return self._fill("tag.py.j2", module=module, flavors=FLAVORS)

    def client(self, package: PackageView) -> str:
        """Return the text of `client.py`."""
        return self._fill("client.py.j2", package=package, flavors=FLAVORS)

    def init(self, package: PackageView) -> str:
        """Return the text of the package's `__init__.py`."""
        return self._fill("package.py.j2", package=package)

    def index(self, package: PackageView) -> str:
        """Return the text of `API.md`."""
        return self._fill("api.md.j2", package=package)

    def tests(self, module: TestModuleView) -> str:
        """Return the text of one module of generated tests."""
        return self._fill("test_tag.py.j2", module=module)

    def conftest(self, package: PackageView) -> str:
        """Return the text of the `conftest.py` that the user gets once."""
        return self._fill("conftest.py.j2", package=package)

    def _fill(self, name: str, **values: Any) -> str:
        return self._environment.get_template(name).render(**values)
