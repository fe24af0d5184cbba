"""How many deliberate faults of a generated client its generated tests find.

    python -m benchmarks.mutants                   both documents, about ten minutes
    python -m benchmarks.mutants shipped --limit 50

Each mutant is the client with one fault: an operator of the list below applied at one
place. The places of an operator are drawn with a fixed seed, so that two runs judge the
same mutants. A mutant is killed when the generated tests fail; no other test counts.
Prints the share of killed mutants for each operator, and every survivor.

Left out: the modules that only a socket reaches (`_transport`, `_connection`, `_network`,
`_retry` …), which the project's fault suite judges, the standard security schemes where a
client has none, and the wording of messages.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]

SPECS = ROOT.parent / "shared" / "whitebit" / "specs"
SEED = 20_260_401
PLACES = 14  # of one operator, drawn from all
WANTED = 0.95

# Why a mutant is alive, by its file and how its text begins. A gap is called one.
EXPLAINED: dict[tuple[str, str], str] = {
    ("client.py", '"https://whitebit.eu"'): "gap: no call goes to the second server",
    ("_interpret.py", "204"): "no operation of this document answers 204",
    ("client.py", "jwt_auth"): "gap: with_credentials is not called",
    ("_call.py", "raise self.not_sent"): "gap: no test fills the rate limiter",
    ("_call.py", "raise making.not_sent"): "gap: no test waits for another call",
    (
        "_call.py",
        "raise ConfigurationError",
    ): "gap: look_up of an unknown outcome is not called",
    ("_interpret.py", "raise DecodeError"): "gap: no answer of another JSON kind",
    ("_interpret.py", "300"): "no operation answers with an address",
    ("_interpret.py", "200"): "only the wording of a message depends on it",
    ("_encode.py", "isinstance(value, (bytes"): "no argument is bytes",
    ("_encode.py", "isinstance(value, Decimal)"): "no Decimal gets there unconverted",
    ("_encode.py", "not value.isascii()"): "gap: no argument has half a surrogate",
    ("_encode.py", "value is None"): "no operation sends a multipart form",
    ("_decode.py", "raise ValueError"): "gap: no answer says NaN",
    ("crypto_lending_flex.py", "("): "a row of the code table gives the same reason",
    ("_prepare.py", "self.base_url in own"): "no operation has a server of its own",
}


def explained(mutant: Mutant) -> str:
    """Give the reason why a mutant may live, if there is one."""
    text = mutant.old.decode()
    return next(
        (
            reason
            for (file, begin), reason in EXPLAINED.items()
            if file == mutant.file and text.startswith(begin)
        ),
        "no reason known",
    )


@dataclass(frozen=True)
class Mutant:
    """One fault."""

    operator: str  # wrong-path
    file: str  # codes.py
    line: int
    start: int  # bytes of the file that are replaced
    end: int
    new: bytes
    old: bytes


class Source:
    """A module of the client, with the places of its nodes in bytes."""

    def __init__(self, file: Path) -> None:
        self.name = file.name
        self.text = file.read_bytes()
        self.tree = ast.parse(self.text)
        self._lines = [0]
        for line in self.text.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Give where a node begins and ends."""
        begin, end = (getattr(node, name) for name in ("lineno", "end_lineno"))
        left, right = (getattr(node, n) for n in ("col_offset", "end_col_offset"))
        return self._lines[begin - 1] + left, self._lines[end - 1] + right

    def of(self, node: ast.AST) -> str:
        """Give the text of a node."""
        start, end = self.span(node)
        return self.text[start:end].decode()

    def change(self, operator: str, node: ast.AST, new: str) -> Mutant:
        """Make a mutant: another text instead of a node's own."""
        start, end = self.span(node)
        line = self.text.count(b"\n", 0, start) + 1
        old = self.text[start:end]
        return Mutant(operator, self.name, line, start, end, new.encode(), old)


Operator = Callable[[Source], Iterator[Mutant]]


