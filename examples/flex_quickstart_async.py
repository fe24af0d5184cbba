"""The same as `flex_quickstart.py`, awaited; plans and balance are asked for at once."""

from __future__ import annotations

import asyncio
from decimal import Decimal

from whitebit import AsyncWhiteBIT


async def main() -> None:
    """Walk through the life of a Flex investment."""
    async with AsyncWhiteBIT.from_env() as exchange:
        flex = exchange.crypto_lending_flex
        plans, before = await asyncio.gather(
            flex.get_flex_plans(), exchange.main_account.get_main_balance()
        )
        plan = plans[0]
        print(f"1. plan {plan.id}: {plan.ticker}, {len(before)} balances to begin with")

        receipt = await flex.create_flex_investment(
            plan=plan.id, amount=Decimal("100.00"), with_reinvest=True
        )
        print(f"2. invested 100.00 {plan.ticker}: {receipt.data.transaction_id}")

        status = await flex.get_user_flex_investments(plan=plan.id)
        for one in status.data:
            print(f"3. {one.id}: {one.invested} {one.currency}, status {one.status}")

        taken = await flex.withdraw_from_flex_investment(
            plan=plan.id, amount=Decimal("50.00")
        )
        print(f"4. withdrew 50.00 {plan.ticker}: {taken.data.transaction_id}")

        balance = await exchange.main_account.get_main_balance()
        shown = ", ".join(
            f"{held.main_balance} {ticker}" for ticker, held in balance.items()
        )
        print(f"5. main balance: {shown}")


if __name__ == "__main__":
    asyncio.run(main())
