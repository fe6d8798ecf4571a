"""Fixed amounts and what refunds leave of them, as the books see it (R7, R13)."""

from storage.books import audit
from tests.domain.builders import written
from tests.usecases.app import App

BOUNTY = written(
    """
    [program]
    key = "bounty"
    currency = "USD"
    [commission]
    rates = [{ payment = "first", amount = "50.00" }]
    [payout]
    minimum = "1.00"
    """
)


async def test_a_bounty_stands_while_anything_of_its_payment_is_left(app: App) -> None:
    app.offers(BOUNTY)
    await app.joins("ann", "bounty")
    await app.client("c-1", by="ann", program="bounty")
    small, large = {"category": "a", "amount": "1.00"}, {"category": "b", "amount": "999.00"}
    await app.pays("c-1", "1000.00", payment="p-1", lines=[small, large])

    await app.refunds("p-1", "1.00", lines=[small])
    assert await app.figures("ann", "bounty") == {"accrued": "50.00", "payable": "50.00"}
    assert await audit(app.engines) == []
    assert await app.rows("notices", kind="clawback") == []

    await app.refunds("p-1", "999.00", lines=[large])
    assert await app.figures("ann", "bounty") == {"accrued": "50.00", "clawed_back": "50.00"}


async def test_a_chargeback_that_is_won_gives_a_bounty_back_beside_another(app: App) -> None:
    app.offers(BOUNTY)
    await app.joins("ann", "bounty")
    await app.client("c-1", by="ann", program="bounty")
    await app.pays("c-1", "100.00", payment="p-1")
    await app.refunds("p-1", "100.00", kind="chargeback")
    await app.pays("c-1", "100.00", payment="p-2")

    await app.refunds("p-1", "100.00", kind="chargeback_won")

    assert await app.figures("ann", "bounty") == {"accrued": "100.00", "payable": "100.00"}
