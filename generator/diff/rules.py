"""The rules: what each kind of difference means. Also the source of `docs/diff-rules.md`.

`wire` is the verdict on the wire: may the new server refuse what an old caller could
legally send, or send what the old document ruled out? The verdict on the Python surface
is no rule's: it follows from the symbols that change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .findings import Kind


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of difference; its id is stable across versions."""

    id: str  # request-field-renamed
    kind: Kind  # what it is if nothing breaks
    wire: bool  # breaking on the wire
    sentence: str  # `{name}` is called `{after}` now
    why: str  # one sentence for the table
    mirror: str  # the rule of the same difference, read from new to old


_IN: tuple[str, ...] = ("request", "response", "error")
_READ_IN_ANSWERS = frozenset(("pattern-loosened", "pattern-changed"))
_IN_SENTENCES = frozenset(("described", "unit", "condition", "retired", "codes"))
_ONLY: dict[str, tuple[str, ...]] = {"default-changed": _IN[:1]}
_ONLY |= dict.fromkeys(("read-only", "not-read-only"), _IN[:1])
_ONLY |= dict.fromkeys(("write-only", "not-write-only"), _IN[1:])
_WIDE = "the server accepts more; an answer may hold what was ruled out before"
_NARROW = "the server accepts less; an answer holds less than before"

