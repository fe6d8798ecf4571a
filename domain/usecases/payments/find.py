"""The home of looking up who pays and what is refunded, for the forms of staff."""

from domain.access import require_staff
from domain.entities.client import Client
from domain.entities.people import Caller
from domain.entities.views import PaymentRow
from domain.errors import NotFound
from domain.rights import may
from domain.rules.masking import mask_client, mask_payment
from domain.surroundings import Surroundings


class FindPayer:
    """Show who may enter payments the client that one is entered for."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, client_id: str | int) -> Client:
        """Return the client.

        Args:
            caller: Who asks.
            client_id: Any id the client is known by, or, as a number, our own.

        Raises:
            NotAllowed: the caller may not enter payments here.
            NotFound: no client has the id.
        """
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "payment.enter", self._around.owners)
            found = await work.clients.by_ids(
                [client_id]
                if isinstance(client_id, int)
                else (await work.clients.ids([client_id])).values()
            )
        if not found:
            raise NotFound(client=client_id)
        return found[0] if may(role, "client.read_unmasked") else mask_client(found[0])


class FindPayment:
    """Show who may refund it a payment, with what is left of it."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, payment_id: str | int) -> PaymentRow:
        """Return the payment.

        Args:
            caller: Who asks.
            payment_id: The id of billing or of an entry, or, as a number, our own.

        Raises:
            NotAllowed: the caller may not refund payments here.
            NotFound: no payment has the id.
        """
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "payment.refund", self._around.owners)
            row = await work.reports.payment(payment_id)
        if row is None:
            raise NotFound(payment=payment_id)
        return row if may(role, "client.read_unmasked") else mask_payment(row)
