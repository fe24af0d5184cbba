"""The intermediate model: what a document says, without its syntax and without Python.

`ir` holds the frozen dataclasses. The builders turn places of the document into them,
one concern a module: `types`, `operations`, `errors`, `limits`, `pagination`,
`security`. `build` puts them together; `dump` prints a model as text.
"""