# What can happen to a value: its name; breaking in a request; breaking in an answer or an
# error; kind otherwise; sentence; why; mirror.
_VALUES: tuple[tuple[str, bool, bool, Kind, str, str, str], ...] = (
    ("field-added", False, False, "compatible", "`{name}` is new",
     "nobody has to send it, and readers ignore what they do not know",
     "field-removed"),
    ("field-removed", False, True, "compatible", "`{name}` is gone",
     "a server ignores what it does not know; a reader misses it", "field-added"),
    ("field-renamed", True, True, "compatible", "`{before}` is called `{after}` now",
     "the old name is neither understood nor sent", "field-renamed"),
    ("field-required", True, False, "compatible", "`{name}` is required now",
     "calls without it are refused; an answer that always has it is fine",
     "field-optional"),
    ("field-optional", False, True, "compatible", "`{name}` is optional now",
     "an answer may come without it", "field-required"),
    ("nullable", False, True, "compatible", "`{name}` may be null now", _WIDE,
     "not-nullable"),
    ("not-nullable", True, False, "compatible", "`{name}` may not be null any more",
     _NARROW, "nullable"),
    ("type-changed", True, True, "compatible",
     "`{name}` is {after} now, it was {before}",
     "neither type holds the values of the other", "type-changed"),
    ("type-widened", False, True, "compatible",
     "`{name}` is {after} now, it was {before}", _WIDE, "type-narrowed"),
    ("type-narrowed", True, False, "compatible",
     "`{name}` is {after} now, it was {before}", _NARROW, "type-widened"),
    ("value-added", False, True, "compatible", "`{name}` may be {after} too", _WIDE,
     "value-removed"),
    ("value-removed", True, False, "compatible", "`{name}` may not be {before} any more",
     _NARROW, "value-added"),
    ("wrapped", True, True, "compatible",
     "`{name}` is {after} now, it was {before}",
     "what was one object has to fit one of several: fields that went together do not",
     "unwrapped"),
    ("unwrapped", True, True, "compatible",
     "`{name}` is {after} now, it was {before}",
     "what was one of several objects is a single one", "wrapped"),
    ("limit-tightened", True, False, "compatible",
     "`{name}` allows less: {before} became {after}", _NARROW, "limit-loosened"),
    ("limit-loosened", False, True, "compatible",
     "`{name}` allows more: {before} became {after}", _WIDE, "limit-tightened"),
    ("limit-changed", True, True, "compatible",
     "`{name}` is limited otherwise: {before} became {after}",
     "neither demand includes the other", "limit-changed"),
    ("pattern-tightened", True, False, "compatible",
     "`{name}` has to match {after} now", "texts that went through are refused",
     "pattern-loosened"),
    ("pattern-loosened", False, False, "compatible",
     "`{name}` need not match {before} any more",
     "a server accepts more; an answer is text of the same kind and length: read it if"
     " you take the text apart",
     "pattern-tightened"),
    ("pattern-changed", True, False, "compatible",
     "`{name}` has to match {after} now, it was {before}",
     "texts that went through may be refused; an answer: as above", "pattern-changed"),
    ("closed", True, False, "compatible", "`{name}` refuses fields that are not named",
     "a field that was ignored is refused", "opened"),
    ("opened", False, False, "compatible", "`{name}` accepts fields that are not named",
     "readers ignore what they do not know", "closed"),
    ("default-changed", False, False, "review",
     "the default of `{name}` is {after} now, it was {before}",
     "nothing is refused, but who leaves it out gets something else",
     "default-changed"),
    ("read-only", False, False, "review", "`{name}` is only answered now, never sent",
     "`readOnly` says that it should not be sent, not that it is refused",
     "not-read-only"),
    ("not-read-only", False, False, "compatible", "`{name}` may be sent now",
     "nobody has to", "read-only"),
    ("write-only", False, False, "review", "`{name}` is only sent now, not answered",
     "`writeOnly` says that it should not be answered, not that it is missing",
     "not-write-only"),
    ("not-write-only", False, False, "compatible", "`{name}` may be answered now",
     "readers ignore what they do not know", "write-only"),
    ("deprecated", False, False, "review", "`{name}` is deprecated now",
     "it works still; plan to do without it", "not-deprecated"),
    ("not-deprecated", False, False, "compatible", "`{name}` is not deprecated any more",
     "nothing changes", "deprecated"),
    ("undeclared", False, False, "review",
     "a defect: {after} is required and nowhere declared",
     "nobody can tell what to send: ask the vendor, or declare it in an overlay",
     "declared"),
    ("declared", False, False, "compatible",
     "a defect is gone: {before} was required and nowhere declared",
     "what is required is declared", "undeclared"),
    ("described", False, False, "docs", "`{name}` is described otherwise",
     "text for people; `unit`, `condition`, `retired` and `codes` look for facts in it",
     "described"),
    ("example", False, False, "docs", "the example of `{name}` is another one",
     "an illustration", "example"),
    ("unit", True, True, "review", "`{name}` is in {after} now, it was in {before}",
     "the same number means something else; only a sentence says so", "unit"),
    ("condition", False, False, "review",
     "`{name}`: when it is needed reads otherwise: {after}",
     "a demand that only a sentence states; read it", "condition"),
    ("retired", False, False, "review", "`{name}`: something is retired: {after}",
     "only a sentence says so; read it", "retired"),
    ("codes", False, False, "review",
     "`{name}`: a table of codes has {after} in place of {before}",
     "values that only a sentence lists", "codes"),
)  # fmt: skip

