"""What templates receive: frozen dataclasses of printable text.

Every choice was made before. A template prints these fields, loops over tuples and tests
booleans.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flavor:
    """The words in which synchronous and asynchronous code differ."""

    prefix: str  # Async
    def_: str  # async def
    await_: str  # await
    base: str  # AsyncResource
    client: str  # AsyncClient
    iterator: str  # AsyncIterator


@dataclass(frozen=True, slots=True)
class ImportView:
    """One line of imports."""

    line: str  # from ._model import Model, field
    opens_group: bool  # a blank line stands above it


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a model."""

    name: str  # min_investment
    wire_name: str  # minInvestment
    annotation: str  # Decimal | None
    default: str  # = field(name="minInvestment", default=None)
    doc: str  # """Smallest amount."""; empty for none


@dataclass(frozen=True, slots=True)
class ModelView:
    """One class of data."""

    name: str  # FlexPlan
    doc: str  # """Conditions of a plan."""
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member of an enum."""

    name: str  # V5M
    value: str  # "5m"


@dataclass(frozen=True, slots=True)
class EnumView:
    """One enum."""

    name: str  # GetMiningHashrateInterval
    base: str  # OpenStrEnum
    doc: str  # """Width of a bucket."""
    members: tuple[MemberView, ...]


@dataclass(frozen=True, slots=True)
class UnionView:
    """A union that needs a type of its own at run time."""

    name: str  # ConvertEstimateResponse
    annotation: str  # EstimateA | EstimateB
    arguments: str  # "EstimateA", "EstimateB", tag="kind"


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """One argument of a method."""

    name: str  # unique_id
    wire_name: str  # uniqueId
    annotation: str  # str | Unset
    default: str  # = UNSET
    doc: str  # Identifier of your own, up to 255 characters.


@dataclass(frozen=True, slots=True)
class RowView:
    """One keyword argument of an operation's constant."""

    name: str  # path
    value: str  # "/api/v4/main-account/codes"


@dataclass(frozen=True, slots=True)
class PartView:
    """One group of values that a call sends."""

    name: str  # body
    value: str  # {"ticker": ticker, "amount": money(amount)}


@dataclass(frozen=True, slots=True)
class PagesView:
    """The twin of a method that walks through all pages."""

    name: str  # iter_get_flex_plans
    item: str  # FlexPlan
    constructor: str  # Pages("records", total="total")
    doc: str
    short_doc: str


@dataclass(frozen=True, slots=True)
class MethodView:
    """One method, in either flavor."""

    name: str  # create_code
    constant: str  # CREATE_CODE
    arguments: tuple[ArgumentView, ...]
    returns: str  # CreateCodeResponse; of a stream what its items are
    streams: bool  # the answer is a row of items that come one by one
    parts: tuple[PartView, ...]
    doc: str  # the docstring, whole, indented for a method
    short_doc: str  # the one that points to the synchronous method
    deprecated: str  # "the document calls it deprecated", or empty
    rows: tuple[RowView, ...]
    pages: tuple[PagesView, ...]  # one or none
    http: str  # POST /api/v4/main-account/codes
    http_cell: str  # the same as it stands in a table
    signature: str  # codes.create_code(ticker="BTC", amount="0.1")


@dataclass(frozen=True, slots=True)
class ModuleView:
    """One generated module of types and, for a tag, of operations."""

    file: str  # codes.py
    header: str  # the comment of the first line
    doc: str  # """WhiteBIT codes operations."""
    api_doc: str  # """WhiteBIT codes operations."""
    group_doc: str  # """Codes: see `CodesApi`."""
    imports: tuple[ImportView, ...]
    exports: tuple[str, ...]  # ('"CodesApi"', ...)
    models: tuple[ModelView | EnumView, ...]
    enums: tuple[EnumView, ...]
    unions: tuple[UnionView, ...]
    methods: tuple[MethodView, ...]
    class_name: str  # CodesApi
    class_names: str  # AsyncCodesApi, CodesApi
    attribute: str  # codes


@dataclass(frozen=True, slots=True)
class CredentialView:
    """One argument with which a client is constructed."""

    name: str  # api_key
    annotation: str  # str | None
    default: str  # None
    environment: str  # environment("WHITEBIT", "api_key"); empty for a setting
    variable: str  # WHITEBIT_API_KEY; empty for a setting
    changeable: bool  # a token that `with_credentials` may replace


@dataclass(frozen=True, slots=True)
class SchemeView:
    """One security scheme of the client."""

    name: str  # "whitebit"
    value: str  # WhiteBitSigner(api_key=api_key, api_secret=api_secret)
    changeable: bool  # `with_credentials` may replace it
    condition: str  # jwt_auth is not None


@dataclass(frozen=True, slots=True)
class ServerView:
    """One member of the enum of servers."""

    name: str  # GLOBAL
    url: str  # "https://whitebit.com"
    doc: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case of a generated test."""

    kind: str  # Refusal
    rows: tuple[str, ...]  # ('"amountTooSmall"', "422", ...)


@dataclass(frozen=True, slots=True)
class TestGroupView:
    """One test function with its cases."""

    name: str  # error
    check: str  # raised
    kind: str  # Refusal | MadeUp
    has_made_up: bool  # the answers that nobody documents come first
    cases: tuple[CaseView, ...]


@dataclass(frozen=True, slots=True)
class TestView:
    """The tests of one operation."""

    name: str  # create_code
    constant: str  # CREATE_CODE
    rows: tuple[str, ...]  # ('"codes.create_code"', '"POST"', ...)
    groups: tuple[TestGroupView, ...]


@dataclass(frozen=True, slots=True)
class TestModuleView:
    """The generated tests of one tag."""

    file: str  # test_codes.py
    header: str
    doc: str
    imports: tuple[ImportView, ...]
    tests: tuple[TestView, ...]


@dataclass(frozen=True, slots=True)
class PayloadView:
    """What a webhook or a callback sends, in the index of operations."""

    name: str  # newOrder
    type: str  # models.Order
    summary: str  # An order was placed.


@dataclass(frozen=True, slots=True)
class PackageView:
    """The client package as a whole."""

    header: str
    name: str  # whitebit
    title: str  # WhiteBIT Private HTTP API V4
    doc: str  # docstring of the package
    client: str  # WhiteBIT
    sync_doc: str
    async_doc: str
    modules: tuple[ModuleView, ...]
    payloads: tuple[PayloadView, ...]  # of webhooks and callbacks
    has_methods: bool  # some module has operations
    servers: tuple[ServerView, ...]
    base_url: str  # Server.GLOBAL; empty where the document names no server
    credentials: tuple[CredentialView, ...]
    schemes: tuple[SchemeView, ...]
    exports: tuple[str, ...]  # ('"AsyncWhiteBIT"', '"Server"', '"WhiteBIT"')
    client_names: tuple[str, ...]  # the same without quotes
    package_exports: tuple[str, ...]  # what the package exports, quoted
    takes_files: bool  # the package exports `FilePart`
    changeable: bool  # some credential can be replaced
    environment_doc: str  # docstring of from_env
    prefix: str  # "WHITEBIT"
    imports: tuple[ImportView, ...]
    tests: tuple[TestModuleView, ...]
