"""Documentation pages in place of a document: one, a folder of them, an index."""
