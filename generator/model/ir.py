"""The intermediate model: frozen data, no behaviour, no Python syntax.

Every element carries the JSON pointer of the place that it came from, so that whatever
is said about it later can name a file and a line. The types stand in `ir_types`, and are
read from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .ir_types import (
    AnyType as AnyType,
    ArrayType as ArrayType,
    BooleanType as BooleanType,
    DecimalType as DecimalType,
    EnumType as EnumType,
    Field as Field,
    MapType as MapType,
    NamedSchema as NamedSchema,
    NullableType as NullableType,
    NullType as NullType,
    NumberType as NumberType,
    ObjectType as ObjectType,
    RefType as RefType,
    StringType as StringType,
    TupleType as TupleType,
    Type as Type,
    UnionType as UnionType,
)


@dataclass(frozen=True, slots=True)
class Server:
    """A base URL and what the document calls it."""

    pointer: str
    url: str  # https://whitebit.com
    description: str = ""  # WhiteBIT Global Server


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """A way to prove who calls."""

    pointer: str
    name: str  # ApiKeyAuth
    kind: Literal["apiKey", "basic", "bearer"]  # apiKey
    location: str = ""  # header
    wire_name: str = ""  # X-TXC-APIKEY
    description: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """Schemes that are needed together; `signer` serves all of them where it is set."""

    schemes: tuple[str, ...]  # ("ApiKeyAuth", "PayloadAuth", "SignatureAuth")
    signer: str = ""  # whitebit


@dataclass(frozen=True, slots=True)
class Signer:
    """A signing scheme of the runtime, as far as the model has to know it."""

    name: str  # whitebit
    class_name: str  # WhiteBitSigner
    module: str  # _whitebit
    headers: tuple[str, ...]  # ("X-TXC-APIKEY", "X-TXC-PAYLOAD", "X-TXC-SIGNATURE")
    required: str  # X-TXC-APIKEY
    fills: tuple[str, ...]  # ("request", "nonce", "nonceWindow")
    credentials: tuple[str, ...]  # ("api_key", "api_secret")
    settings: tuple[tuple[str, str, str], ...]  # (("nonce_window", "bool", "True"),)
    is_own: bool = False  # it comes from a file of the project


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that travels in the path, the query, a header or a cookie."""

    pointer: str
    wire_name: str  # market
    location: Literal["path", "query", "header", "cookie"]  # query
    type: Type
    required: bool
    description: str = ""
    style: str = "form"
    explode: bool = True
    allow_reserved: bool = False
    deprecated: bool = False
    default: Any = None
    has_default: bool = False
    example: Any = None


@dataclass(frozen=True, slots=True)
class Example:
    """A documented value; `name` is empty for a single, unnamed example."""

    pointer: str
    name: str  # exceedsInvested
    value: Any
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """How one field of a form is written, where the document says so."""

    pointer: str
    wire_name: str  # portrait
    media_type: str = ""  # image/png, image/jpeg
    style: str = ""  # deepObject
    explode: bool = True
    allow_reserved: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A body in one media type."""

    pointer: str
    media_type: str  # application/json
    type: Type
    examples: tuple[Example, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """What an operation sends."""

    pointer: str
    required: bool
    content: tuple[Content, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What an operation answers with one status."""

    pointer: str
    status: str  # 200, 4XX or default
    description: str
    content: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class ErrorCase:
    """A documented refusal: a body, or a row of a table of codes."""

    pointer: str
    name: str  # exceedsInvested
    status: int  # 422; 0 where the document does not say
    code: int | None  # 5
    messages: tuple[tuple[str, str], ...]  # (("amount", "Not enough balance"),)
    body: Any  # {"code": 5, "message": ...}; None for a row
    source: Literal["named", "single", "fence", "row"]
    given: bool  # the document gave the name, or an overlay did


@dataclass(frozen=True, slots=True)
class Outcome:
    """A refusal that is described without a body or a code: nothing to match it by."""

    pointer: str
    text: str  # Address blocked by compliance
    name: str  # addressBlockedByCompliance, that of an example which would show it


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How many calls are allowed in how many seconds."""

    pointer: str
    calls: int  # 1000
    seconds: float  # 10


@dataclass(frozen=True, slots=True)
class Reconcile:
    """How to find out what became of a call: a history, asked by a key of the call."""

    pointer: str
    operation_id: str  # getDepositWithdrawHistory
    by: str  # uniqueId, a field of the call
    asked_by: str = ""  # unique_id, the same as the history spells it


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where an answer keeps its items, and how the next page is asked for."""

    items: str  # records; empty for a bare array
    item_type: Type
    location: Literal["body", "query"]  # body
    total: str = ""  # total


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that can be called."""

    pointer: str  # #/paths/~1api~1v4~1main-account~1codes/post
    operation_id: str  # createCode; empty where the document has none
    method: str  # POST
    path: str  # /api/v4/main-account/codes
    group: str  # Codes
    kind: Literal["read", "write"]  # write
    summary: str
    description: str
    deprecated: bool
    parameters: tuple[Parameter, ...]
    body: Body | None
    responses: tuple[Response, ...]
    errors: tuple[ErrorCase, ...]
    security: tuple[Requirement, ...]
    servers: tuple[Server, ...]
    outcomes: tuple[Outcome, ...] = ()
    rate_limit: RateLimit | None = None
    pagination: Pagination | None = None
    reconcile: Reconcile | None = None


@dataclass(frozen=True, slots=True)
class Payload:
    """What a webhook or a callback sends to a server of the user's own."""

    pointer: str
    name: str  # newOrder
    method: str  # POST
    type: Type
    description: str = ""  # An order was placed.
    owner: str = ""  # pointer of the operation that names the callback


@dataclass(frozen=True, slots=True)
class Group:
    """Operations that belong together: a tag."""

    name: str  # Crypto Lending - Flex
    description: str = ""
    pointer: str = ""  # #/tags/3; empty where the document doesn't declare the tag


@dataclass(frozen=True, slots=True)
class Api:
    """A whole document."""

    title: str  # WhiteBIT Private HTTP API V4
    version: str  # 4.0.0
    description: str
    servers: tuple[Server, ...]
    groups: tuple[Group, ...]
    operations: tuple[Operation, ...]
    schemas: Mapping[str, NamedSchema]
    security_schemes: tuple[SecurityScheme, ...]
    signers: tuple[Signer, ...]  # those that some operation needs
    payloads: tuple[Payload, ...] = ()
    # {"#/paths/~1codes/post": "make_code"}: what `x-name` says, not yet looked at
    own_names: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Undecided:
    """A value that looks like money, and no rule says whether it is."""

    pointer: str  # #/components/schemas/FlexPlan/properties/minInvestment
    schema: str  # where a rule would stand
    name: str  # minInvestment
    operation: Operation  # the first that has it
    looks: str  # money; a rate
    is_text: bool  # else a binary fraction
    example: Any = None  # "10.0"


@dataclass(frozen=True, slots=True)
class Unread:
    """What a document says beside its model: no client is made of it."""

    unused: tuple[str, ...]  # #/components/schemas/Old, which nothing refers to
    undeclared: tuple[tuple[str, tuple[str, ...]], ...]  # (("#/…/schema", ("id",)),)
    examples: tuple[tuple[Type, Example], ...]  # of schemas, with the type of each
