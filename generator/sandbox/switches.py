"""Faults on demand: by a header of one request, or switched on for the next ones."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from .faults import FAULTS
from .messages import Response, Wire

__all__ = ["FAULT_HEADER", "Switch", "Switches", "apply_fault", "fault_names"]

FAULT_HEADER = "X-Sandbox-Fault"
_DELAY = re.compile(r"delay=([0-9]{1,3}(?:\.[0-9]{1,3})?)")


def fault_names() -> Sequence[str]:
    """Return every fault that can be asked for; `delay=SECONDS` beside them."""
    return tuple(FAULTS)


def is_fault(name: str) -> bool:
    """Tell whether a fault can be asked for."""
    return name in FAULTS or _DELAY.fullmatch(name) is not None


def apply_fault(name: str, healthy: Response) -> Response:
    """Return the answer that a fault makes of a healthy one."""
    delay = _DELAY.fullmatch(name)
    if delay is None:
        return FAULTS[name](healthy)
    seconds = float(delay[1])

    async def late(wire: Wire, data: bytes) -> None:
        await asyncio.sleep(seconds)
        await wire.write(data)

    return Response(healthy.status, healthy.body, healthy.headers, late)


@dataclass(slots=True)
class Switch:
    """A fault that is on."""

    fault: str  # reset
    operation: str = ""  # getFlexPlans; empty: any
    left: int = 0  # how many more requests; 0: until it is switched off


class Switches:
    """The faults that are on. May be called from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._on: list[Switch] = []

    @property
    def on(self) -> tuple[Switch, ...]:
        """What is switched on."""
        return tuple(self._on)

    def set(self, fault: str, operation: str = "", times: int = 0) -> None:
        """Switch a fault on; an unknown one is a `ValueError`."""
        if not is_fault(fault):
            raise ValueError(f"there is no fault {fault!r}")
        with self._lock:
            self._on = [s for s in self._on if s.operation != operation]
            self._on.append(Switch(fault, operation, times))

    def clear(self) -> None:
        """Switch everything off."""
        with self._lock:
            self._on = []

    def take(self, operation: str) -> str:
        """Return the fault for a request, empty if there is none."""
        if not self._on:
            return ""
        with self._lock:
            for switch in self._on:
                if switch.operation in ("", operation):
                    if switch.left:
                        switch.left -= 1
                        if not switch.left:
                            self._on.remove(switch)
                    return switch.fault
        return ""
