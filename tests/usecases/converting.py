"""A program that converts, and a partner that earned by one payment."""

from domain.programs.model import Program
from tests.domain.builders import written
from tests.usecases.app import App


def program(
    rate: str, currency: str = "USD", base: str = "payment", bonus: str = "20%"
) -> Program:
    """Return a program whose earnings become credit."""
    return written(
        f"""
        [program]
        key = "sample"
        currency = "{currency}"
        [commission]
        rates = [{{ rate = "{rate}" }}]
        [payout]
        minimum = "1"
        [conversion]
        bonus = "{bonus}"
        bonus_base = "{base}"
        """
    )


async def earning(app: App, rate: str, amount: str, /, **terms: str) -> None:
    """Let ann earn by one payment ``p1`` of one client."""
    offered = program(rate, **terms)
    app.offers(offered)
    await app.joins("ann", "sample")
    await app.client("cid", by="ann", program="sample")
    await app.pays("cid", amount, payment="p1", currency=offered.currency)


async def credit_of(app: App) -> list[int]:
    """Return the changes of credit that billing is told of, oldest first."""
    return [row["minor"] for row in sorted(await app.rows("credits"), key=lambda row: row["id"])]
