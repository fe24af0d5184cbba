"""`python -m generator`, the same as `openapi-vendor`."""

from .cli import main

main()
