"""Faults of the connection itself, before a request is read.

A bare socket, because no HTTP server can refuse so.
"""

from __future__ import annotations

import socket
import struct
import threading
from types import TracebackType
from typing import Self


class Trap:
    """A port on which a connection goes wrong before any HTTP is spoken.

    "reset" breaks each connection off when it is made, "closed" ends it, "deaf" never
    reads and never answers. `connections` counts, `received` keeps what was read.
    """

    def __init__(self, kind: str) -> None:
        self.url = ""  # http://127.0.0.1:40123, once it is open
        self.connections = 0
        self._kind = kind
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._held: list[socket.socket] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()
        for one in self._held:
            one.close()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            if self._kind == "deaf":
                self._held.append(connection)
                continue
            if self._kind == "reset":
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            connection.close()
