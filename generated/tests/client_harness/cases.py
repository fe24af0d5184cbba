# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What the generated tests are made of: data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .auth import Scheme

__all__ = ["Answer", "Operation", "Pages", "Refusal", "Request", "Row"]


@dataclass(frozen=True)
class Operation:
    """What is the same for all calls of an operation."""

    call: str  # codes.create_code
    http: str  # POST /api/v4/main-account/codes
    server: str  # https://whitebit.com
    kind: Literal["read", "write"] = "write"
    arguments: Mapping[str, Any] = field(default_factory=dict[str, Any])  # required
    auth: tuple[Scheme, ...] = ()
    answer: Literal["json", "text", "bytes", "none", "location", "lines", "events"] = (
        "json"
    )
    may_be_empty: bool = False  # a success without a body is None
    reasons: str = ""  # codes.CreateCodeReason

    @property
    def is_stream(self) -> bool:
        """Whether a call gives its items one by one."""
        return self.answer in ("lines", "events")

    @property
    def method(self) -> str:
        """POST."""
        return self.http.partition(" ")[0]

    @property
    def path(self) -> str:
        """What stands behind the server."""
        return self.http.partition(" ")[2]

    @property
    def name(self) -> str:
        """create_code, as errors name it."""
        return self.call.rpartition(".")[2]


@dataclass(frozen=True)
class Request:
    """A call and the request that it has to make."""

    name: str  # all
    arguments: Mapping[str, Any]  # {"ticker": "ETH", "amount": Decimal("0.002")}
    target: str = ""  # /api/v4/orders/17?limit=1, where it isn't the operation's path
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: str | bytes | None = None  # without what the signer adds


@dataclass(frozen=True)
class Answer:
    """A success and what the call returns for it."""

    name: str  # confirmed; "" where the document names none
    status: int  # 200
    body: str | bytes
    value: Any  # Model("codes.CreateCodeResponse", code="WBe11f4fce")
    media: str = "application/json"
    location: str = ""  # https://elsewhere.test/, where a redirect is the answer
    is_misfit: bool = False  # JSON of another kind than documented
    is_documented: bool = True  # an example, not built from the schema


@dataclass(frozen=True)
class Refusal:
    """A documented error and what the call raises for it."""

    name: str  # amountTooSmall
    status: int  # 422
    reason: str  # AMOUNT_TOO_SMALL; "" where no answer can tell it from another
    code: int | str | None = None
    message: str = ""
    fields: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict[str, tuple[str, ...]]
    )
    error: str = ""  # NonceError, where it isn't the class of the status
    body: str = ""  # where it isn't simply {"code": , "message": , "errors": }
    is_example: bool = True  # not an error body that stands in a description

    def text(self) -> str:
        """Give the body of the answer."""
        if self.body:
            return self.body
        words: dict[str, Any] = {} if self.code is None else {"code": self.code}
        if self.message:
            words["message"] = self.message
        if self.fields:
            words["errors"] = {name: list(all_) for name, all_ in self.fields.items()}
        return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Row:
    """A row of a code table: its code decides where no word is known."""

    name: str  # amountTooSmall-code-3
    status: int  # 422
    reason: str  # AMOUNT_TOO_SMALL
    code: int

    def refusal(self) -> Refusal:
        """Give the refusal with words that nobody documents."""
        words = "Nobody documents this."
        return Refusal(self.name, self.status, self.reason, self.code, words)


@dataclass(frozen=True)
class Pages:
    """A walk over two pages, the second one empty, by the operation's `iter_` twin."""

    items: str  # records; "" where the answer is the list itself
    item: str  # one item, as JSON
    value: Any  # the same as the caller gets it
    total: str = ""  # total
    where: Literal["body", "query"] = "body"
    name: str = "pages"
