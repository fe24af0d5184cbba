"""Small documentation pages of an invented bakery, and where the published ones are."""

from __future__ import annotations

from .command import SHARED

PUBLISHED = SHARED / "whitebit" / "pages"
HEAD = """\
> ## Documentation Index
> The index is at https://docs.bakery.example/llms.txt

# {title}

> What {title} does, in a sentence.
{notes}

## OpenAPI

````yaml /openapi/bakery.yaml {method} {path}
"""
FRAGMENT = """\
openapi: 3.0.3
info:
  title: Bakery
  version: '1'
servers:
  - url: https://bakery.example
tags:
  - name: Breads
    description: All that is baked.
paths:
  {path}:
    {key}:
      tags: [Breads]
      summary: {title}
      operationId: {name}
      responses:
        '200':
          description: A bread.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Bread'
components:
  schemas:
    Bread:
      type: object
      properties:
        name:
          type: string
        weight:
          type: {weight}
"""
CLOSED = "````\n"


def page(
    name: str,
    *,
    method: str = "GET",
    notes: str = "",
    weight: str = "integer",
    title: str = "",
) -> str:
    """Return a page that shows one operation, and the one component that it uses."""
    words = {
        "title": title or f"Page of {name}",
        "notes": f"\n{notes}\n" if notes else "",
        "method": method,
        "key": method.lower(),
        "path": f"/{name}",
        "name": name,
        "weight": weight,
    }
    return HEAD.format(**words) + FRAGMENT.format(**words) + CLOSED


def index(*links: str) -> str:
    """Return an `llms.txt` that lists pages."""
    listed = "".join(
        f"- [Page {number}]({link})\n" for number, link in enumerate(links)
    )
    return f"# Docs\n\n{listed}"
