"""The documented answers of an operation, by status and name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model import ir
from ..model.inner import bare
from ..model.media import Encoding, answers_address, encoding_of
from .messages import Response
from .samples import sample

__all__ = ["Answer", "Answers", "Preference", "encoded", "read_preference"]

_CODE = re.compile(r'(?:^|[\s,;])code\s*=\s*"?([0-9]{3})"?', re.IGNORECASE)
_NAME = re.compile(r'(?:^|[\s,;])example\s*=\s*(?:"([^"]*)"|([^,;]+))', re.IGNORECASE)
_JSON = "application/json"
_BYTES = b"\x00bytes\xff"  # what no text could be


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that can be asked for."""

    status: int  # 422
    names: tuple[str, ...]  # ("exceedsInvested",); the first is the one to show
    value: object  # {"code": 0, …}
    media_type: str = _JSON  # empty: no body
    summary: str = ""
    location: str = ""  # of a redirect

    @property
    def name(self) -> str:
        """What it is called."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Preference:
    """What a request asks for with `Prefer`."""

    status: int | None  # 422
    name: str  # exceedsInvested; empty: any

    def __str__(self) -> str:
        code = [f"code={self.status}"] if self.status is not None else []
        return ", ".join(code + ([f"example={self.name}"] if self.name else []))


def read_preference(header: str | None) -> Preference | None:
    """Read `Prefer: code=422, example=exceedsInvested`; None if it asks for nothing."""
    code, name = _CODE.search(header or ""), _NAME.search(header or "")
    if code is None and name is None:
        return None
    chosen = (name[1] or name[2] or "").strip() if name else ""
    return Preference(int(code[1]) if code else None, chosen)


class Answers:
    """What one operation can be made to answer."""

    def __init__(
        self, operation: ir.Operation, schemas: Mapping[str, ir.NamedSchema]
    ) -> None:
        self.all = tuple(_collected(operation, schemas))

    @property
    def default(self) -> Answer:
        """The first success."""
        return self.all[0]

    def find(self, wanted: Preference) -> Answer | None:
        """Return the answer that is asked for; a name may carry its status behind it."""
        of_status = [a for a in self.all if wanted.status in (None, a.status)]
        if not wanted.name:
            return of_status[0] if of_status else None
        for answer in of_status:
            if wanted.name in answer.names:
                return answer
        # Names that an operation has twice are told apart by what the tests put behind.
        for answer in of_status:
            if any(
                name and wanted.name.startswith(f"{name}-") for name in answer.names
            ):
                return answer
        return None

    @property
    def listed(self) -> list[str]:
        """Every answer as it is asked for."""
        return [f"code={a.status}, example={a.name}" for a in self.all]


def _collected(
    operation: ir.Operation, schemas: Mapping[str, ir.NamedSchema]
) -> Iterator[Answer]:
    """Yield all answers, the one to give by default first."""
    found: list[Answer] = []
    for response in operation.responses:
        status = _status(response, operation)
        own = [a for c in response.content for a in _examples(operation, c, status)]
        found += own or [_built(response, status, schemas)]
    found += _fences(operation, found)
    if not any(_is_success(answer) for answer in found):
        location = "/" if answers_address(operation.responses) else ""
        status = 302 if location else 200
        redirects = [a for a in found if 300 <= a.status < 400]
        if redirects:
            found.remove(redirects[0])
        found.append(Answer(status, ("built",), None, "", location=location))
    found.sort(key=lambda answer: not _is_success(answer))
    yield from found


def _is_success(answer: Answer) -> bool:
    return answer.status < 300 or bool(answer.location)


def _status(response: ir.Response, operation: ir.Operation) -> int:
    """Return a status to answer with; 4XX is 400, `default` what is left over."""
    if response.status.isdecimal():
        return int(response.status)
    if response.status[:1].isdecimal():
        return int(response.status[0]) * 100
    others = [r.status for r in operation.responses if r is not response]
    return 400 if any(status.startswith("2") for status in others) else 200


def _examples(
    operation: ir.Operation, content: ir.Content, status: int
) -> Iterator[Answer]:
    for example in content.examples:
        names = [example.name] if example.name else []
        names += [
            case.name
            for case in operation.errors
            if case.source in ("named", "single")
            and f"{case.pointer}/".startswith(f"{example.pointer}/")
            and case.name not in names
        ]
        names += ["example"] if not example.name else []
        yield Answer(
            status, tuple(names), example.value, content.media_type, example.summary
        )


def _built(
    response: ir.Response,
    status: int,
    schemas: Mapping[str, ir.NamedSchema],
) -> Answer:
    """Return an answer that is made from its schema, or has no body at all."""
    if not response.content:
        location = "/" if 300 <= status < 400 and status != 304 else ""
        return Answer(status, ("built",), None, "", response.description, location)
    content = response.content[0]
    value = sample(content.type, schemas)
    if _is_binary(content, schemas):
        value = _BYTES
    return Answer(status, ("built",), value, content.media_type, response.description)


def _is_binary(content: ir.Content, schemas: Mapping[str, ir.NamedSchema]) -> bool:
    """Tell whether a body is bytes; what is sent as Base64 says `format: byte`."""
    type_ = bare(content.type, schemas)
    is_file = isinstance(type_, ir.StringType) and type_.format == "binary"
    return is_file and encoding_of(content.media_type) is Encoding.BYTES


def _fences(operation: ir.Operation, found: Sequence[Answer]) -> Iterator[Answer]:
    """Yield the refusals that stand as JSON in a description."""
    refusals = [a.status for a in found if 400 <= a.status < 500]
    for case in operation.errors:
        if case.source == "fence" and case.body is not None:
            status = case.status or (refusals[0] if refusals else 400)
            yield Answer(status, (case.name,), case.body)


def encoded(answer: Answer) -> Response:
    """Return an answer as it is sent: JSON, or text and bytes as they stand."""
    headers: tuple[tuple[str, str], ...] = ()
    if answer.location:
        headers = (("Location", answer.location),)
    if not answer.media_type:
        return Response(answer.status, b"", headers)
    headers += (("Content-Type", answer.media_type),)
    if isinstance(answer.value, bytes):
        return Response(answer.status, answer.value, headers)
    is_json = encoding_of(answer.media_type) is Encoding.JSON
    is_text = isinstance(answer.value, str) and not is_json
    text = str(answer.value) if is_text else _json(answer.value)
    return Response(answer.status, text.encode("utf-8", "backslashreplace"), headers)


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    if "NaN" in text or "Infinity" in text:  # perhaps numbers that JSON hasn't got
        value = json.loads(text, parse_constant=lambda _: None)
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text
