"""Orders bread, with a client whose signing scheme is the project's own.

Needs `openapi-vendor generate` in this folder, `generated` on the path, and where to send:
BREAD_BASE_URL, BREAD_API_KEY and BREAD_API_SECRET.
"""

from __future__ import annotations

from decimal import Decimal

from bread import BreadExchange

with BreadExchange.from_env() as exchange:
    order = exchange.orders.create_order(kind="rye", amount=Decimal("2.50"))
    print(order.id, order.amount)
    for each in exchange.orders.list_orders(kind="rye & wheat", limit=5):
        print(each.id, each.amount)
