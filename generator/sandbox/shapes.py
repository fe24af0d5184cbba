"""A refusal of the sandbox's own in the shape that the document declares for its status.

Most documents declare one: a message, a code, what is wrong with each field. A schema that
has nothing of the kind says nothing, and the refusal keeps the exchange's shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..model import ir
from ..model.inner import bare
from ..model.media import is_json
from ..model.values import Problems, Values
from .samples import sample

__all__ = ["Said", "shaped"]

# Names without capitals and what joins their words: `error_code` is `errorcode`.
_MESSAGES = frozenset(
    (
        *("description", "detail", "error", "errordescription", "errormessage"),
        *("message", "msg", "reason", "title"),
    )
)
_CODES = frozenset(("code", "errorcode", "status", "statuscode"))
_LISTS = frozenset(
    ("detail", "details", "errors", "fielderrors", "fields", "issues", "violations")
)
_FIELDS = frozenset(
    ("field", "loc", "location", "name", "param", "parameter", "path", "property")
)
_SUCCESSES = frozenset(("ok", "success", "successful"))
_DEEPEST = 4


class _Nothing:
    """A type that has no place for what a refusal says."""


_NOTHING = _Nothing()


@dataclass(frozen=True, slots=True)
class Said:
    """What a refusal says, whatever its shape."""

    status: int  # 400
    reason: str  # validation
    message: str  # Validation failed
    problems: Problems  # {"weight": ["The weight must be at least 1."]}
    field: str = ""  # weight, where it is about one field


def shaped(
    operation: ir.Operation, said: Said, schemas: Mapping[str, ir.NamedSchema]
) -> tuple[str, object] | None:
    """Return media type and body of a refusal as declared; None if that says nothing."""
    content = _declared(operation, said.status)
    if content is None:
        return None
    shaper = _Shaper(schemas)
    made = shaper.of(content.type, said)
    if said.problems and not shaper.has_listed:  # no place but the message
        texts = (text for texts in said.problems.values() for text in texts)
        whole = replace(said, message=f"{said.message}: {' '.join(texts)}")
        made = shaper.of(content.type, whole)
    fits = not Values(schemas, "response").problems(content.type, made)
    return (content.media_type, made) if made is not _NOTHING and fits else None


def _declared(operation: ir.Operation, status: int) -> ir.Content | None:
    by_status = {response.status: response for response in operation.responses}
    for stated in (str(status), f"{status // 100}XX", "default"):
        for content in by_status[stated].content if stated in by_status else ():
            if is_json(content.media_type):
                return content
    return None


class _Shaper:
    def __init__(self, schemas: Mapping[str, ir.NamedSchema]) -> None:
        self._schemas = schemas
        self.has_listed = False  # each problem under its field

    def of(self, type_: ir.Type, said: Said, depth: int = 0) -> object:
        found = bare(type_, self._schemas)
        match found:
            case ir.ObjectType() if depth < _DEEPEST:
                return self._object(found, said, depth)
            case ir.UnionType() if depth < _DEEPEST:
                made = (self.of(option, said, depth + 1) for option in found.options)
                return next((one for one in made if one is not _NOTHING), _NOTHING)
            case _:
                return _NOTHING

    def _object(self, type_: ir.ObjectType, said: Said, depth: int) -> object:
        made: dict[str, object] = {}
        says = False
        for field in type_.fields:
            value = self._field(field, said, depth)
            if value is not _NOTHING:
                made[field.wire_name] = value
                says = says or not isinstance(value, bool)
            elif field.required:
                made[field.wire_name] = self._filler(field)
        return made if says else _NOTHING

    def _field(self, field: ir.Field, said: Said, depth: int) -> object:
        name = "".join(filter(str.isalnum, field.wire_name)).lower()
        type_ = bare(field.type, self._schemas)
        match type_:
            case ir.BooleanType() if name in _SUCCESSES:
                return False
            case ir.NumberType() if name in _CODES:
                return said.status
            case ir.StringType() | ir.AnyType() if said.field and name in _FIELDS:
                return said.field
            case ir.StringType() | ir.AnyType() if name in _MESSAGES:
                return said.message
            case ir.EnumType(values=(only,)) if name in _MESSAGES:
                return only
            case ir.StringType() if name in _CODES:
                return said.reason
            case ir.ArrayType() if said.field and name in _FIELDS:
                return [said.field]
            case _ if name in _LISTS and said.problems:
                return self._listed(type_, said, depth)
            case ir.ObjectType() if name in _MESSAGES:  # {"error": {"message": …}}
                return self.of(type_, said, depth + 1)
            case _:
                return _NOTHING

    def _listed(self, type_: ir.Type, said: Said, depth: int) -> object:
        """Return the problems as a map by field, or as a list of texts or objects."""
        made: object = _NOTHING
        each = [(f, text) for f, texts in said.problems.items() for text in texts]
        match type_:
            case ir.MapType() if self._is_text(type_.values):
                made = {field: " ".join(t) for field, t in said.problems.items()}
            case ir.MapType() | ir.ObjectType(fields=()) | ir.AnyType():
                made = said.problems
            case ir.ArrayType() if self._is_text(type_.items):
                made = [text for _, text in each]
            case ir.ArrayType():
                one = [replace(said, message=t, field=f, problems={}) for f, t in each]
                items = [self.of(type_.items, about, depth + 1) for about in one]
                made = _NOTHING if _NOTHING in items else items
            case _:
                pass
        self.has_listed = self.has_listed or made is not _NOTHING
        return made

    def _is_text(self, type_: ir.Type) -> bool:
        return isinstance(bare(type_, self._schemas), ir.StringType)

    def _filler(self, field: ir.Field) -> object:
        if field.example is not None:
            return field.example
        type_ = bare(field.type, self._schemas)
        if isinstance(type_, ir.ArrayType) and not type_.min_items:
            return []
        return sample(field.type, self._schemas, full=False)
