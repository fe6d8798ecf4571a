"""The home of reading questions: one's own, those of a partner's clients, all for staff."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.access import NotAPartner, own_place, require_staff
from domain.entities.people import Caller
from domain.entities.question import Author, QuestionLine, QuestionState, QuestionView
from domain.errors import NotFound
from domain.intake.asking import seat_of, waits_for_vendor
from domain.ports.questions import Place
from domain.ports.work import Work
from domain.rights import MemberRole
from domain.rules.masking import mask_name
from domain.surroundings import Surroundings

PAGE_SIZE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestion:
    """A question as somebody reads it in private: by ``author`` one knows as what."""

    view: QuestionView
    author: Author


class ShowQuestion:
    """Show a question with its correspondence to who asked it, or to the client's partner.

    A partner sees the client masked where members see clients so.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, question_id: int) -> OwnQuestion:
        """Return the question.

        Raises:
            NotFound: there is none, or it is somebody else's.
        """
        async with self._around.open_work.read() as work:
            _, seat = await seat_of(work, caller, question_id)
            view = await work.questions.view(question_id)
        if view is None:
            raise NotFound(question=question_id)
        if seat.author is Author.PARTNER and self._around.mask_clients:
            view = _masked(view)
        return OwnQuestion(view=view, author=seat.author)

    async def file(self, caller: Caller, line_id: int) -> QuestionLine:
        """Return the line that has the file.

        Raises:
            NotFound: there is none, or the question is somebody else's.
        """
        async with self._around.open_work.read() as work:
            line = await _file(work, line_id)
            await seat_of(work, caller, line.question_id)
        return line


class ListOwnQuestions:
    """Show a person what it asked; an admin also what its clients asked the partner."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, after: Place | None = None) -> Sequence[QuestionView]:
        """Return the page after this place; one more row tells that there is more."""
        async with self._around.open_work.read() as work:
            return await work.questions.own(caller.person.id, after=after, limit=PAGE_SIZE + 1)

    async def of_clients(
        self, caller: Caller, *, waiting: bool, after: Place | None = None
    ) -> Sequence[QuestionView]:
        """Return a page of what clients asked the caller's partner; nothing for a user.

        What waits for the partner comes in the order in which it waits.
        """
        async with self._around.open_work.read() as work:
            try:
                place = await own_place(work, caller, admin=False)
            except NotAPartner:
                return ()
            if place.role is not MemberRole.ADMIN:
                return ()
            found = await work.questions.of_clients(
                place.enrolment.partner_id, waiting=waiting, after=after, limit=PAGE_SIZE + 1
            )
        hides = place.hides_clients(mask_clients=self._around.mask_clients)
        return [_masked(view) for view in found] if hides else found


class ListQuestions:
    """Show staff the questions by state, and lead them through the queue in its order."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, state: QuestionState | None, after: Place | None = None
    ) -> Sequence[QuestionView]:
        """Return the page after this place; one more row tells that there is more.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "ticket.read", self._around.owners)
            return await work.questions.all(state, after=after, limit=PAGE_SIZE + 1)

    async def next(self, caller: Caller, after_id: int | None = None) -> QuestionView | None:
        """Return what waits longest; ``after_id`` names one that is left for later.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "ticket.read", self._around.owners)
            left = await work.questions.get(after_id) if after_id else None
            is_left = left is not None and waits_for_vendor(left)
            place = (left.waits_since, left.id) if left and is_left else None
            found = await work.questions.first_waiting(after=place)
            if found is None and place is not None:
                found = await work.questions.first_waiting(after=None)
            return await work.questions.view(found.id) if found else None

    async def card(self, caller: Caller, question_id: int) -> QuestionView:
        """Return one question.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: there is no such question.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "ticket.read", self._around.owners)
            view = await work.questions.view(question_id)
        if view is None:
            raise NotFound(question=question_id)
        return view

    async def file(self, caller: Caller, line_id: int) -> QuestionLine:
        """Return the line that has the file.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: there is no such line.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "ticket.read", self._around.owners)
            return await _file(work, line_id)

    async def waiting(self, caller: Caller) -> int:
        """Return how many questions wait for the vendor.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "ticket.read", self._around.owners)
            return await work.questions.count_waiting()


class ShowQuestionCard:
    """Return a question as it stands now; a job asks for the card, no person."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, question_id: int) -> QuestionView | None:
        """Return the question, ``None`` when there is none."""
        async with self._around.open_work.read() as work:
            return await work.questions.view(question_id)


async def _file(work: Work, line_id: int) -> QuestionLine:
    line = await work.questions.line(line_id)
    if line is None or line.file_kind is None:
        raise NotFound(line=line_id)
    return line


def _masked(view: QuestionView) -> QuestionView:
    name = view.client_name
    return replace(view, client_name=mask_name(name) if name else name)
