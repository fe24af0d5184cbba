"""Proposals to the text of an overlay, every one of them a comment.

Whoever takes the `# ` away in front of an action makes it count. Proposals that say the
same of elements of one parent are one action.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..overlay_text import comment, double_quoted, json_path
from .proposals import Proposal
from .spots import Spot

__all__ = ["overlay_text"]


_HEADS: Mapping[str, str] = {
    "read": """\
  # Reads: operations that change nothing. A read is sent again when the network fails,
  # all others are sent at most once: a wrong one here can execute an order twice. Look up
  # each one in the documentation before you take it over.
""",
    "money": """\
  # Money: values that have to keep every digit. They become `Decimal`; a float is refused.
  # Names look alike, so look at the examples too: an id or a count isn't money.
""",
    "name": """\
  # Names: operations that the document doesn't name, or names twice. What is written here
  # is what the client calls them; another name is as good. It stays when the path changes.
""",
}
_NONE: Mapping[str, str] = {
    "read": "  # Reads: none proposed. An operation is one where you say `x-kind: read`.\n",
    "money": "  # Money: none proposed. A value is money where you say `x-money: true`.\n",
    "name": "  # Names: every operation has one of its own; `x-name` gives another.\n",
}


def overlay_text(
    title: str,
    document: str,
    proposals: Sequence[Proposal],
    locate: Callable[[str], Spot | None],
) -> str:
    """Return an overlay that changes nothing yet.

    `title` is the document's, `document` its path. `locate` finds an element, and returns
    None for one that no overlay of this document reaches.
    """
    parts = [
        f"# Corrections of {comment(document)}, which itself is never edited.\n"
        "# What stands here as a comment is proposed, and guessed from names: read each\n"
        "# reason, and take the `# ` in front of the action away where it is right.\n"
        "overlay: 1.0.0\n"
        "info:\n"
        f"  title: {double_quoted(f'Corrections of {title}')}\n"
        '  version: "1"\n'
        "actions:\n"
        "  # An overlay needs an action. This one changes nothing.\n"
        "  - target: $.info\n"
        "    update: {}\n"
    ]
    for kind in _HEADS:
        own = [(p, locate(p.pointer)) for p in proposals if p.kind == kind]
        reached = [(p, spot) for p, spot in own if spot is not None]
        parts.append(f"\n{_HEADS[kind]}\n" if reached else f"\n{_NONE[kind]}")
        parts += _actions(reached)
        if len(reached) < len(own):
            parts.append(
                f"  # {len(own) - len(reached)} more stand in other files, which no overlay"
                " of this document reaches.\n"
            )
    return "".join(parts)


def _actions(found: Sequence[tuple[Proposal, Spot]]) -> list[str]:
    groups: dict[object, list[tuple[Proposal, Spot]]] = {}
    for proposal, spot in found:
        key = (spot.keys[:-1], proposal.key, proposal.value)
        groups.setdefault(key, []).append((proposal, spot))
    return [_action(own) for own in groups.values()]


def _action(own: Sequence[tuple[Proposal, Spot]]) -> str:
    first, spot = own[0]
    reasons = "".join(
        f"  # {comment(each.place)}: {comment(proposal.reason)}\n"
        for proposal, each in own
    )
    target = json_path(spot.keys[:-1], [each.keys[-1] for _, each in own])
    value = str(first.value).lower() if isinstance(first.value, bool) else first.value
    return (
        f"{reasons}  # - target: {double_quoted(target)}\n"
        f"  #   update: {{{first.key}: {value}}}\n"
    )
