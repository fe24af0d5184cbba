# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Everything that a call can raise, one hierarchy for every client.

A call that changes something ends in one of three ways: it returns, it raises an error
that says that nothing happened (`ApiError`, `NotSentError`, `ConfigurationError`), or
it raises `OutcomeUnknownError`. `DecodeError` says in `executed` which of them it is.

All errors pickle, compare by what they hold, and never hold a credential, a signature
or the request that carried them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, ClassVar, Literal

from ._error import ClientError

__all__ = [
    "ApiError",
    "AuthenticationError",
    "BadRequestError",
    "ClientError",
    "ConfigurationError",
    "ConflictError",
    "ConnectionLostError",
    "DeadlineError",
    "DecodeError",
    "ForbiddenError",
    "NonceError",
    "NotFoundError",
    "NotSentError",
    "OutcomeUnknownError",
    "PreconditionFailedError",
    "RateLimitError",
    "RedirectError",
    "ServerError",
    "SignatureError",
    "UnauthorizedError",
    "UnprocessableEntityError",
]


class ConfigurationError(ClientError):
    """The call or the client is set up wrongly, and nothing was sent."""


class NotSentError(ClientError):
    """Nothing of the request left this machine: it is safe to call again."""

    is_final: bool = False
    """True where calling again can't help: a certificate that is not to be trusted, or
    an https address behind which nobody speaks TLS."""


class ConnectionLostError(ClientError):
    """A read was sent and its answer did not arrive whole: safe to call again."""


class DeadlineError(ConnectionLostError):
    """A read was sent and its answer did not arrive in time: safe to call again."""


class ApiError(ClientError):
    """The exchange answered, and refused.

    Raised as it is for statuses that have no class of their own.
    """

    status: int
    """HTTP status."""
    code: int | str | None
    """The exchange's own code. It has a meaning only together with the operation."""
    message: str
    """The exchange's own words, "" where it gave none."""
    field_errors: dict[str, tuple[str, ...]]
    """What is wrong with each field, by its name on the wire."""
    reason: StrEnum | None
    """The documented case that this answer is, where exactly one fits, else None.

    It is recognised by the words of the answer, and an exchange may localize those: None
    means that the answer is not known, not that the case is another one.
    """
    reasons: tuple[StrEnum, ...]
    """All documented cases that fit."""
    body: bytes
    """The answer as it came."""
    advice: str
    """What to do about it, where this client knows; "" elsewhere."""
    retry_after: float | None = None
    """Seconds to wait, where the exchange says so (`Retry-After`)."""

    def __init__(
        self,
        message: str = "",
        *,
        operation: str = "",
        status: int = 0,
        code: int | str | None = None,
        field_errors: Mapping[str, tuple[str, ...]] | None = None,
        reason: StrEnum | None = None,
        reasons: tuple[StrEnum, ...] = (),
        body: bytes = b"",
        advice: str = "",
    ) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.field_errors = dict(field_errors or {})
        self.reason = reason
        self.reasons = reasons
        self.body = body
        self.advice = advice
        super().__init__(self._describe(operation), operation=operation)

    def _describe(self, operation: str) -> str:
        pairs = self.field_errors.items()
        said = [f"{name}: {one}".lstrip(": ") for name, all_ in pairs for one in all_]
        if self.message or not said:
            said.insert(0, self.message or "no message")
        code = "" if self.code is None else f", code {self.code}"
        reason = "" if self.reason is None else f", {self.reason.value}"
        advice = f" ({self.advice})" if self.advice else ""
        head = f"{operation or 'call'}: {self.status}{code}{reason}"
        return f"{head}: {'; '.join(said)}{advice}"


class BadRequestError(ApiError):
    """400: an argument is wrong."""


class NotFoundError(ApiError):
    """404: what the call is about does not exist."""


class ConflictError(ApiError):
    """409: the state of things does not allow the call."""


class PreconditionFailedError(ApiError):
    """412: something has to be set up first, two-factor authentication for instance."""


