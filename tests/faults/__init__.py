"""The 26 rows of the fault table, each a named test: sync and async, reads and writes."""