def _calls(source: Source, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
            yield node


def _constants(source: Source, key: str) -> Iterator[ast.keyword]:
    """Yield one keyword of each operation's constant."""
    for call in _calls(source, "Operation"):
        yield from (k for k in call.keywords if k.arg == key)


def wrong_path(source: Source) -> Iterator[Mutant]:
    """Another path."""
    for keyword in _constants(source, "path"):
        text = source.of(keyword.value)
        yield source.change("wrong-path", keyword.value, f'{text[:-1]}s"')


def wrong_method(source: Source) -> Iterator[Mutant]:
    """Another HTTP method."""
    for keyword in _constants(source, "method"):
        other = '"PUT"' if source.of(keyword.value) == '"POST"' else '"POST"'
        yield source.change("wrong-method", keyword.value, other)


def unsigned(source: Source) -> Iterator[Mutant]:
    """An operation that asks for no credentials."""
    for keyword in _constants(source, "security"):
        yield source.change("unsigned", keyword.value, "()")


def wrong_kind(source: Source) -> Iterator[Mutant]:
    """A write that is taken for a read, or a read for a write."""
    for call in _calls(source, "Operation"):
        kinds = [k for k in call.keywords if k.arg == "kind"]
        if kinds:
            yield source.change("wrong-kind", kinds[0].value, '"write"')
        elif call.keywords:
            first = call.keywords[0]
            text = f'{source.of(first)}, kind="read"'
            yield source.change("wrong-kind", first, text)


def wrong_reason(source: Source) -> Iterator[Mutant]:
    """A documented body under the name of another one."""
    for keyword in _constants(source, "cases"):
        assert isinstance(keyword.value, ast.Tuple)
        read = [(e, json.loads(ast.literal_eval(e))) for e in keyword.value.elts]
        for (place, (name, status, body)), (_, other) in pairwise(read):
            if name != other[0]:
                mixed = json.dumps([other[0], status, body], separators=(",", ":"))
                yield source.change("wrong-reason", place, repr(mixed))


def lost_case(source: Source) -> Iterator[Mutant]:
    """A documented body that is not known."""
    for keyword in _constants(source, "cases"):
        assert isinstance(keyword.value, ast.Tuple)
        elements = keyword.value.elts
        for index in range(len(elements)):
            rest = [source.of(e) for i, e in enumerate(elements) if i != index]
            text = f"({', '.join(rest)}{',' if rest else ''})"
            yield source.change("lost-case", keyword.value, text)


def wrong_code(source: Source) -> Iterator[Mutant]:
    """A row of a code table with another code."""
    for keyword in _constants(source, "codes"):
        for code in _calls_in(keyword.value, "Code"):
            yield source.change("wrong-code", code.args[2], "424242")


def _calls_in(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node


def _sent(source: Source) -> Iterator[ast.Dict]:
    """Yield the values that each method hands over."""
    for call in _calls(source, "self._call"):
        for keyword in call.keywords:
            if isinstance(keyword.value, ast.Dict) and keyword.value.keys:
                yield keyword.value


def dropped_argument(source: Source) -> Iterator[Mutant]:
    """An argument that is not sent."""
    for mapping in _sent(source):
        pairs = [
            f"{source.of(k)}: {source.of(v)}"
            for k, v in zip(mapping.keys, mapping.values, strict=True)
            if k is not None
        ]
        for index in range(len(pairs)):
            rest = pairs[:index] + pairs[index + 1 :]
            text = f"{{{', '.join(rest)}}}"
            yield source.change("dropped-argument", mapping, text)


def misnamed_argument(source: Source) -> Iterator[Mutant]:
    """An argument under another name."""
    for mapping in _sent(source):
        for key in mapping.keys:
            assert key is not None
            yield source.change("misnamed-argument", key, f'{source.of(key)[:-1]}_"')


def swapped_arguments(source: Source) -> Iterator[Mutant]:
    """An argument under the name of its neighbour."""
    for mapping in _sent(source):
        for one, other in pairwise(mapping.values):
            yield source.change("swapped-arguments", one, source.of(other))


def float_argument(source: Source) -> Iterator[Mutant]:
    """Money that goes out as a float, or unchecked."""
    if source.name.startswith("_"):  # the runtime itself
        return
    for call in _calls(source, "money", "money_number"):
        value = source.of(call.args[0])
        yield source.change("float-argument", call, f"float({value})")
        yield source.change("float-argument", call, value)


def _fields(source: Source) -> Iterator[ast.AnnAssign]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and any(
            ast.unparse(base) == "Model" for base in node.bases
        ):
            yield from (f for f in node.body if isinstance(f, ast.AnnAssign))


def misnamed_field(source: Source) -> Iterator[Mutant]:
    """A field of an answer under another wire name."""
    for field in _fields(source):
        if isinstance(field.value, ast.Call):
            for keyword in field.value.keywords:
                if keyword.arg == "name":
                    text = f'{source.of(keyword.value)[:-1]}_"'
                    yield source.change("misnamed-field", keyword.value, text)
        else:
            yield source.change(
                "misnamed-field", field.target, f"{source.of(field.target)}_"
            )


def dropped_field(source: Source) -> Iterator[Mutant]:
    """A field of an answer that is not there."""
    for field in _fields(source):
        yield source.change("dropped-field", field, "pass")


def float_field(source: Source) -> Iterator[Mutant]:
    """Money that comes in as a float, or as text."""
    for field in _fields(source):
        annotation = source.of(field.annotation)
        if "Decimal" in annotation:
            for other in ("float", "str"):
                text = annotation.replace("Decimal", other)
                yield source.change("float-field", field.annotation, text)


def untyped_answer(source: Source) -> Iterator[Mutant]:
    """An answer that is not decoded to its type."""
    for keyword in _constants(source, "returns"):
        if source.of(keyword.value) not in ("Json", "None"):
            yield source.change("untyped-answer", keyword.value, "int")


def wrong_member(source: Source) -> Iterator[Mutant]:
    """A member of an enum with another value."""
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.ClassDef)
            and node.name != "Server"
            and any(
                ast.unparse(base) in ("StrEnum", "OpenStrEnum") for base in node.bases
            )
        ):
            for member in node.body:
                if isinstance(member, ast.Assign):
                    text = f'{source.of(member.value)[:-1]}_"'
                    yield source.change("wrong-member", member.value, text)


