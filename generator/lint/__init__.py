"""Findings on a document that is legal but will hurt those who call it.

`registry` lists the rules; each is a function of a model that yields findings. A rule
reads the model and nothing else, so that it says the same of a file, a set of pages or
an overlay.
"""