_OTHERS: tuple[tuple[str, bool, Kind, str, str, str], ...] = (
    ("request-field-added-required", True, "compatible", "`{name}` has to be sent now",
     "calls without it are refused", "request-field-removed"),
    ("request-field-refused", True, "compatible", "`{name}` is refused now",
     "the body accepts named fields only", "request-field-added"),
    ("request-supplied", False, "compatible",
     "the client fills `{name}` itself, as {after} now: regenerate it",
     "callers never pass it, so nothing of theirs changes", "request-supplied"),
    ("request-field-placed", True, "compatible",
     "`{name}` travels in the {after} now, it was in the {before}",
     "the server looks for it elsewhere", "request-field-placed"),
    ("request-field-written", True, "compatible",
     "`{name}` is written as {after} now, it was {before}",
     "the server reads a list or an object otherwise", "request-field-written"),
    ("request-path-name", False, "compatible",
     "`{before}` of the path is called `{after}` now",
     "a value of the path travels by place, not by name", "request-path-name"),
    ("body-added-required", True, "compatible", "a body has to be sent now",
     "calls without it are refused", "body-removed"),
    ("body-added", False, "compatible", "a body may be sent now", "nobody has to",
     "body-removed"),
    ("body-removed", False, "compatible", "no body is taken any more",
     "a server ignores what it does not know", "body-added"),
    ("body-required", True, "compatible", "the body is required now",
     "calls without it are refused", "body-optional"),
    ("body-optional", False, "compatible", "the body is optional now", "nobody has to",
     "body-required"),
    ("request-media-removed", True, "compatible", "{before} is not taken any more",
     "bodies of that kind are refused", "request-media-added"),
    ("request-media-added", False, "compatible", "{after} is taken too", "nobody has to",
     "request-media-removed"),
    ("response-media-removed", True, "compatible", "{before} is not answered any more",
     "a caller who asks for it gets nothing", "response-media-added"),
    ("response-media-added", False, "compatible", "{after} may be asked for",
     "nobody has to", "response-media-removed"),
    ("response-body-added", False, "compatible", "a success has a documented body now",
     "readers ignore what they do not know", "response-body-removed"),
    ("response-body-removed", True, "compatible",
     "a success has no documented body any more", "a reader misses it",
     "response-body-added"),
    ("success-status-changed", True, "compatible",
     "success is {after} now, it was {before}",
     "whoever waits for the old status waits for ever; the client takes any 2xx",
     "success-status-changed"),
    ("success-status-added", True, "compatible", "success may be {after} too",
     "the old document ruled it out; the client takes any 2xx",
     "success-status-removed"),
    ("success-status-removed", False, "compatible", "{before} does not come any more",
     "less comes than before", "success-status-added"),
    ("error-status-added", False, "compatible", "{after} is documented as a refusal",
     "any call could be refused before; now it is said how", "error-status-removed"),
    ("error-status-removed", False, "compatible",
     "{before} is no documented refusal any more", "less comes than before",
     "error-status-added"),
    ("error-status-changed", True, "compatible",
     "the refusal {before} comes as {after} now",
     "whoever handles the old status does not see it", "error-status-changed"),
    ("error-body-added", False, "compatible", "the body of {after} is documented now",
     "readers ignore what they do not know", "error-body-removed"),
    ("error-body-removed", False, "review", "the body of {before} is undocumented now",
     "nothing says that it is gone", "error-body-added"),
    ("reason-added", False, "compatible", "a refusal is documented: {name}",
     "any call could be refused before; now there is a name for it", "reason-removed"),
    ("reason-removed", False, "compatible", "a refusal is not documented any more: {name}",
     "less comes than before; code that names the reason fails in Python",
     "reason-added"),
    ("reason-renamed", False, "compatible",
     "the refusal `{before}` is called `{after}` now",
     "the answer is the same; code that names the reason fails in Python",
     "reason-renamed"),
    ("reason-moved", True, "compatible", "the refusal {name} comes as {after} now,"
     " it was {before}", "whoever handles the old status does not see it",
     "reason-moved"),
    ("reason-code", True, "compatible", "the refusal {name} has code {after} now, it was"
     " {before}", "whoever handles the old code does not see it", "reason-code"),
    ("error-code", True, "compatible", "{name} comes with code {after} now, it came with"
     " {before}", "whoever handles status and code does not see it", "error-code"),
    ("reason-field", True, "compatible", "the refusal {name} blames `{after}` now, it was"
     " `{before}`", "whoever looks under the old field finds nothing", "reason-field"),
    ("reason-field-removed", True, "compatible",
     "the refusal {name} does not blame `{before}` any more",
     "whoever looks under the old field finds nothing", "reason-field-added"),
    ("reason-field-added", False, "compatible", "the refusal {name} blames `{after}` too",
     "readers ignore what they do not know", "reason-field-removed"),
    ("reason-text", False, "docs", "the refusal {name} is worded otherwise",
     "text for people", "reason-text"),
    ("operation-added", False, "compatible", "{name} is new", "nobody has to call it",
     "operation-removed"),
    ("operation-removed", True, "compatible", "{name} is gone", "calls are refused",
     "operation-added"),
    ("operation-renamed", False, "compatible", "{before} is called {after} now",
     "method and path are the same", "operation-renamed"),
    ("operation-moved", True, "compatible", "{name} is at {after} now, it was {before}",
     "calls to the old place are refused", "operation-moved"),
    ("operation-grouped", False, "compatible",
     "{name} belongs to {after} now, it was {before}",
     "tags do not travel; the attribute of the client is another one",
     "operation-grouped"),
    ("operation-kind", False, "review", "{name} is a {after} now, it was a {before}",
     "a read is sent again after a failure, a write never", "operation-kind"),
    ("operation-paged", False, "compatible", "how {name} is paged changed",
     "the iterator of the client follows", "operation-paged"),
    ("operation-deprecated", False, "review", "{name} is deprecated now",
     "it works still; plan to do without it", "operation-not-deprecated"),
    ("operation-not-deprecated", False, "compatible", "{name} is not deprecated any more",
     "nothing changes", "operation-deprecated"),
    ("rate-limit", False, "review", "{name} allows {after} now, it was {before}",
     "calls that went through may be refused when they come faster", "rate-limit"),
    ("component-renamed", False, "compatible",
     "the schema `{before}` is called `{after}` now", "names of schemas do not travel",
     "component-renamed"),
    ("server-added", False, "compatible", "a server is new: {after}", "nobody has to use"
     " it", "server-removed"),
    ("server-removed", True, "compatible", "a server is gone: {before}",
     "calls to it are refused", "server-added"),
    ("server-changed", True, "compatible", "the server is {after} now, it was {before}",
     "an old client goes on calling the old one", "server-changed"),
    ("security-added", True, "compatible", "credentials are needed now: {after}",
     "calls without them are refused", "security-removed"),
    ("security-removed", False, "compatible", "no credentials are needed any more",
     "what is sent too much is ignored", "security-added"),
    ("security-option-added", False, "compatible", "credentials may be {after} too",
     "nobody has to", "security-option-removed"),
    ("security-option-removed", True, "compatible",
     "credentials may not be {before} any more", "calls with them are refused",
     "security-option-added"),
    ("security-changed", True, "compatible",
     "credentials are {after} now, they were {before}",
     "calls with the old ones are refused", "security-changed"),
    ("security-stated", False, "compatible",
     "the document names what a signed call always sent: {after}",
     "the client signs as before", "security-stated"),
    ("scheme-changed", True, "compatible", "`{name}` is {after} now, it was {before}",
     "calls with the old one are refused", "scheme-changed"),
    ("api-described", False, "docs", "the document as a whole is described otherwise",
     "text for people", "api-described"),
    ("python-changed", False, "compatible",
     "types of the client have other names or places",
     "nothing on the wire: a type is called after the place where the document has it",
     "python-changed"),
)  # fmt: skip


def _rules() -> Iterator[Rule]:
    for what, request, answer, kind, sentence, why, mirror in _VALUES:
        places = (*_IN, "operation") if what in _IN_SENTENCES else _IN
        for where in _ONLY.get(what, places):
            wire = request if where == "request" else answer
            read = where != "request" and what in _READ_IN_ANSWERS
            yield Rule(
                f"{where}-{what}",
                "review" if read else kind,
                wire,
                sentence,
                why,
                f"{where}-{mirror}",
            )
    for id_, wire, kind, sentence, why, mirror in _OTHERS:
        yield Rule(id_, kind, wire, sentence, why, mirror)


RULES: dict[str, Rule] = {rule.id: rule for rule in _rules()}
