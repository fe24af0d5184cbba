"""Deliberate faults of a generated client, and whether its generated tests find them.

An operator is one way to be wrong; what it may be wrong about names its module. It yields
a mutant for every place; `places` draws some of them, `judging` runs the tests on each, and
`explanations` say why one may live.
"""