def wrong_pages(source: Source) -> Iterator[Mutant]:
    """Pages whose items or total stand elsewhere."""
    for call in _calls(source, "Pages"):
        for keyword in call.keywords:
            text = f'{source.of(keyword.value)[:-1]}_"'
            yield source.change("wrong-pages", keyword.value, text)


def wrong_host(source: Source) -> Iterator[Mutant]:
    """Another server, of the client or of one operation."""
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.startswith("https://")
            and source.of(node) == f'"{node.value}"'
        ):
            yield source.change("wrong-host", node, '"https://elsewhere.test"')


def wrong_credential(source: Source) -> Iterator[Mutant]:
    """A scheme that gets another argument, or none."""
    for call in _calls(source, "WhiteBitSigner", "ApiKey", "Bearer", "Basic"):
        for one in call.keywords:
            if isinstance(one.value, ast.Name):
                yield source.change("wrong-credential", one.value, "None")
        for other in call.args:
            if isinstance(other, ast.Name):
                yield source.change("wrong-credential", other, "None")


def _runtime(*names: str) -> Callable[[Operator], Operator]:
    """Limit an operator to modules of the runtime."""

    def limited(operator: Operator) -> Operator:
        def only(source: Source) -> Iterator[Mutant]:
            if source.name in names:
                yield from operator(source)

        only.__doc__ = operator.__doc__
        only.__name__ = operator.__name__
        return only

    return limited


@_runtime("_interpret.py", "_refusal.py", "_failures.py", "_decode.py", "_call.py")
def swallowed_error(source: Source) -> Iterator[Mutant]:
    """An error that is not raised."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield source.change("swallowed-error", node, "return None")


@_runtime("errors.py", "_error.py", "_interpret.py", "_refusal.py")
def wrong_status(source: Source) -> Iterator[Mutant]:
    """A status in another family."""
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Constant)
            and type(node.value) is int
            and 200 <= node.value <= 599
        ):
            yield source.change("wrong-status", node, str(node.value + 7))


@_runtime("_whitebit.py")
def wrong_signature(source: Source) -> Iterator[Mutant]:
    """A header or a field of the signature that is missing or different."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Expr) and "set_header" in source.of(node):
            yield source.change("wrong-signature", node, "pass")
        if isinstance(node, ast.FunctionDef) and node.name == "apply":
            for inner in ast.walk(node):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    text = source.of(inner)
                    is_word = text.startswith('"') and len(text) > 4 and " " not in text
                    if is_word:
                        yield source.change("wrong-signature", inner, f'{text[:-1]}x"')
    for call in _calls(source, "b64encode", "encode_json"):
        yield source.change(
            "wrong-signature", call, f"{source.of(call.args[0])} or b''"
        )


