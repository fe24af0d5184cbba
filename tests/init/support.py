"""A small document, and what `init` makes of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

DOCUMENT = """\
openapi: 3.0.3
info: {title: Bread Exchange, version: "1"}
servers: [{url: https://bread.example}]
paths:
  /orders/open:
    post:
      operationId: getOpenOrders
      tags: [Orders]
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {market: {type: string}}}
      responses:
        "200":
          description: Open orders.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Order"}}
  /orders/find:
    post:
      operationId: findOrPlaceOrder
      tags: [Orders]
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {clientOrderId: {type: string}}}
      responses: {"200": {description: Done.}}
  /orders:
    post:
      tags: [Orders]
      parameters:
        - {name: maxPrice, in: query, schema: {$ref: "#/components/schemas/Price"}}
      responses: {"200": {description: Done.}}
components:
  schemas:
    Price: {type: string, example: "1.50"}
    Order:
      type: object
      properties:
        id: {type: string}
        price: {$ref: "#/components/schemas/Price"}
        amount: {type: string, nullable: true}
        lastFee: {type: number}
        rateLimit: {type: integer}
        investment: {type: string, example: 8f2e9d3c}
        totalReward: {type: string, example: "0.25"}
"""
TABLE = {
    "spec": "api.yaml",
    "overlays": ["overlay.yaml"],
    "output": "generated",
    "package": "bread_exchange",
    "client": "BreadExchange",
}


def written_table(folder: Path) -> Any:
    text = (folder / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["tool"]["openapi-vendor"]


def take_over_all(overlay: Path) -> int:
    """Take the `# ` away in front of each proposed action; how many there were."""
    text = overlay.read_text(encoding="utf-8")
    taken, count = re.subn(
        r"^  # (- target: .*\n)  # (  update: .*\n)", r"  \1  \2", text, flags=re.M
    )
    overlay.write_text(taken, encoding="utf-8")
    return count
