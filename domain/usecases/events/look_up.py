"""The home of asking what came of an event."""

from domain.entities.event import EventRecord
from domain.surroundings import Surroundings


class LookUpEvent:
    """Tell the vendor's systems what came of an event."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, event_id: str) -> EventRecord | None:
        """Return the event, ``None`` when it was never accepted."""
        async with self._around.open_work.read() as work:
            return await work.reports.event(event_id)
