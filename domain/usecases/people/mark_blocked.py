"""The home of noticing that a person blocked the bot."""

from domain.surroundings import Surroundings


class MarkBlocked:
    """Keep that a person blocked the bot or opened it again; money is untouched."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, person_id: int, *, blocked: bool) -> None:
        """Keep it."""
        async with self._around.open_work(books=False) as work:
            at = self._around.clock() if blocked else None
            await work.people.set_blocked(person_id, at)
            await work.commit()
