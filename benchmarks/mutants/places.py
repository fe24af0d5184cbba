"""The mutants of a package: some places of each operator, drawn with a fixed seed."""

from __future__ import annotations

import random
from pathlib import Path

from .answers import dropped_field, float_field, misnamed_field, wrong_member
from .arguments import (
    dropped_argument,
    float_argument,
    misnamed_argument,
    swapped_arguments,
)
from .client import wrong_credential, wrong_host
from .operations import (
    lost_case,
    unsigned,
    untyped_answer,
    wrong_code,
    wrong_kind,
    wrong_method,
    wrong_pages,
    wrong_path,
    wrong_reason,
)
from .runtime import swallowed_error, wrong_branch, wrong_signature, wrong_status
from .source import Mutant, Operator, Source

SEED = 20_260_401
PLACES = 14  # of one operator, drawn from all

OPERATORS: tuple[Operator, ...] = (
    *(wrong_path, wrong_method, wrong_host, wrong_kind, unsigned, wrong_credential),
    *(dropped_argument, misnamed_argument, swapped_arguments, float_argument),
    *(misnamed_field, dropped_field, float_field, untyped_answer, wrong_member),
    *(wrong_reason, lost_case, wrong_code, wrong_pages),
    *(swallowed_error, wrong_status, wrong_signature, wrong_branch),
)


def mutants(package: Path) -> list[Mutant]:
    """Give the mutants of a package: some places of each operator, always the same."""
    sources = [Source(file) for file in sorted(package.glob("*.py"))]
    found: list[Mutant] = []
    for operator in OPERATORS:
        places = [mutant for source in sources for mutant in operator(source)]
        # By place and not by operator: a new operator leaves the others as they are.
        draw = random.Random(f"{SEED} {operator.__name__}")
        draw.shuffle(places)
        found += sorted(places[:PLACES], key=lambda m: (m.file, m.start))
    return found
