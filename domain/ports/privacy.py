"""The home of the port of privacy: everything about one person, and its end."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.rights import MemberRole

Kept = Mapping[str, Sequence[Mapping[str, object]]]
"""Rows by the name of what they are."""


class Privacy(Protocol):
    """Everything about one person."""

    async def about(self, person_id: int) -> Kept:
        """Return all that is stored about a person; names of other people stay out."""
        ...

    async def others(self, partner_id: int, person_id: int) -> Sequence[tuple[str, MemberRole]]:
        """Return name and role of the other members of a partner, oldest first."""
        ...

    async def leave(self, partner_id: int, person_id: int, *, at: datetime) -> None:
        """End a membership."""
        ...

    async def rename_partner(self, partner_id: int, name: str) -> None:
        """Give a partner another name."""
        ...

    async def end_partner(self, partner_id: int, name: str) -> None:
        """End a partner's enrolments and take its own words out of what is kept."""
        ...

    async def forget_words(self, codes: Sequence[str]) -> None:
        """Take a partner's own words out of what the vendor was told of its pay-outs.

        No index finds it by partner, so hold no lock meanwhile.
        """
        ...

    async def forget_forms(self, person_id: int) -> None:
        """Delete the forms of a person; no index finds them, so hold no lock meanwhile."""
        ...
