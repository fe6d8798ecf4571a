"""The home of closing a question and of handing it over."""

from enum import StrEnum

from domain.access import require_staff
from domain.entities.people import Caller
from domain.entities.question import Author, Holder, LineKind, Question, QuestionView
from domain.errors import NotFound
from domain.intake.asking import (
    Seat,
    add_move,
    can_answer,
    seat_of,
    tell_asker,
    tell_partner,
)
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.questions import NobodyToHandTo, closed, handed_over
from domain.surroundings import Surroundings


class QuestionMove(StrEnum):
    """What can be done with a question besides writing."""

    CLOSE = "close"
    HAND_OVER = "hand_over"


class MoveQuestion:
    """Close a question, or hand a client's question over to the other side (R46).

    - The asker closes its own; the partner closes or hands to the vendor what it was handed.
    - Staff close any, and hand a client's question to its partner where that one can answer.
    - Whoever did not do it is told; what staff do is audited.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, question_id: int, move: QuestionMove) -> Question:
        """Move it as who asked, or as the client's partner; return it as it stands then.

        Raises:
            NotFound: there is none, or it is somebody else's.
            QuestionClosed: it is closed.
            NobodyToHandTo: the asker has nobody to hand it to.
            AlreadyHandedOver: the vendor has it.
        """
        async with self._around.open_work() as work:
            question, seat = await seat_of(work, caller, question_id)
            if move is QuestionMove.HAND_OVER and seat.author is Author.ASKER:
                raise NobodyToHandTo
            facts = new_facts(self._around)
            after = await _move(facts, work, question, seat, move)
            await save_facts(facts, work)
            await work.commit()
        return after

    async def as_staff(self, caller: Caller, question_id: int, move: QuestionMove) -> QuestionView:
        """Move it as the vendor; return it as its card shows it.

        Raises:
            NotAllowed: the caller may not answer, or not here.
            NotFound: there is no such question.
            QuestionClosed: it is closed.
            NobodyToHandTo: no partner can answer it.
            AlreadyHandedOver: the partner has it.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "ticket.answer", self._around.owners)
            question = await work.questions.get(question_id)
            if question is None:
                raise NotFound(question=question_id)
            facts = new_facts(self._around)
            seat = Seat(Author.VENDOR, caller.person.id)
            await _move(facts, work, question, seat, move)
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role=role.value,
                action="ticket_closed" if move is QuestionMove.CLOSE else "ticket_handed_over",
                subject=f"ticket:{question_id}",
                details={"number": question.number},
            )
            view = await work.questions.view(question_id)
            await work.commit()
        if view is None:
            raise NotFound(question=question_id)
        return view


async def _move(
    facts: Facts, work: Work, question: Question, seat: Seat, move: QuestionMove
) -> Question:
    if move is QuestionMove.CLOSE:
        after = closed(question, at=facts.now)
        kind = LineKind.CLOSED
        await _tell_closed(facts, work, after, seat)
    else:
        after, kind = await _hand_over(facts, work, question, seat)
    await work.questions.update(after)
    await add_move(facts, work, after, seat, kind)
    return after


async def _tell_closed(facts: Facts, work: Work, after: Question, seat: Seat) -> None:
    if seat.author is not Author.ASKER:
        tell_asker(facts, after, "closed", seat.author)
    if seat.author is not Author.PARTNER and after.partner_reads:
        await tell_partner(facts, work, after, "closed")
    facts.tell_staff("question_changed", {"question_id": after.id})


async def _hand_over(
    facts: Facts, work: Work, question: Question, seat: Seat
) -> tuple[Question, LineKind]:
    to_partner = seat.author is Author.VENDOR
    after = handed_over(question, Holder.PARTNER if to_partner else Holder.VENDOR, at=facts.now)
    tell_asker(facts, after, "passed", seat.author)
    if not to_partner:
        # A question that the vendor had before has its card already: that one is mended.
        facts.tell_staff("question_opened", {"question_id": after.id})
        return after, LineKind.TO_VENDOR
    if not await can_answer(work, question.enrolment_id):
        raise NobodyToHandTo
    await tell_partner(facts, work, after, "new")
    facts.tell_staff("question_changed", {"question_id": after.id})
    return after, LineKind.TO_PARTNER
