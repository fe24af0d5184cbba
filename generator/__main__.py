"""`openapi-vendor` and `python -m generator`: the quick answer first, then the commands."""

from __future__ import annotations

import sys

from .commands_unchanged import answer


def main() -> None:
    """Run the command line."""
    answer(sys.argv[1:])
    from .cli import main as run

    run()


if __name__ == "__main__":
    main()
