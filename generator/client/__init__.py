"""The intermediate model to the files of a client package and its tests.

`present` decides every word: names, annotations, docstrings, literals. `view` is what it
hands over, `render` fills the templates with it, `formatting` gives the text black's
shape. `names` and `docs` are the only two ways in which text of a document becomes code.
"""
