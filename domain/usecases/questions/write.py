"""The home of writing into a question: the asker, its partner, and the vendor's staff."""

from domain.access import require_staff
from domain.entities.people import Caller
from domain.entities.question import Author, Holder, Question, QuestionStatus, QuestionView, Words
from domain.errors import NotFound
from domain.intake.asking import (
    Seat,
    about,
    add_words,
    check_person_pace,
    seat_of,
    tell_asker,
    tell_partner,
    waits_for_vendor,
)
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.questions import answered, asked_again, check_open, check_words
from domain.surroundings import Surroundings


class WriteToQuestion:
    """Let the asker add to its question, or the client's partner answer it.

    - What the asker adds keeps its place in the queue; an answered or closed question is open
      again, at the end of the queue.
    - The partner answers only what it was handed; a closed question takes no answer.
    - The other side is told; the same message delivered twice is kept once.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, question_id: int, words: Words) -> Question:
        """Return the question as it stands then.

        Raises:
            NotFound: there is none, or it is somebody else's.
            QuestionEmpty: neither words nor file.
            QuestionTooLong: too many words.
            QuestionClosed: the partner answers a closed one.
            TooManyOpenQuestions: it would be opened again, and enough others are open.
            WritesTooOften: the person wrote enough for now.
        """
        words = check_words(words)
        async with self._around.open_work() as work:
            question, seat = await seat_of(work, caller, question_id)
            if words.source and await work.questions.by_source(words.source):
                return question
            facts = new_facts(self._around)
            await check_person_pace(work, facts, caller.person.id)
            if seat.author is Author.ASKER:
                after = await self._asks(facts, work, question)
            else:
                after = answered(question)
                tell_asker(facts, after, "answered", Author.PARTNER, words.text)
                facts.tell_staff("question_changed", {"question_id": after.id})
            await work.questions.update(after)
            await add_words(facts, work, after, seat, words)
            await save_facts(facts, work)
            await work.commit()
        return after

    async def _asks(self, facts: Facts, work: Work, question: Question) -> Question:
        if question.status is QuestionStatus.CLOSED:
            check_open(await work.questions.open_of(question.asked_by))
        after = asked_again(question, at=facts.now)
        if after.holder is Holder.PARTNER:
            await tell_partner(facts, work, after, "more")
        elif waits_for_vendor(after):
            facts.tell_staff("question_changed", {"question_id": after.id})
            facts.tell_staff("question_more", about(after))
        return after


class AnswerQuestion:
    """Let staff answer a question in the admin chat; the asker and its partner are told.

    - Whoever answers first or last, every answer goes out; the card shows them all.
    - The answer is audited without its words.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, question_id: int, words: Words) -> QuestionView:
        """Return the question as its card shows it.

        Raises:
            NotAllowed: the caller may not answer, or not here.
            NotFound: there is no such question.
            QuestionEmpty: neither words nor file.
            QuestionTooLong: too many words.
            QuestionClosed: it is closed.
        """
        words = check_words(words)
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "ticket.answer", self._around.owners)
            question = await work.questions.get(question_id)
            if question is None:
                raise NotFound(question=question_id)
            known = await work.questions.by_source(words.source) if words.source else None
            if known is None:
                facts = new_facts(self._around)
                after = answered(question)
                await work.questions.update(after)
                seat = Seat(Author.VENDOR, caller.person.id)
                await add_words(facts, work, after, seat, words)
                tell_asker(facts, after, "answered", Author.VENDOR, words.text)
                if after.partner_reads:
                    await tell_partner(facts, work, after, "answered")
                facts.tell_staff("question_changed", {"question_id": after.id})
                await save_facts(facts, work)
                await work.audit.add(
                    at=facts.now,
                    actor=caller.person.id,
                    role=role.value,
                    action="ticket_answered",
                    subject=f"ticket:{question_id}",
                    details={"number": question.number},
                )
            view = await work.questions.view(question_id)
            await work.commit()
        if view is None:
            raise NotFound(question=question_id)
        return view
