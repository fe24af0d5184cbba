"""What is measured: `python -m benchmarks.NAME` from the root, a module or a folder each.

A figure is a ratio against a reference that runs in turns with it, or a count of what
must not happen. `make` has the usual calls.
"""
