"""Row 26: what the caller brings along may raise, and changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from generator.runtime._decode import Mismatch

from .support import FLAVORS, HEALTHY, KINDS, calling, faulty


class Raising(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        raise RuntimeError("the disk is full")


@contextmanager
def handler_on(logger: logging.Logger) -> Iterator[None]:
    raising, level = Raising(), logger.level
    logger.addHandler(raising)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(raising)
        logger.setLevel(level)


@KINDS
@FLAVORS
@pytest.mark.parametrize(
    "name", ["generator.runtime", "httpcore2", "httpcore2.http11", "httpx2", "h11"]
)
@pytest.mark.filterwarnings("error")
def test_row_26_a_log_handler_that_raises(flavor: str, kind: str, name: str) -> None:
    with (
        faulty("healthy", "list-for-object") as (server, url),
        calling(flavor, url) as caller,
        handler_on(logging.getLogger(name)),
    ):
        assert caller.call(kind) == HEALTHY
        assert caller.call(kind) == {}
    assert len(server.requests) == 2


@KINDS
@FLAVORS
@pytest.mark.filterwarnings("error")
def test_row_26_a_hook_that_raises(flavor: str, kind: str) -> None:
    def raising(mismatch: Mismatch) -> None:
        raise RuntimeError(mismatch.field)

    with (
        faulty("list-for-object") as (server, url),
        calling(flavor, url, on_mismatch=raising) as caller,
    ):
        assert caller.call(kind) == {}
    assert len(server.requests) == 1


@FLAVORS
def test_row_26_jitter_that_raises(flavor: str) -> None:
    def raising() -> float:
        raise RuntimeError("no luck")

    with (
        faulty("reset", "healthy") as (server, url),
        calling(flavor, url, jitter=raising) as caller,
    ):
        assert caller.call("read") == HEALTHY
    assert len(server.requests) == 2
