"""Every wording decision: the intermediate model to the views that templates print.

`catalog` says where a type lives and what it is called, `annotations` how one module
writes it, `models` and `operations` make classes and methods of them, `package` puts the
client together.
"""

from .naming import default_methods
from .package import RESERVED_CLIENTS, ClientNames, present_package

__all__ = ["RESERVED_CLIENTS", "ClientNames", "default_methods", "present_package"]