@_runtime("_encode.py", "_prepare.py", "_money.py", "_words.py", "_pages.py")
def wrong_branch(source: Source) -> Iterator[Mutant]:
    """The other branch of what makes requests, amounts, words and pages."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.If):
            text = source.of(node.test)
            yield source.change("wrong-branch", node.test, f"not ({text})")


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


def make(document: str, folder: Path) -> Path:
    """Give a copy of a generated output, the tests beside the package."""
    output = folder / document
    if document == "shipped":
        shutil.copytree(
            ROOT / "generated", output, ignore=shutil.ignore_patterns("__pycache__")
        )
        return output
    command = [sys.executable, "-m", "generator", "generate", "--quiet"]
    command += ["--spec", str(SPECS / "main_api_v4.yaml"), "--output", str(output)]
    command += ["--overlay", str(ROOT / "spec" / "overlay-published.yaml")]
    command += ["--package", "whitebit", "--client", "WhiteBIT"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return output


def is_killed(output: Path, mutant: Mutant | None) -> bool:
    """Run the generated tests on a mutant, in a process of its own."""
    if mutant is None:
        return _fails(output, [str(output / "tests")])
    file = output / "whitebit" / mutant.file
    whole = file.read_bytes()
    try:
        file.write_bytes(whole[: mutant.start] + mutant.new + whole[mutant.end :])
        own = output / "tests" / f"test_{mutant.file}"
        # The tests of the tag itself first: they are the likely ones.
        return (own.exists() and _fails(output, [str(own)])) or _fails(
            output, [str(output / "tests")]
        )
    finally:
        file.write_bytes(whole)


def _fails(output: Path, paths: list[str]) -> bool:
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        return os.waitstatus_to_exitcode(status) != 0
    code = 2
    try:  # the child: whatever happens, it ends here
        import pytest

        os.chdir(output)
        signal_after(120)
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
            options = ["-x", "-q", "-p", "no:cacheprovider", "--tb=no"]
            options += ["-p", "no:randomly", "-p", "no:hypothesispytest"]
            code = int(pytest.main([*options, "-c", os.devnull, *paths]))
    finally:
        os._exit(code)


def signal_after(seconds: int) -> None:
    """End this process when a mutant hangs: that is a kill too."""
    import signal

    signal.alarm(seconds)


def run(document: str, limit: int) -> tuple[Counter[str], Counter[str], list[Mutant]]:
    """Judge the mutants of a document."""
    total: Counter[str] = Counter()
    killed: Counter[str] = Counter()
    survivors: list[Mutant] = []
    with tempfile.TemporaryDirectory() as folder:
        output = make(document, Path(folder))
        if is_killed(output, None):
            raise SystemExit(f"{document}: the tests fail without any mutant")
        chosen = mutants(output / "whitebit")
        if limit:
            chosen = random.Random(SEED).sample(chosen, min(limit, len(chosen)))
        begin = time.monotonic()
        for number, mutant in enumerate(chosen, 1):
            total[mutant.operator] += 1
            if is_killed(output, mutant):
                killed[mutant.operator] += 1
            else:
                survivors.append(mutant)
            passed = time.monotonic() - begin
            left = passed / number * (len(chosen) - number)
            line = f"{document}: {number}/{len(chosen)}, {len(survivors)} alive"
            with contextlib.suppress(OSError):
                print(f"\r{line}, {left:.0f} s left   ", end="", file=sys.stderr)
    print(file=sys.stderr)
    return total, killed, survivors


def main() -> int:
    """Print the table, and what survived."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("document", nargs="*", default=["shipped", "published"])
    parser.add_argument("--limit", type=int, default=0, help="judge so many only")
    options = parser.parse_args()
    sys.dont_write_bytecode = True  # a file that changes twice a second has no cache
    import httpx2  # noqa: F401 - what every child needs is imported once
    import msgspec  # noqa: F401
    import pytest  # noqa: F401

    worst = 1.0
    for document in options.document:
        total, killed, survivors = run(document, options.limit)
        print(f"\n{document}, seed {SEED}\n{'operator':<20}{'mutants':>8}{'killed':>8}")
        for operator, count in total.items():
            print(f"{operator:<20}{count:>8}{killed[operator]:>8}")
        share = killed.total() / total.total()
        worst = min(worst, share)
        print(f"{'all':<20}{total.total():>8}{killed.total():>8}  {share:.1%}")
        for one in survivors:
            what = f"{one.old.decode()[:60]!r} -> {one.new.decode()[:60]!r}"
            reason = explained(one)
            print(f"  alive: {one.operator} {one.file}:{one.line} {what}: {reason}")
    return 0 if worst >= WANTED else 1


if __name__ == "__main__":
    raise SystemExit(main())
