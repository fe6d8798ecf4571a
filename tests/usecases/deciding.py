"""What staff press on a pay-out's card, and a pay-out that waits for it."""

from typing import Any

from domain.entities.payout import Payout
from domain.rights import StaffRole
from domain.usecases.payouts.decide import PayoutMove
from tests.usecases.app import App

APPROVE, SETTLE = PayoutMove.APPROVE, PayoutMove.SETTLE
REJECT, BRING_BACK = PayoutMove.REJECT, PayoutMove.BRING_BACK


async def asked(app: App, amount: str = "60.00") -> Payout:
    """Let Leo ask for money and let Olga and Pete of finance be there to decide."""
    await app.joins("leo")
    await app.earns("leo", "500.00")
    await app.staff("olga", StaffRole.FINANCE)
    await app.staff("pete", StaffRole.FINANCE)
    payout = await app.asks("leo", amount)
    app.later(hours=1)
    return payout


async def told_leo(app: App) -> list[tuple[str, dict[str, Any]]]:
    """Return what Leo was told of his pay-outs."""
    return [notice for notice in await app.told("leo") if notice[0].startswith("payout")]
