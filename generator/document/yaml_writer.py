"""Plain data to YAML that reads as the same data, and differs only where the data does.

Keys keep their order, texts stand in one line or as a block, and whatever YAML 1.2 or 1.1
would take for something else than a text is quoted.
"""

from __future__ import annotations

import yaml

from .differences import first_difference
from .faults import UnreadableError
from .plain import copy_plain
from .yaml_scalars import NumberTooLongError, plain_value
from .yaml_text import read_yaml

_NEVER = 2**31 - 1  # the width at which lines are folded


class UnwritableError(Exception):
    """YAML has no words for the data."""


class _Dumper(yaml.CSafeDumper):
    """Writes texts so that both versions of YAML read texts."""

    def ignore_aliases(self, data: object) -> bool:
        """Write out what is shared."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text:
        style = "|"
    elif not _is_text(text):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _is_text(text: str) -> bool:
    try:
        return isinstance(plain_value(text), str)
    except NumberTooLongError:
        return False


_Dumper.add_representer(str, _text)


def stable_yaml(data: object) -> bytes:
    """Write data as YAML; raise UnwritableError if it would not read as the same."""
    try:
        written = yaml.dump(
            copy_plain(data),
            Dumper=_Dumper,
            allow_unicode=True,
            default_flow_style=False,
            encoding="utf-8",
            sort_keys=False,
            width=_NEVER,
        )
        assert isinstance(written, bytes)
        again = read_yaml(written.decode(), lambda _: None)
    except (ValueError, yaml.YAMLError, UnreadableError) as error:
        raise UnwritableError(str(error)) from error
    if first_difference(data, again) is not None:
        raise UnwritableError("it would not read as the same data")
    return written
