"""A local exchange: what the client is tried against when money must not move.

WhiteBIT offers no test network, so the rules that it documents are written down here
a second time and enforced on a loopback port:

- `messages` is what a handler receives and returns. How the bytes of an answer reach
  the wire is a field of the response; damaged, late and broken-off answers are other
  values of that field.
- `http` is a small HTTP/1.1 server that knows nothing of exchanges.
- `rules` says which headers, body, signature and nonce make a good request. The
  signature is computed by code of its own: shared with the client, one mistake would
  pass on both sides.
- `exchange` puts the rules in order, remembers nonces, answers and keeps a record.

`serve(Exchange(keys))` is an exchange that a client can be pointed at.
"""
