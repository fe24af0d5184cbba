"""Broken documents, and how the generator ends on each.

`documents` takes a few paths of a real one, `mutations` break it.
"""