class UnprocessableEntityError(ApiError):
    """422: the arguments are well formed, and the exchange will not do it."""


class ServerError(ApiError):
    """5xx to a read; for a write it stands in `OutcomeUnknownError.answer`."""


class RedirectError(ApiError):
    """3xx. Redirects are never followed, so that no credential reaches another host."""

    location: str = ""
    """Where the answer points to."""


class RateLimitError(ApiError):
    """Too many calls (429), and this one was not executed; see `retry_after`."""


class AuthenticationError(ApiError):
    """The exchange does not accept the credentials for this call."""


class UnauthorizedError(AuthenticationError):
    """401: who is calling is not known."""


class ForbiddenError(AuthenticationError):
    """403: the key may not do this."""


class SignatureError(AuthenticationError):
    """The signature or the signed payload was refused: check the secret."""


class NonceError(AuthenticationError):
    """The nonce was refused, and the call was not executed."""

    skew: float | None = None
    """Seconds by which the exchange's clock is ahead of ours, where it is known."""


class DecodeError(ClientError):
    """A 2xx whose body can't be understood."""

    status: int
    """HTTP status."""
    body: bytes
    """The answer as it came."""
    parsed: Any
    """The JSON value, None where the body is no JSON."""
    executed: bool
    """True where the exchange gave a complete JSON answer: what was asked is done."""

    def __init__(
        self,
        message: str = "",
        *,
        operation: str = "",
        status: int = 0,
        body: bytes = b"",
        parsed: Any = None,
        executed: bool = False,
    ) -> None:
        super().__init__(message, operation=operation)
        self.status = status
        self.body = body
        self.parsed = parsed
        self.executed = executed


class OutcomeUnknownError(ClientError):
    """A write was sent, and whether it was executed is not known.

    It is never sent again by this client. Look it up first (`reconcile`, history,
    balance) with the values in `request`, then decide. If you do call again, use the
    same `unique_id`: refused as a duplicate, it proves that the first call was accepted.
    """

    __slots__: ClassVar[tuple[str, ...]] = ("_look_up",)  # no part of what it holds

    phase: Literal["sent", "answered"]
    """"sent": no status came back; "answered": a status did."""
    nonce: int | None
    """Nonce of the signed request."""
    unique_id: str | None
    """`uniqueId`, `externalId` or `Idempotency-Key` of the request, where it has one."""
    request: dict[str, Any]
    """The arguments that were sent, by wire name; what the signer adds is left out, what
    looks secret masked."""
    status_seen: int | None
    """HTTP status, where one was seen."""
    answer: ApiError | None
    """The refusal that came back, a 5xx for instance."""

    def __init__(
        self,
        message: str = "",
        *,
        operation: str = "",
        phase: Literal["sent", "answered"] = "sent",
        nonce: int | None = None,
        unique_id: str | None = None,
        request: Mapping[str, Any] | None = None,
        status_seen: int | None = None,
        answer: ApiError | None = None,
    ) -> None:
        super().__init__(message, operation=operation)
        self.phase = phase
        self.nonce = nonce
        self.unique_id = unique_id
        self.request = dict(request or {})
        self.status_seen = status_seen
        self.answer = answer

    def reconcile(self) -> Any:
        """Ask the exchange's history for this call, where the document names one.

        It only reads. On an async client the result is to be awaited. Nothing found
        right away is no proof: the exchange may still be working on the call.

        Raises:
            ConfigurationError: no history is named, or the error came from a pickle
        """
        look_up: Callable[[], Any] | None = getattr(self, "_look_up", None)
        if look_up is None:
            raise ConfigurationError(
                f"no history is known for {self.operation}: look it up with what "
                "`request` holds",
                operation=self.operation,
            )
        return look_up()

    def reconcile_with(self, look_up: Callable[[], Any]) -> None:
        """Set what `reconcile` does. A copy or a pickle forgets it."""
        self._look_up = look_up
