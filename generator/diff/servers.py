"""Base URLs: of the document, and of an operation that has its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import ir
from .findings import Change


def api_servers(old: ir.Api, new: ir.Api) -> Iterator[Change]:
    """Yield what became of the servers of the document."""
    yield from _servers(old.servers, new.servers, "#/servers")


def operation_servers(
    old: ir.Operation, new: ir.Operation, one: ir.Api, other: ir.Api
) -> Iterator[Change]:
    """Yield what became of the servers of one operation that has its own."""
    if not old.servers and not new.servers:
        return
    before, after = old.servers or one.servers, new.servers or other.servers
    if old.servers and new.servers:
        yield from _servers(before, after, new.pointer)
    elif before and after and not {_url(s) for s in before} & {_url(s) for s in after}:
        yield Change(
            "server-changed", "server", before[0].pointer, after[0].pointer,
            before[0].url, f"<{before[0].url}>", f"<{after[0].url}>",
        )  # fmt: skip


def _servers(
    old: Sequence[ir.Server], new: Sequence[ir.Server], pointer: str
) -> Iterator[Change]:
    before, after = {_url(s): s for s in old}, {_url(s): s for s in new}
    gone = [s for url, s in before.items() if url not in after]
    come = [s for url, s in after.items() if url not in before]
    for one, other in _moved(gone, come):
        yield Change(
            "server-changed", "server", one.pointer, other.pointer, one.url,
            f"<{one.url}>", f"<{other.url}>",
        )  # fmt: skip
    for one in gone:
        yield Change(
            "server-removed", "server", one.pointer, pointer, one.url, f"<{one.url}>",
            new_path=None,
        )  # fmt: skip
    for other in come:
        yield Change(
            "server-added", "server", pointer, other.pointer, other.url, "",
            f"<{other.url}>", old_path=None,
        )  # fmt: skip


def _moved(
    gone: list[ir.Server], come: list[ir.Server]
) -> list[tuple[ir.Server, ir.Server]]:
    """Take out servers that are one at another address: by description, host, place.

    Where as many came as went, they took each other's places in the list.
    """
    found: list[tuple[ir.Server, ir.Server]] = []
    order = list(gone)
    for told in (_description, _host):
        for one in list(gone):
            same = [s for s in come if told(s) == told(one) != ""]
            if len(same) == 1 and [told(s) for s in gone].count(told(one)) == 1:
                found.append((one, same[0]))
                gone.remove(one)
                come.remove(same[0])
    if len(gone) == len(come):
        found += zip(gone, come, strict=True)
        gone.clear()
        come.clear()
    return sorted(found, key=lambda pair: order.index(pair[0]))


def _description(server: ir.Server) -> str:
    return " ".join(server.description.split())


def _host(server: ir.Server) -> str:
    return server.url.partition("://")[2].partition("/")[0]


def _url(server: ir.Server) -> str:
    return server.url.rstrip("/")
