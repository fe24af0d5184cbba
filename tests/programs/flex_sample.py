"""Lend with a Flex plan and take money out again: the sample of the client, runnable.

    WHITEBIT_API_KEY=… WHITEBIT_API_SECRET=… python flex_sample.py [async]

Prints what happened, one line a step.
"""

from __future__ import annotations

import asyncio
import sys
from decimal import Decimal

from whitebit import AsyncWhiteBIT, WhiteBIT, errors
from whitebit.crypto_lending_flex import WithdrawFromFlexInvestmentReason


def lend() -> None:
    """Put money into the first plan, then ask for more than is in it."""
    with WhiteBIT.from_env() as exchange:
        flex = exchange.crypto_lending_flex
        plan = flex.get_flex_plans(ticker="USDT")[0]
        print(f"plan {plan.id}, at least {plan.min_investment}")
        receipt = flex.create_flex_investment(plan=plan.id, amount=Decimal("100.00"))
        print(f"invested in {receipt.data.transaction_id}")
        try:
            flex.withdraw_from_flex_investment(plan=plan.id, amount=Decimal("500"))
        except errors.UnprocessableEntityError as error:
            print(explain(error))


async def lend_async() -> None:
    """The same, awaited."""
    async with AsyncWhiteBIT.from_env() as exchange:
        flex = exchange.crypto_lending_flex
        plan = (await flex.get_flex_plans(ticker="USDT"))[0]
        print(f"plan {plan.id}, at least {plan.min_investment}")
        receipt = await flex.create_flex_investment(
            plan=plan.id, amount=Decimal("100.00")
        )
        print(f"invested in {receipt.data.transaction_id}")
        try:
            await flex.withdraw_from_flex_investment(
                plan=plan.id, amount=Decimal("500")
            )
        except errors.UnprocessableEntityError as error:
            print(explain(error))


def explain(error: errors.UnprocessableEntityError) -> str:
    """Say in words why the withdrawal was refused."""
    if error.reason == WithdrawFromFlexInvestmentReason.EXCEEDS_INVESTED:
        return f"refused with {error.status}: there is less in the plan than that"
    return f"refused for another reason: {error}"


if __name__ == "__main__":
    if sys.argv[1:] == ["async"]:
        asyncio.run(lend_async())
    else:
        lend()
