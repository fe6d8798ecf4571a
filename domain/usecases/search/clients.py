"""The home of staff looking for a client."""

from dataclasses import replace

from domain.access import require_staff
from domain.entities.page import PAGE_SIZE
from domain.entities.people import Caller
from domain.entities.search import FoundClients
from domain.errors import NotFound
from domain.rights import may
from domain.rules.masking import mask_name
from domain.rules.searching import read_search
from domain.surroundings import Surroundings


class SearchClients:
    """Find clients by any id, name, user name, Telegram id, e-mail, phone or account.

    - What is meant exactly goes first: parts of names are looked for only where nothing is.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, text: str, before: int | None = None) -> FoundClients:
        """Return a page of who was found, the newest first.

        Raises:
            NotAllowed: the caller may not see clients here.
            BadSearch: the text is too short or too long.
            NotFound: nobody is found.
        """
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "client.read", self._around.owners)
            wanted = read_search(text)
            hits = await work.reports.clients_like(wanted, before=before, limit=PAGE_SIZE + 1)
        if not hits:
            raise NotFound(client_search=wanted.plain)
        if not may(role, "client.read_unmasked"):
            hits = [replace(hit, name=mask_name(hit.name)) for hit in hits]
        return FoundClients(
            hits=hits[:PAGE_SIZE],
            has_more=len(hits) > PAGE_SIZE,
            text=wanted.plain,
        )
