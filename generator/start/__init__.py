"""A model to what a repository begins with: a table of options, and an overlay.

`proposals` says what an overlay might correct, and why; `spots` says where; `overlay`
writes that down as comments, so that nothing is decided but by a person; `table` writes
the options, and `candidates` finds the document where none was named.
"""

from .candidates import candidates_here
from .overlay import overlay_text
from .proposals import Proposal, propose
from .spots import Spot, find_spot
from .table import table_text

__all__ = [
    "Proposal",
    "Spot",
    "candidates_here",
    "find_spot",
    "overlay_text",
    "propose",
    "table_text",
]
