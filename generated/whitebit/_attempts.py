# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The attempts of one call: what is waited for, told and raised around each of them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Any

from ._answer import Answer
from ._hooks import RequestEvent, ResponseEvent, tell
from ._interpret import damaged, interpret
from ._item_stream import Opened
from ._limits import limits
from ._log import is_heard, say
from ._operation import Draft, Operation
from ._prepare import Settings
from ._reading import Received
from ._retry import Retries
from ._shown import MASK
from ._watch import Phase, Watch
from .errors import ClientError, ConfigurationError, NotSentError, OutcomeUnknownError

__all__ = ["Attempts", "LookUp"]

LookUp = Callable[[str, Mapping[str, Any]], Any]


class Attempts:
    """A call that is being made."""

    __slots__ = (
        "look_up",
        "operation",
        "retries",
        "sent_at",
        "settings",
        "until",
        "watch",
    )

    def __init__(
        self, settings: Settings, operation: Operation[Any], look_up: LookUp
    ) -> None:
        options = settings.options
        self.settings = settings
        self.operation = operation
        self.look_up = look_up
        self.until = monotonic() + options.deadline
        self.sent_at: float | None = None
        self.watch = self.start()
        self.retries = Retries(
            is_read=operation.is_read,
            most=options.retries,
            retry_limited_writes=options.retry_limited_writes,
            jitter=options.jitter,
        )

    def start(self) -> Watch:
        may_share = self.settings.options.reuse_connections
        self.watch = Watch(self.until, may_share=may_share)
        return self.watch

    def limited(self) -> float:
        """Give the seconds to wait for the limit that the document states."""
        operation = self.operation
        if not self.settings.options.rate_limit or operation.rate_limit is None:
            return 0.0
        host = self.settings.host_for(operation)
        wait = limits.wait(
            host, operation.path, operation.rate_limit, monotonic(), self.until
        )
        if wait is None:
            raise self.not_sent("the rate limit leaves no room before the deadline")
        return wait

    def turn(self) -> list[Lock]:
        schemes = self.settings.schemes_for(self.operation)
        locks = [lock for scheme in schemes if (lock := scheme.turn()) is not None]
        return sorted(set(locks), key=id)  # one order everywhere: no two wait in a ring

    def not_sent(self, why: str) -> NotSentError:
        name = self.operation.name
        error = NotSentError(
            f"{name} was not sent ({why}): safe to call again", operation=name
        )
        error.is_final = True
        return error

    @property
    def number(self) -> int:
        """The number of the attempt under way, 1 for the first."""
        return self.retries.made + 1

    @property
    def seconds(self) -> float | None:
        """Seconds since the attempt was to be sent, None before that."""
        return None if self.sent_at is None else round(monotonic() - self.sent_at, 3)

    def sending(self) -> None:
        """Tell the hook; `ended` tells the other one, once for each attempt."""
        self.sent_at = monotonic()
        tell(
            self.settings.options.on_request,
            RequestEvent(
                operation=self.operation.name,
                method=self.operation.method,
                path=self.operation.path,
                attempt=self.number,
            ),
        )

    def ended(self, status: int | None, error: BaseException | None) -> None:
        sent_at, self.sent_at = self.sent_at, None
        if sent_at is None:  # it did not come as far as that
            return
        tell(
            self.settings.options.on_response,
            ResponseEvent(
                operation=self.operation.name,
                method=self.operation.method,
                path=self.operation.path,
                attempt=self.number,
                status=status,
                error=None if error is None else type(error).__name__,
                elapsed=monotonic() - sent_at,
            ),
        )

    def finish(self, draft: Draft, received: Received) -> Answer[Any]:
        status, headers, body = received
        self._answered(draft, status)
        try:
            value = interpret(self.settings, draft, status, headers, body)
        except ClientError:
            raise
        except Exception as error:  # noqa: BLE001
            damaged(draft, status, body, f"not readable ({type(error).__name__})")
        self.ended(status, None)
        return Answer(status=status, headers=headers, body=body, value=value)

    def opened(self, draft: Draft, opened: Opened, items: object) -> Answer[Any]:
        """Give an answer that goes on: its value are the items."""
        status, headers = opened.status, opened.headers
        self._answered(draft, status)
        self.ended(status, None)
        return Answer(status=status, headers=headers, body=b"", value=items)

    def _answered(self, draft: Draft, status: int) -> None:
        say(
            logging.DEBUG,
            "answered:",
            operation=self.operation.name,
            status=status,
            attempt=self.number,
            seconds=self.seconds,
            nonce=draft.nonce,
        )

    def after(self, error: ClientError) -> float:
        """Give the seconds to wait before another attempt, or raise the error."""
        watch, number, seconds = self.watch, self.number, self.seconds
        status: int | None = getattr(error, "status", None)
        if isinstance(error, OutcomeUnknownError):
            status = error.status_seen
        self.ended(status, error)
        wait = self.retries.next(
            error,
            phase=watch.phase,
            left=self.until - monotonic(),
            began=watch.began,
            is_whole=watch.is_whole,
        )
        # A program without logging has the error itself, and needs no line beside it.
        warns = isinstance(error, OutcomeUnknownError) and is_heard()
        say(
            logging.WARNING if warns else logging.INFO,
            "failed:" if wait is None else f"failed, trying again in {wait:.1f} s:",
            operation=self.operation.name,
            error=type(error).__name__,
            status=status,
            phase=watch.phase.value,
            attempt=number,
            seconds=seconds,
        )
        if wait is not None:
            return wait
        if not error.operation:
            error.operation = self.operation.name
        if isinstance(error, OutcomeUnknownError):
            self._offer_look_up(error)
        raise error

    def _offer_look_up(self, error: OutcomeUnknownError) -> None:
        if self.operation.reconcile is None:
            return
        method, argument, wire_name = self.operation.reconcile
        look_up = self.look_up
        value = error.request.get(wire_name)

        def ask() -> Any:
            if value is None:
                raise ConfigurationError(
                    f"{error.operation} was called without {argument}, by which "
                    f"{method} would find it",
                    operation=error.operation,
                )
            if value == MASK:
                raise ConfigurationError(
                    f"{argument} looks secret, so the error does not hold it: call "
                    f"{method} with it yourself",
                    operation=error.operation,
                )
            return look_up(method, {argument: value})

        error.reconcile_with(ask)

    def interrupted(self, error: BaseException) -> None:
        """Note on a cancellation that a write was under way."""
        self.watch.spoiled = True
        seconds, phase = self.seconds, self.watch.phase
        self.ended(None, error)
        if phase is not Phase.NOT_SENT and not self.operation.is_read:
            say(
                logging.WARNING,
                "broken off, outcome not known:",
                operation=self.operation.name,
                error=type(error).__name__,
                phase=phase.value,
                attempt=self.number,
                seconds=seconds,
            )
            with suppress(Exception):
                error.add_note(
                    f"{self.operation.name} was sent, and its outcome is not known: "
                    "look it up before you call again"
                )
