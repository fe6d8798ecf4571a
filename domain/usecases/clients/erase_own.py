"""The home of a client withdrawing what is stored about it (R37)."""

from dataclasses import replace

from domain.entities.people import Caller
from domain.errors import NotFound
from domain.surroundings import Surroundings

ERASED_NAME = "—"


class EraseOwnData:
    """Erase a person's data as a client.

    - Name, phone, e-mail, tax id and the tie to Telegram go; money history stays without them.
    - Its partner keeps what it earned and sees a client without a name.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> None:
        """Erase it.

        Raises:
            NotFound: nothing is stored of the person as a client.
        """
        async with self._around.open_work() as work:
            view = await work.reports.client_of_person(caller.person.id)
            if view is None:
                raise NotFound(person=caller.person.id)
            erased = replace(
                view.client,
                name=ERASED_NAME,
                email=None,
                phone=None,
                tax_id=None,
                telegram_id=None,
                visitor_id=None,
                made_in_bot=False,
            )
            await work.clients.update([erased])
            await work.clicks.forget_person(caller.person.id)
            await work.audit.add(
                at=self._around.clock(),
                actor=None,
                role="client",
                action="client_erased",
                subject=f"client:{view.client.id}",
                details={},
            )
            await work.commit()
