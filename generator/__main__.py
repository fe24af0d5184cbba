"""`openapi-vendor` and `python -m generator`: the quick answer first, then the commands."""

from __future__ import annotations

import gc
import sys

from .commands_unchanged import answer


def main() -> None:
    """Run the command line."""
    answer(sys.argv[1:])
    # What a run makes stays until its end; looking for garbage takes up to a sixth of it.
    # The sandbox, which stays longer, begins to look when it's ready.
    gc.disable()
    from .cli import main as run

    run()


if __name__ == "__main__":
    main()
