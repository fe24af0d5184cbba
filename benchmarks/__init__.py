"""What is measured, each by a script: `python -m benchmarks.NAME` from the root.

A figure is a ratio against a reference that runs in turns with it, or a count of what
must not happen. `make` has the usual calls.
"""
