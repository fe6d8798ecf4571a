"""Olga of finance, who enters payments and refunds by hand and takes them back."""

from domain.entities.entry import Entered
from domain.rights import StaffRole
from tests.usecases.app import App


async def ready(app: App) -> None:
    """Let Leo have a client Ann, and Olga be of finance."""
    await app.joins("leo")
    await app.client("ann", by="leo")
    await app.staff("olga", StaffRole.FINANCE)


async def pays(
    app: App,
    client: str = "ann",
    amount: str = "100.00",
    currency: str = "USD",
    request: str = "1:1",
) -> Entered:
    """Let Olga enter a payment."""
    return await app.use.enter_payment(
        await app.in_chat("olga"),
        client_id=client,
        amount=amount,
        currency=currency,
        request=request,
    )


async def refunds(app: App, payment: str, amount: str, request: str = "1:2") -> Entered:
    """Let Olga enter a refund."""
    olga = await app.in_chat("olga")
    return await app.use.enter_refund(olga, payment_id=payment, amount=amount, request=request)


async def undoes(app: App, entry: Entered) -> Entered:
    """Let Olga take an entry back."""
    return await app.use.undo_entry(await app.in_chat("olga"), entry.entry_id)
