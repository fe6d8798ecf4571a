"""The home of looking a client up, for staff."""

from domain.access import require_staff
from domain.entities.people import Caller
from domain.entities.views import ClientView
from domain.errors import NotFound
from domain.rights import may
from domain.rules.masking import mask_client_view
from domain.surroundings import Surroundings


class FindClient:
    """Show staff a client by any of its ids; who may not see personal data sees it masked."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, client_id: str) -> tuple[ClientView, bool]:
        """Return the client, and whether its personal data is masked.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: no client has the id.
        """
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "client.read", self._around.owners)
            view = await work.reports.client(client_id)
        if view is None:
            raise NotFound(client=client_id)
        if may(role, "client.read_unmasked"):
            return view, False
        return mask_client_view(view), True
