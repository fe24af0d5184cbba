"""Files to disk: write what changed, delete what is stale, or only compare.

`lock` reads and writes `spec.lock`, which says which files are the generator's own and
what it wrote into them. `plan` compares a tree of files with a folder and its lock;
`publish` carries a plan out, all of it or nothing.
"""
