"""The home of the ports of comfort: preferences, opened screens, reminders."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Protocol

from domain.entities.preferences import Preferences


class PreferenceList(Protocol):
    """What people chose and opened."""

    async def get(self, person_id: int) -> Preferences:
        """Return what a person chose; who never chose has the defaults."""
        ...

    async def of(self, person_ids: Iterable[int]) -> Mapping[int, Preferences]:
        """Return what those of these persons chose who chose something."""
        ...

    async def put(self, person_id: int, chosen: Preferences, *, at: datetime) -> None:
        """Keep what a person chose."""
        ...

    async def masking(self, partner_ids: Collection[int]) -> set[int]:
        """Return which of the partners have an admin who wants its name masked."""
        ...

    async def opened(self, person_id: int) -> set[str]:
        """Return the screens that a person has opened, of those that are kept."""
        ...

    async def open(self, person_id: int, screen: str, *, at: datetime) -> None:
        """Keep that a person opened a screen, the first time."""
        ...

    async def forget(self, person_id: int) -> None:
        """Delete what is kept of a person."""
        ...
