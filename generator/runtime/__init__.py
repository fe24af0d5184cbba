"""The hand-written core of a generated client, copied flat into each package.

Relative imports, the standard library, msgspec and httpx2 only, so that a copy works
wherever it stands. The way of a call: `_client` takes the arguments, `_prepare` makes
them a request (`_encode`, `_money`) that a scheme signs (`_signing`, `_whitebit`,
`_nonce`), `_transport` sends it once, and `_interpret` makes the answer a value
(`_decode`, `_union`, `_model`) or an error (`_refusal`, `_reasons`, `errors`).
"""
