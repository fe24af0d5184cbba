"""Run a handler until somebody ends it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

from .http import Handler, serve

__all__ = ["run"]


def run(handler: Handler, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until an interrupt or a termination signal; `ready` gets the address."""
    asyncio.run(_run(handler, host, port, ready))


async def _run(
    handler: Handler, host: str, port: int, ready: Callable[[str], None]
) -> None:
    loop = asyncio.get_running_loop()
    end = asyncio.Event()
    async with serve(handler, host=host, port=port) as server:
        for one in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(one, end.set)
            except NotImplementedError:  # Windows
                signal.signal(one, lambda *_: loop.call_soon_threadsafe(end.set))
        ready(server.url)
        await end.wait()
