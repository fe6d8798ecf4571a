"""The home of taking out everything that is stored about a person."""

from domain.entities.people import Caller
from domain.ports.privacy import Kept
from domain.surroundings import Surroundings


class ExportOwnData:
    """Take out everything that is stored about a person, as partner, client and staff.

    - It holds accounts to pay to, so the audit trail keeps that it was taken out.
    - Names of other people are no data of this person: they stay out.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> Kept:
        """Return rows by the name of what they are."""
        async with self._around.open_work(books=False) as work:
            kept = await work.privacy.about(caller.person.id)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role="person",
                action="own_data_exported",
                subject=f"person:{caller.person.id}",
                details={},
            )
            await work.commit()
        return kept
