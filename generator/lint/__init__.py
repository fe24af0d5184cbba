"""Findings on a document that is legal but will hurt those who call it.

`registry` lists the rules; each is a function of a model, and of what the document says
beside it, that yields findings. A rule reads nothing else, so that it says the same of a
file, a set of pages or an overlay.
"""
