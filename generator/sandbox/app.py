"""The sandbox: a document as a server that checks, answers and remembers.

The order of the checks is the exchange's: is there such a path, who calls, does the body
fit, and only then what the caller would like to be answered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from ..model import ir
from ..model.called import called
from ..model.values import Problems
from .access import Denial, Gate, OwnScheme
from .control import PREFIX, Control
from .described import described
from .examples import Answer, Answers, Preference, encoded, read_preference
from .inputs import Inputs
from .journal import Journal, Visit
from .keys import Access, Keys, milliseconds
from .messages import Request, Response
from .paging import page_of
from .routes import Match, Routes
from .rules import REFUSALS, Reason, Refusal, read_fields
from .shapes import Said, shaped
from .switches import FAULT_HEADER, Switches, apply_fault, fault_names, is_fault

__all__ = ["DOCUMENT_PATH", "Sandbox"]

DOCUMENT_PATH = "/openapi.json"
KEY, SECRET = "test-api-key", "test-api-secret"


class Sandbox:
    """A handler for `serve`. May be called from several threads.

    `document` is the data that the model was made of, for `/openapi.json`. Beside the
    key there are two more with the same secret: `<key>-read-only` and `<key>-disabled`.
    """

    def __init__(
        self,
        api: ir.Api,
        document: Mapping[str, object],
        *,
        key: str = KEY,
        secret: str = SECRET,
        clock: Callable[[], int] = milliseconds,
        own: OwnScheme | None = None,
    ) -> None:
        access = {
            key: Access.ALL,
            f"{key}-read-only": Access.READS,
            f"{key}-disabled": Access.NOTHING,
        }
        self.api = api
        self.journal = Journal()
        self.faults = Switches()
        self.keys = Keys(dict.fromkeys(access, secret), access=access, clock=clock)
        self._document = document
        self._routes = Routes(api)
        self.own = own
        self._gate = Gate(api, self.keys, own)
        self._inputs = Inputs(api.schemas)
        self._answers: dict[str, Answers] = {}
        self._encoded: dict[int, Response] = {}
        self._served: bytes = b""
        self._preferred: dict[str, Preference] = {}
        self._control = Control(self)
        self._has_root = self._routes.match("GET", "/").operation is not None
        mine = {signer.name for signer in api.signers if signer.is_own}
        self._is_signed = {
            o.pointer: any(r.signer and r.signer not in mine for r in o.security)
            for o in api.operations
        }
        self._is_home = any(self._is_signed.values())  # its own shape of a refusal

    def __call__(self, request: Request) -> Response:
        """Answer one request."""
        path = request.path
        if path.startswith(PREFIX) or (path == "/" and not self._has_root):
            return self._control(request)
        match = self._routes.match(request.method, path)
        if match.operation is None:
            if path == DOCUMENT_PATH and request.method == "GET":
                return self._described()
            return self._lost(request, match)
        return self._call(match.operation, request, match.values)

    def answers_of(self, operation: ir.Operation) -> Answers:
        """Return what an operation can be made to answer."""
        found = self._answers.get(operation.pointer)
        if found is None:
            found = Answers(operation, self.api.schemas)
            self._answers[operation.pointer] = found
        return found

    def prefer(self, operation: str, example: str) -> None:
        """Let an operation answer with an example unless a request says otherwise."""
        wanted = Preference(None, example)
        for one in self.api.operations:
            if operation in (called(one), one.pointer):
                if not example:
                    self._preferred.pop(called(one), None)
                elif self.answers_of(one).find(wanted) is None:
                    known = ", ".join(
                        answer.name for answer in self.answers_of(one).all
                    )
                    raise ValueError(f"there is no example {example!r}: {known}")
                else:
                    self._preferred[called(one)] = wanted
                return
        raise ValueError(f"there is no operation {operation!r}")

    def _call(
        self, operation: ir.Operation, request: Request, values: Mapping[str, str]
    ) -> Response:
        fields = read_fields(request.body)
        denial = self._gate.check(operation, request, fields)
        if denial is not None:
            return self._denied(operation, request, fields, denial)
        readable = fields if isinstance(fields, dict) else None
        signed = readable if self._is_signed[operation.pointer] else None
        if signed is None and not self._inputs.accepts(operation, request):
            refusal = Refusal(415, 0, "Unsupported media type")
            return self._refused(operation, request, readable, refusal, "media-type")
        problems = self._inputs.problems(operation, request, values, signed)
        if problems:
            return self._invalid(operation, request, readable, problems)
        return self._answered(operation, request, readable)

    def _answered(
        self,
        operation: ir.Operation,
        request: Request,
        fields: Mapping[str, object] | None,
    ) -> Response:
        answers = self.answers_of(operation)
        wanted = read_preference(request.header("Prefer"))
        wanted = wanted or self._preferred.get(called(operation))
        answer = answers.find(wanted) if wanted else answers.default
        if answer is None:
            problems = {"Prefer": answers.listed}
            refusal = Refusal(400, 0, f"There is no example {wanted}")
            return self._refused(
                operation, request, fields, refusal, "unknown-example", problems
            )
        fault = request.header(FAULT_HEADER) or self.faults.take(called(operation))
        if fault and not is_fault(fault):
            problems = {FAULT_HEADER: list(fault_names())}
            refusal = Refusal(400, 0, f"There is no fault {fault}")
            return self._refused(
                operation, request, fields, refusal, "unknown-fault", problems
            )
        healthy = self._response(operation, answer, request, fields)
        response = apply_fault(fault, healthy) if fault else healthy
        # An answer that refuses is one to a call that was not executed; after any other
        # fault it was, and the caller has to find out.
        executed = answer.status < 400 and not 400 <= response.status < 500
        reason = "" if executed else "as-asked"
        self.journal.note(
            Visit(
                request,
                response.status,
                called(operation),
                reason,
                "" if executed else f"answered as asked: {wanted or fault}",
                fault=fault,
                fields=fields,
            ),
            is_write=executed and operation.kind == "write",
        )
        return response

    def _response(
        self,
        operation: ir.Operation,
        answer: Answer,
        request: Request,
        fields: Mapping[str, object] | None,
    ) -> Response:
        if operation.pagination is not None and answer.status < 300:
            page = page_of(answer, operation.pagination, request, fields)
            if page is not answer:
                return encoded(page)
        found = self._encoded.get(id(answer))
        if found is None:
            found = self._encoded[id(answer)] = encoded(answer)
        return found

    def _denied(
        self,
        operation: ir.Operation,
        request: Request,
        fields: dict[str, object] | Reason,
        denial: Denial,
    ) -> Response:
        readable = fields if isinstance(fields, dict) else None
        refusal = REFUSALS[denial.reason]
        return self._refused(
            operation,
            request,
            readable,
            refusal,
            denial.reason,
            denial=(denial.expected, denial.received),
        )

    def _invalid(
        self,
        operation: ir.Operation,
        request: Request,
        fields: Mapping[str, object] | None,
        problems: Problems,
    ) -> Response:
        declared = {response.status for response in operation.responses}
        status = 422 if "422" in declared and "400" not in declared else 400
        refusal = Refusal(status, 0, "Validation failed")
        said = " ".join(text for texts in problems.values() for text in texts)
        came = ", ".join(problems)
        return self._refused(
            operation, request, fields, refusal, "validation", problems, (said, came)
        )

    def _refused(
        self,
        operation: ir.Operation | None,
        request: Request,
        fields: Mapping[str, object] | None,
        refusal: Refusal,
        reason: str,
        problems: Problems | None = None,
        denial: tuple[str, str] = ("", ""),
        headers: tuple[tuple[str, str], ...] = (),
    ) -> Response:
        words: dict[str, object] = {"code": refusal.code, "message": refusal.message}
        if problems:
            words["errors"] = problems
        self.journal.note(
            Visit(
                request,
                refusal.status,
                called(operation) if operation else "",
                reason,
                refusal.message,
                *denial,
                fields=fields,
            )
        )
        said = Said(refusal.status, reason, refusal.message, problems or {})
        shape = None
        if operation is not None and not self._is_home:
            shape = shaped(operation, said, self.api.schemas)
        media, body = shape or ("application/json", words)
        return Response.json(refusal.status, body, headers, media)

    def _lost(self, request: Request, match: Match) -> Response:
        """Answer a request that no operation is for."""
        if not match.allowed:
            refusal = Refusal(404, 0, "Not found")
            wanted = ("a path of the document", request.path)
            return self._refused(
                None, request, None, refusal, "unknown-path", denial=wanted
            )
        methods = ", ".join(match.allowed)
        refusal = Refusal(405, 0, "Method not allowed")
        return self._refused(
            None,
            request,
            None,
            refusal,
            "wrong-method",
            denial=(methods, request.method),
            headers=(("Allow", methods),),
        )

    def _described(self) -> Response:
        if not self._served:
            data = described(self._document, self.api)
            self._served = json.dumps(data, separators=(",", ":")).encode()
        return Response(200, self._served, (("Content-Type", "application/json"),))
