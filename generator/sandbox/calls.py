"""A call of each operation, ready to be sent: as a signed request, and as a shell line."""

from __future__ import annotations

import base64
import json
import re
import shlex
import threading
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from ..model import ir
from ..model.called import called
from ..model.media import Encoding, body_content, encoding_of
from ..model.values import Values
from .access import OwnScheme, credential, own_credentials
from .keys import Keys, milliseconds
from .rules import sign
from .samples import sample

__all__ = ["DEMO_SECRET", "Calls"]

DEMO_SECRET = "test-api-secret"
_PLACE = re.compile(r"\{([^{}/]*)\}")
_NONCE = "NONCE"
# What openssl and curl make of a call: `$B` is the body, `$P` the payload.
_SIGNED_LINE = (
    "B={body}; P=$(printf %s \"$B\" | openssl base64 -A); curl -sS '{{base}}{target}'"
    " -X {method} -H 'Content-Type: application/json' -H 'X-TXC-APIKEY: {key}'"
    ' -H "X-TXC-PAYLOAD: $P" -H "X-TXC-SIGNATURE: $(printf %s "$P"'
    ' | openssl dgst -sha512 -hmac {secret} -r | cut -d" " -f1)"{{more}} -d "$B"'
)
_CLOCK = "'$(python3 -c 'import time; print(time.time_ns() // 1000000)')'"


