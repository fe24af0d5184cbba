"""`docs/lint-rules.md` holds the rules as they are; `UPDATE_CASES=1` rewrites it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from generator.lint.registry import RULES
from tests.support.command import ROOT

FILE = ROOT / "docs" / "lint-rules.md"
UPDATE = "UPDATE_CASES" in os.environ
HEAD = """\
# What `lint` finds

Everything here is legal, and it will hurt those who call the API. Nothing is changed by a
finding: `generate` goes on, and you decide. A *warning* is a mistake of the document more
likely than not. A *note* is a gap that somebody can fill. `--strict` ends with exit code 1
where there is a warning; a note fails nothing.

`lint` shows the warnings of `generate` too; the last four rules of the table are of that
kind. Other ids, `unknown-type` for instance, explain themselves in their message.

What you decided to live with stands in `pyproject.toml`, with the reason:

```toml
[[tool.openapi-vendor.ignore]]
rule = "money-without-rule"
at = "#/components/schemas/*/properties/hashRate"
reason = "hashes, not money"
```

`at` is a JSON pointer, which means everything below it as well (`#` the whole document), a
glob of pointers, or a file as the findings name it. All three are required. An entry that
matches nothing is a warning itself. The entries belong to the configured document; another
one, given by `--spec`, has none.

`--format` is `text`, `json` (`docs/schemas/lint.schema.json`), `github` (annotations) or
`sarif` (2.1.0). `generate` knows the same four (`docs/schemas/generate.schema.json`).

| rule | severity | finds | why it hurts | what to do |
|---|---|---|---|---|
"""


def _lines() -> Iterator[str]:
    for rule in RULES.values():
        cells = (f"`{rule.id}`", rule.severity, rule.summary, rule.why, rule.help)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def test_the_table_is_the_registry() -> None:
    text = HEAD + "".join(_lines())
    if UPDATE:
        FILE.write_text(text, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == text


def test_every_rule_says_what_why_and_what_to_do() -> None:
    for rule in RULES.values():
        for words in (rule.summary, rule.why, rule.help):
            assert words, rule.id
            assert not words.endswith("."), rule.id
