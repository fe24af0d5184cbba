"""`init`: a repository with nothing but a document becomes one that keeps a client."""
