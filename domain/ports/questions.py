"""The home of the port of questions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.question import Question, QuestionLine, QuestionState, QuestionView

Place = tuple[datetime, int]
"""A place in a list: an instant and an id."""


class Questions(Protocol):
    """Questions and their correspondence."""

    async def next_number(self) -> int:
        """Return the number of the next question; the writer of the books has it alone."""
        ...

    async def add(self, question: Question) -> None:
        """Keep a new question."""
        ...

    async def update(self, question: Question) -> None:
        """Keep the next state of a question."""
        ...

    async def add_line(self, line: QuestionLine) -> None:
        """Add to the correspondence."""
        ...

    async def get(self, question_id: int) -> Question | None:
        """Return a question."""
        ...

    async def by_source(self, source: str) -> Question | None:
        """Return the question into which this message went already."""
        ...

    async def line(self, line_id: int) -> QuestionLine | None:
        """Return one line."""
        ...

    async def view(self, question_id: int) -> QuestionView | None:
        """Return a question with all its correspondence and names."""
        ...

    async def open_of(self, person_id: int) -> int:
        """Return how many questions of a person are not closed."""
        ...

    async def written_since(self, person_id: int, since: datetime) -> Sequence[datetime]:
        """Return when a person wrote since then, oldest first."""
        ...

    async def own(
        self, person_id: int, *, after: Place | None, limit: int
    ) -> Sequence[QuestionView]:
        """Return a page of a person's own questions, newest first."""
        ...

    async def of_clients(
        self, partner_id: int, *, waiting: bool, after: Place | None, limit: int
    ) -> Sequence[QuestionView]:
        """Return a page of what clients asked their partner: what waits for it, or the rest."""
        ...

    async def with_partner(self, enrolment_id: int) -> Sequence[Question]:
        """Return the open questions of clients that wait for this partner, oldest first."""
        ...

    async def all(
        self, state: QuestionState | None, *, after: Place | None, limit: int
    ) -> Sequence[QuestionView]:
        """Return a page for staff: open ones in the queue's order, others newest first."""
        ...

    async def first_waiting(self, *, after: Place | None) -> Question | None:
        """Return the question that has waited for the vendor longest, or the one after it."""
        ...

    async def count_waiting(self) -> int:
        """Return how many questions wait for the vendor."""
        ...

    async def forget_client(self, client_id: int) -> None:
        """Erase the words of a client's questions."""
        ...

    async def forget_person(self, person_id: int) -> None:
        """Erase the words that a person wrote."""
        ...