class Calls:
    """Calls with the first key; each with a nonce of its own."""

    def __init__(self, api: ir.Api, keys: Keys, own: OwnScheme | None = None) -> None:
        self.key = keys.names[0]
        self._own = own
        self._keys = keys
        self._operations = {
            operation.pointer: operation for operation in api.operations
        }
        self._schemes = {scheme.name: scheme for scheme in api.security_schemes}
        self._schemas = api.schemas
        self._values = Values(api.schemas)
        self._lock = threading.Lock()
        self._last = 0

    @property
    def is_demo(self) -> bool:
        """Whether the secret is the one that everybody knows."""
        return self._keys.secret(self.key) == DEMO_SECRET

    def shown(self, operation: ir.Operation) -> dict[str, object]:
        """Return what the page shows of an operation."""
        body = self._body(operation)
        return {
            "pointer": operation.pointer,
            "name": called(operation),
            "method": operation.method,
            "path": operation.path,
            "group": operation.group,
            "summary": operation.summary,
            "kind": operation.kind,
            "target": self._target(operation),
            "body": body,
            "line": self._line(operation, body),
        }

    def signed(self, pointer: str, body: object, target: str = "") -> dict[str, object]:
        """Return a request that is ready to be sent; a `ValueError` says what lacks."""
        operation = self._operations.get(pointer)
        if operation is None:
            raise ValueError(f"there is no operation {pointer!r}")
        target = target or self._target(operation)
        headers: dict[str, str] = {}
        text: str | None = None
        if self._own is not None and self._is_own(operation, self._own):
            whole = None if operation.body is None else body
            given = own_credentials(self._own, self._keys)
            request = (operation.method, target)
            target, headers, content = self._own.apply(request, whole, given)
            text = content.decode() if content else None
        elif any(requirement.signer for requirement in operation.security):
            if not isinstance(body, dict):
                raise ValueError("the body of a signed request is an object")
            path = target.partition("?")[0]
            fields = {**body, "request": path, "nonce": self._nonce()}
            text = json.dumps({**fields, "nonceWindow": True}, separators=(",", ":"))
            payload = base64.b64encode(text.encode()).decode()
            headers = {
                "Content-Type": "application/json",
                "X-TXC-APIKEY": self.key,
                "X-TXC-PAYLOAD": payload,
                "X-TXC-SIGNATURE": sign(self._keys.secret(self.key) or "", payload),
            }
        else:
            headers, target = self._standard(operation, target)
            text, media = self._plain(operation, body)
            if text is not None:
                headers["Content-Type"] = media
        return {
            "method": operation.method,
            "target": target,
            "headers": headers,
            "body": text,
        }

    @staticmethod
    def _is_own(operation: ir.Operation, own: OwnScheme) -> bool:
        return any(r.signer == own.signer.name for r in operation.security)

    def _nonce(self) -> int:
        with self._lock:
            self._last = max(self._last + 1, milliseconds())
            return self._last

    def _standard(
        self, operation: ir.Operation, target: str
    ) -> tuple[dict[str, str], str]:
        headers: dict[str, str] = {}
        names = operation.security[0].schemes if operation.security else ()
        for name in names:
            scheme = self._schemes.get(name)
            if scheme is None:
                continue
            value = credential(name)
            if scheme.kind == "basic":
                pair = f"{credential(name, 'username')}:{credential(name, 'password')}"
                encoded = base64.b64encode(pair.encode()).decode()
                headers["Authorization"] = f"Basic {encoded}"
            elif scheme.kind == "bearer":
                headers["Authorization"] = f"Bearer {value}"
            elif scheme.location == "query":
                joint = "&" if "?" in target else "?"
                target += f"{joint}{quote(scheme.wire_name)}={quote(value)}"
            elif scheme.location == "header":
                headers[scheme.wire_name] = value
            else:
                headers["Cookie"] = f"{scheme.wire_name}={value}"
        return headers, target

    def _plain(self, operation: ir.Operation, body: object) -> tuple[str | None, str]:
        content = body_content(operation.body)
        if content is None:
            return None, ""
        match encoding_of(content.media_type):
            case Encoding.JSON:
                return json.dumps(body, separators=(",", ":")), "application/json"
            case Encoding.FORM if isinstance(body, Mapping):
                return urlencode(body, doseq=True), content.media_type
            case _:
                return str(body), content.media_type

    def _body(self, operation: ir.Operation) -> object:
        """Return a body to begin with: documented if it fits, else built."""
        content = body_content(operation.body)
        if content is None:
            return {}
        for example in content.examples:
            value = example.value
            if not self._values.problems(content.type, value):
                return _own(value)
        made = sample(content.type, self._schemas, is_request=True)
        return {} if made is None else made

    def _target(self, operation: ir.Operation) -> str:
        path = operation.path.partition("#")[0]
        given: list[tuple[str, str]] = []
        for parameter in operation.parameters:
            value = parameter.example
            if value is None:
                value = sample(parameter.type, self._schemas, is_request=True)
            text = value if isinstance(value, str) else json.dumps(value)
            if parameter.location == "path":
                path = path.replace(f"{{{parameter.wire_name}}}", quote(text, safe=""))
            elif parameter.location == "query" and parameter.required:
                given.append((parameter.wire_name, text))
        return f"{path}?{urlencode(given)}" if given else path

    def _line(self, operation: ir.Operation, body: object) -> str:
        """Return a line for a shell; the page puts in the address and the example."""
        target = self._target(operation)
        if self._own is not None and self._is_own(operation, self._own):
            return f"# no line signs by {self._own.signer.name}: send it from this page"
        if any(requirement.signer for requirement in operation.security):
            fields = {**body} if isinstance(body, dict) else {}
            path = target.partition("?")[0]
            fields |= {"request": path, "nonce": _NONCE}
            text = shlex.quote(json.dumps(fields, separators=(",", ":")))
            return _SIGNED_LINE.format(
                body=text.replace(f'"{_NONCE}"', _CLOCK),
                target=target,
                method=operation.method,
                key=self.key,
                secret=DEMO_SECRET if self.is_demo else '"$SANDBOX_SECRET"',
            )
        headers, target = self._standard(operation, target)
        plain, media = self._plain(operation, body)
        if plain is not None:
            headers["Content-Type"] = media
        parts = [f"curl -sS '{{base}}{target}' -X {operation.method}"]
        parts += [f"-H {shlex.quote(f'{k}: {v}')}" for k, v in headers.items()]
        data = f" -d {shlex.quote(plain)}" if plain is not None else ""
        return f"{' '.join(parts)}{{more}}{data}"


def _own(value: object) -> object:
    """Return a documented body without what the signer adds."""
    if not isinstance(value, dict):
        return value
    added = ("request", "nonce", "nonceWindow")
    return {name: one for name, one in value.items() if name not in added}
