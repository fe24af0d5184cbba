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
- `keys` puts those rules in order and remembers nonces.
- `exchange` answers from a table that a test fills in, and keeps a record.
- `app` is the sandbox: `routes` finds the operation, `access` asks who calls, `inputs`
  holds parameters and body against `model.values`, `examples` and `samples` give
  the answer, `switches` spoils it with one of the `faults`, `shapes` words a refusal as
  the document declares it, `journal` remembers.
- `described` is the document as the sandbox serves it; `control`, `calls` and the files
  in `page` are its page.

`serve(Exchange(keys))` is an exchange that a client can be pointed at, and
`serve(Sandbox(api, document))` one that answers as a document says.
"""
