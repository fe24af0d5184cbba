"""Whether every broken document ends in a client that compiles, or in diagnostics.

    python -m benchmarks.fuzz                      500 documents, about a minute
    python -m benchmarks.fuzz --runs 3000 --seed 7
    python -m benchmarks.fuzz --only 1234          one run again, with its traceback
    python -m benchmarks.fuzz --only 1234 --keep broken.json

Each run takes a few paths of a real document (the one of this repository, and those of
`../shared/corpus/dev` where they are), breaks one to six places, and generates in
process, layout included. A run depends on the seed and its number only. Ends with exit
code 1 if there was a traceback, a module that does not compile, or a run of more than 20
seconds.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from generator import pipeline
from generator.config import Config
from generator.diagnostics import InputError, render_text

from .documents import broken_text, real_documents

MOST_SECONDS = 20


def outcome(file: Path) -> str:
    """Return how a document ends: `generated`, or `refused`; anything else raises."""
    # Names are given, as they must be for a title without words.
    config = Config(spec=str(file), output="out", package="broken", client="Broken")
    try:
        made = pipeline.generate(config)
    except InputError as error:
        render_text(error.diagnostics, color=True)
        if not any(each.message for each in error.diagnostics):
            raise AssertionError("refused without a word") from error
        return "refused"
    render_text(made.compiled.diagnostics, color=True)
    for path, content in made.files.items():
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise AssertionError(f"a file outside the output folder: {path}")
        if path.endswith(".py") and "_harness" not in path:
            compile(content, path, "exec")
    return "generated"


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"more than {MOST_SECONDS} seconds")


def _site(error: BaseException) -> str:
    """Return what tells one fault of the generator from another."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "/generator/" in f.filename] or frames
    last = own[-1]
    place = f"{Path(last.filename).name}:{last.lineno} {last.name}"
    return f"{type(error).__name__} at {place}: {str(error)[:90]}"


def main() -> None:
    """Run, and print a line for each fault of the generator."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.fuzz", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one run")
    parser.add_argument("--keep", type=Path, help="where its document goes")
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _too_slow)
    documents = real_documents()
    numbers = range(options.runs) if options.only is None else [options.only]
    ends: Counter[str] = Counter()
    faults: dict[str, list[int]] = {}
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spec.json"
        for done, number in enumerate(numbers, 1):
            rng = random.Random(f"{options.seed}/{number}")
            text = broken_text(rng, documents)
            file.write_text(text, encoding="utf-8")
            if options.keep:
                options.keep.write_text(text, encoding="utf-8")
            signal.alarm(MOST_SECONDS)
            try:
                ends[outcome(file)] += 1
            except Exception as error:
                ends["fault"] += 1
                faults.setdefault(_site(error), []).append(number)
                if options.only is not None:
                    traceback.print_exc()
            finally:
                signal.alarm(0)
            if sys.stderr.isatty() or done % 250 == 0:
                print(
                    f"\r{done} of {len(numbers)}", end="", file=sys.stderr, flush=True
                )
    took = time.monotonic() - begun
    print(file=sys.stderr)
    for site, runs in sorted(faults.items(), key=lambda entry: -len(entry[1])):
        print(f"{len(runs):4} {site}  (--seed {options.seed} --only {runs[0]})")
    counts = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
    print(f"{len(documents)} documents, {took:.0f} s: {counts}")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
