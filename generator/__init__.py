"""Compile an OpenAPI document into a Python client that is vendored and reviewed.

`pipeline` shows the stages in order; each folder is one of them. `document` reads the
text, `model` builds the intermediate model, `client` decides and renders what people
read, `output` brings a folder up to date. `runtime` is the hand-written core of every
generated client and imports nothing from here.
"""

__version__ = "0.1.0"
