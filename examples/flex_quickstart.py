"""Crypto lending in five calls: plans, invest, status, partial withdrawal, balance.

    WHITEBIT_API_KEY=… WHITEBIT_API_SECRET=… python examples/flex_quickstart.py

`make quickstart` runs it against the sandbox; WHITEBIT_BASE_URL says where that is.
"""

from __future__ import annotations

import sys
from decimal import Decimal

from whitebit import WhiteBIT, errors
from whitebit.crypto_lending_flex import WithdrawFromFlexInvestmentReason


def main() -> None:
    """Walk through the life of a Flex investment."""
    with WhiteBIT.from_env() as exchange:
        flex = exchange.crypto_lending_flex

        plan = flex.get_flex_plans()[0]
        print(f"1. plan {plan.id}: {plan.ticker}, at least {plan.min_investment}")

        receipt = flex.create_flex_investment(
            plan=plan.id, amount=Decimal("100.00"), with_reinvest=True
        )
        print(f"2. invested 100.00 {plan.ticker}: {receipt.data.transaction_id}")

        for one in flex.iter_get_user_flex_investments(plan=plan.id):
            print(f"3. {one.id}: {one.invested} {one.currency}, status {one.status}")

        try:
            taken = flex.withdraw_from_flex_investment(
                plan=plan.id, amount=Decimal("50.00")
            )
        except errors.UnprocessableEntityError as error:
            if error.reason != WithdrawFromFlexInvestmentReason.EXCEEDS_INVESTED:
                raise
            sys.exit("4. there is less in the plan than that")
        except errors.OutcomeUnknownError as error:
            sys.exit(f"4. look at the balance before you call again: {error}")
        print(f"4. withdrew 50.00 {plan.ticker}: {taken.data.transaction_id}")

        balance = exchange.main_account.get_main_balance()
        shown = ", ".join(
            f"{held.main_balance} {ticker}" for ticker, held in balance.items()
        )
        print(f"5. main balance: {shown}")


if __name__ == "__main__":
    main()
