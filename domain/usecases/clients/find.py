"""The home of looking a client up, for staff."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import require_staff
from domain.entities.people import Caller
from domain.entities.pin import PinView
from domain.entities.views import ClientView, PaymentRow
from domain.errors import NotFound
from domain.rights import StaffRole, may
from domain.rules.masking import mask_client_view, mask_payment
from domain.surroundings import Surroundings

RECENT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFile:
    """A client as staff see it.

    Attributes:
        view: The client with its partners.
        payments: The newest payments.
        role: The reader's.
        pins: Who named its accounts in advance, oldest first (R23).
        is_masked: Personal data is masked, as the reader may not see it in full.
    """

    view: ClientView
    payments: Sequence[PaymentRow]
    role: StaffRole
    is_masked: bool
    pins: Sequence[PinView] = ()


class FindClient:
    """Show staff a client by any of its ids; who may not see personal data sees it masked."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, client_id: str | int) -> ClientFile:
        """Return the client.

        Args:
            caller: Who asks.
            client_id: Any id the client is known by, or, as a number, our own.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: no client has the id.
        """
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "client.read", self._around.owners)
            view = (
                await work.reports.client_by_our_id(client_id)
                if isinstance(client_id, int)
                else await work.reports.client(client_id)
            )
            if view is None:
                raise NotFound(client=client_id)
            payments = await work.reports.payments_of_client(view.client.id, limit=RECENT)
            pins = await work.pins.views(await work.pins.of_clients([view.client.id]))
        is_masked = not may(role, "client.read_unmasked")
        return ClientFile(
            view=mask_client_view(view) if is_masked else view,
            payments=[mask_payment(row) for row in payments] if is_masked else payments,
            role=role,
            is_masked=is_masked,
            pins=pins[-RECENT:],
        )
