"""The home of the port of applications."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.application import (
    Answered,
    Application,
    ApplicationFile,
    ApplicationLine,
    ApplicationStatus,
    PaperVerdict,
)
from domain.entities.questionnaire import FieldKind, PaperKind

Place = tuple[datetime, int]
"""A place in a list: an instant and an id."""


class Applications(Protocol):
    """Applications with answers, verdicts and the talk about them."""

    async def next_number(self) -> int:
        """Return the number of the next application; the writer of the books has it alone."""
        ...

    async def add(self, application: Application) -> None:
        """Keep a new application."""
        ...

    async def update(self, application: Application) -> None:
        """Keep the next state of an application."""
        ...

    async def get(self, application_id: int) -> Application | None:
        """Return an application."""
        ...

    async def file(self, application_id: int) -> ApplicationFile | None:
        """Return an application with all that belongs to it."""
        ...

    async def open_of(self, person_id: int, program: str | None = None) -> Sequence[Application]:
        """Return a person's open applications, newest first; of one program or of all."""
        ...

    async def all_of(self, person_id: int) -> Sequence[Application]:
        """Return every application of a person, newest first."""
        ...

    async def put_answer(self, application_id: int, field: FieldKind, answer: Answered) -> None:
        """Keep an answer in the place of the one before."""
        ...

    async def drop_answer(self, application_id: int, field: FieldKind) -> None:
        """Take an answer away."""
        ...

    async def put_verdict(self, application_id: int, verdict: PaperVerdict) -> None:
        """Keep what staff said of a paper in the place of what they said before."""
        ...

    async def drop_verdict(self, application_id: int, kind: PaperKind) -> None:
        """Forget what staff said of a paper."""
        ...

    async def add_line(self, line: ApplicationLine) -> bool:
        """Add to the talk; ``False`` where the same message is there already."""
        ...

    async def listed(
        self, status: ApplicationStatus | None, *, after: Place | None, limit: int
    ) -> Sequence[ApplicationFile]:
        """Return a page for staff, without talk: what waits oldest first, else newest first."""
        ...

    async def contracts_of(self, program: str, prefix_year: int) -> int:
        """Return how many contract numbers of a program are given or reserved in a year."""
        ...

    async def number_is_free(self, program: str, number: str, *, but: int) -> bool:
        """Test if no other application of the program has this contract number."""
        ...

    async def untouched(
        self, program: str, *, before: datetime, warned: datetime | None, limit: int
    ) -> Sequence[Application]:
        """Return what of a program the applicant could go on with, and did not touch since.

        Args:
            program: Its key.
            before: Touched last before then.
            warned: Those that were warned of by then; ``None`` for those not warned of.
            limit: At most so many, longest untouched first.
        """
        ...

    async def wipe(self, application_id: int) -> None:
        """Erase what the applicant said: answers, the talk, what staff wrote about it."""
        ...
