"""Everything that a crash report, a debugger or a log could show of a value."""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Iterator, Mapping
from typing import Any


def parts(value: object) -> Iterator[str]:
    """Yield each text inside a value: attributes, slots, items, however deep."""
    todo, seen = [value], dict[int, object]()
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one  # kept alive, so that no id is used twice
        if isinstance(one, str):
            yield one
        elif isinstance(one, bytes | bytearray):
            yield bytes(one).decode("latin-1")
        elif isinstance(one, Mapping):
            todo += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            todo += one
        elif not isinstance(one, type):
            todo += _attributes(one)


def _attributes(value: object) -> Iterator[object]:
    yield from getattr(value, "__dict__", {}).values()
    if isinstance(value, BaseException):
        yield from (value.args, value.__cause__, value.__context__)
    for kind in type(value).__mro__:
        slots = vars(kind).get("__slots__", ())
        for name in [slots] if isinstance(slots, str) else slots:
            yield getattr(value, name, None)


def tracebacks(error: BaseException) -> Iterator[str]:
    """Yield the traceback, with causes, without and with the variables of each frame."""
    for with_variables in (False, True):
        made = traceback.TracebackException.from_exception(
            error, capture_locals=with_variables
        )
        yield "".join(made.format())


def shown(error: BaseException) -> Iterator[tuple[str, str]]:
    """Yield what an error shows, each text with the way in which it does."""
    yield "repr", repr(error)
    yield "str", str(error)
    yield from (("attributes", text) for text in parts(error))
    yield "pickle", pickle.dumps(error).decode("latin-1")
    plain, with_variables = tracebacks(error)
    yield "traceback", plain
    yield "variables of the frames", with_variables


class Records(logging.Handler):
    """Keeps what is logged, as text and as data."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []
        self.names: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.names.add(record.name.split(".")[0])
        self.texts += [record.getMessage(), *parts(vars(record))]


def all_loggers() -> Iterator[logging.Logger]:
    """Yield every logger that exists, the root first."""
    yield logging.getLogger()
    manager: Any = logging.Logger.manager
    for name in list(manager.loggerDict):
        yield logging.getLogger(name)
