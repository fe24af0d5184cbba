"""A signing scheme of the project wins over those of the tool."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.compilation import compile_document
from generator.config import Config
from tests.support.command import ROOT

FILE = ROOT / "examples" / "signer" / "signers" / "timestamp_hmac.py"
SPEC = ROOT / "tests" / "cases" / "signed" / "spec.yaml"
WHITEBIT = '("X-TXC-APIKEY", "X-TXC-PAYLOAD", "X-TXC-SIGNATURE")'


@pytest.mark.parametrize("name", ["timestamp_hmac", "whitebit"])
def test_the_own_scheme_serves_what_both_could(tmp_path: Path, name: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    text = text.replace('= "timestamp_hmac"', f'= "{name}"')
    text = text.replace('("X-Key", "X-Timestamp", "X-Signature")', WHITEBIT)
    text = text.replace('required: ClassVar[str] = "X-Key"', "required = headers[0]")
    own = tmp_path / "own_scheme.py"
    own.write_text(text, encoding="utf-8")
    api = compile_document(Config(spec=str(SPEC), signer=str(own))).api
    assert [(s.name, s.module) for s in api.signers] == [(name, "_own_scheme")]
    assert {r.signer for o in api.operations for r in o.security} == {name}
