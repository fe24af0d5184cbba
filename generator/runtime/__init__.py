"""The hand-written core of a generated client, copied flat into each package.

Relative imports, the standard library, msgspec and httpx2 (with what it brings) only, so
that a copy works wherever it stands; `_needed` says which is missing.
The way of a call: `_client` and `_resource` take the arguments, `_call` makes `_attempts`
as `_retry` decides (`_limits`, `_hooks`, `_log`). For each, `_prepare` makes a request
(`_encode`, `_money`) that a scheme signs (`_signing`, `_whitebit`, `_nonce`),
`_transport` sends it once through `_network` and a `_connection` of it (`_watch`,
`_one_answer`) or a transport of the caller's (`_given_transport`), `_reading` has its
answer whole, and `_interpret` makes that a value (`_decode`, `_union`, `_model`) or an
error (`_refusal`, `_failures`, `_reasons`, `errors`). An answer that goes on is an
`_item_stream`, whose bytes `_items` cuts.
"""
