"""Two models of a document to findings, and findings to reports.

`compare` is the entry. `operations` pairs the operations of both sides and walks through
what they send and answer; `types`, `objects`, `limits` compare one type with another,
`errors` the documented refusals, `prose` what only sentences say. Each difference is a
`Change` under a rule of `rules`. `surface` lists the Python symbols of a client before it
is rendered, `effects` says which change moved which symbol, and `group` makes one finding
of the changes that have one cause. The `report_…` modules print findings; `semver` and
`ignore` draw conclusions from them.

The wire is compared on `ir`, the Python surface on `view`: nothing here decides how the
client calls anything.
"""

from .compare import Revision, compare
from .findings import Comparison, Finding, Place, PythonChange

__all__ = [
    "Comparison",
    "Finding",
    "Place",
    "PythonChange",
    "Revision",
    "compare",
]
