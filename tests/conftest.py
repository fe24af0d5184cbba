"""Packages that several tests use, generated once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import WITHOUT_SHARED
from tests.support.packages import OVERLAY, SPECS, make_package
from tests.support.six import make_six

# Expected output: it is compared, and run by `test_cases_run` with the runtime beside it.
collect_ignore = ["cases"]


@pytest.fixture(scope="session")
def published_main(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client of the exchange's published main document."""
    spec = SPECS / "main_api_v4.yaml"
    if not spec.exists():
        pytest.skip(WITHOUT_SHARED)
    folder = tmp_path_factory.mktemp("published")
    return make_package(spec, folder, "published_main", "--overlay", OVERLAY)


@pytest.fixture(scope="session")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the clients of the six published documents, side by side."""
    if not SPECS.exists():
        pytest.skip(WITHOUT_SHARED)
    return make_six(tmp_path_factory.mktemp("six"))
