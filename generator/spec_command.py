"""Commands that are told their document by `--spec`, and say so to whom leaves it out."""

from __future__ import annotations

import shlex

import click


class SpecCommand(click.Command):
    """A command with an option `--spec`."""

    allow_extra_args = True  # they are complained about here

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; one too many may be the document."""
        extra = super().parse_args(ctx, args)
        if extra and not ctx.resilient_parsing:
            said = f"Got unexpected extra arguments ({' '.join(extra)})"
            if len(extra) == 1:
                said = f"Got unexpected extra argument ({extra[0]})"
                if ctx.params.get("spec") is None:
                    said += f": did you mean --spec {shlex.quote(extra[0])}?"
            ctx.fail(said)
        return extra
