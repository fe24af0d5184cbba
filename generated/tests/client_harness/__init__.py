# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Runs the cases of the generated tests against a client; knows no operation.

`cases` says what a case is, `stage` stands in for the server and records requests,
`values` compares models, enums and amounts with what is expected, `auth` recomputes
credentials, `made_up` and `mixed` hold answers that nobody documents, and `calls` makes
each call on the client and its async twin and says what is wrong. Nothing here is shared
with the client: one mistake would pass on both sides.
"""

from .auth import Basic, Bearer, Cookie, Header, Own, Query, Signed
from .calls import Calls
from .cases import Answer, Operation, Pages, Refusal, Request, Row
from .made_up import MADE_UP, MadeUp
from .mixed import each
from .stage import Stage
from .values import Member, Model, Open

__all__ = [
    "MADE_UP",
    "Answer",
    "Basic",
    "Bearer",
    "Calls",
    "Cookie",
    "Header",
    "MadeUp",
    "Member",
    "Model",
    "Open",
    "Operation",
    "Own",
    "Pages",
    "Query",
    "Refusal",
    "Request",
    "Row",
    "Signed",
    "Stage",
    "each",
]
