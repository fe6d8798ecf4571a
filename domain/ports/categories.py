"""The home of the port of mapped categories: what staff said a category counts as (R7)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from domain.entities.category import CategoryMapping


class Categories(Protocol):
    """Mapped categories; a payment without category has the empty one."""

    async def mapped(self, programs: Iterable[str]) -> Mapping[tuple[str, str], str]:
        """Return what each mapped category of these programs counts as."""
        ...

    async def put(self, mapping: CategoryMapping, *, by: int, at: datetime) -> None:
        """Let a category count as another one from now on."""
        ...
