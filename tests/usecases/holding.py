"""Fraud holds as the owner of the product places, lists and decides them."""

from domain.entities.fraud import FraudHoldView
from domain.usecases.fraud.decide import HoldDecision, HoldMove
from tests.usecases.app import App


async def place(app: App, name: str, text: str = "a check") -> FraudHoldView:
    """Let the owner put a payment or a partner on hold; there is one commission."""
    return (await app.use.place_fraud_hold(await app.owner(), name, text))[0]


async def press(app: App, view: FraudHoldView, move: HoldMove, reason: str = "") -> FraudHoldView:
    """Let the owner decide a hold."""
    decision = HoldDecision(
        hold_id=view.hold.id, move=move, reason_code=reason, reason_text="words of staff"
    )
    return await app.use.decide_fraud_hold(await app.owner(), decision)


async def waiting(app: App) -> list[FraudHoldView]:
    """Return the holds that wait for a decision."""
    return await app.use.list_fraud_holds(await app.owner())
