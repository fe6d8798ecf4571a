"""The home of a person erasing the papers that it handed in."""

from domain.entities.people import Caller
from domain.errors import NotFound
from domain.filing import erase_own_dossiers, remove_files
from domain.surroundings import Surroundings


class EraseOwnPapers:
    """Erase the papers of an application that led to no partner (A63).

    - Their key is destroyed, so that nobody reads them in any copy; then the files go.
    - A partner's papers stay for the time that the law asks: they end with the partner.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> int:
        """Return how many files there were.

        Raises:
            NotFound: the person has none that it may erase.
        """
        # With the books: who is approved at this moment has a partner before or after this.
        async with self._around.open_work() as work:
            own = await work.papers.owned_by(caller.person.id)
            file_ids = await erase_own_dossiers(work, caller.person.id, at=self._around.clock())
            still = await work.papers.owned_by(caller.person.id)
            if len(own) == len(still):
                raise NotFound(papers=caller.person.id)
            await work.commit()
        await remove_files(self._around, file_ids)
        return len(file_ids)
