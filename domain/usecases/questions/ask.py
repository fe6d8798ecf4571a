"""The home of asking the vendor a question."""

from dataclasses import dataclass

from domain.access import NotAPartner, own_place
from domain.entities.people import Caller
from domain.entities.question import (
    Asker,
    Author,
    Holder,
    Question,
    QuestionStatus,
    Words,
)
from domain.intake.asking import (
    Seat,
    add_words,
    can_answer,
    check_person_pace,
    tell_partner,
)
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.questions import check_open, check_words
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class _From:
    """Who asks.

    Attributes:
        asker: As what.
        program: The program concerned, or ``None``.
        enrolment_id: The partner that asks, or the client's partner, or ``None``.
        client_id: The client that asks, or ``None``.
    """

    asker: Asker
    program: str | None = None
    enrolment_id: int | None = None
    client_id: int | None = None


class AskVendor:
    """Open a question (R46).

    - Anybody may ask (A53): a partner's member, a client, somebody who is neither yet.
    - A client's question goes first to its partner where the program says so and the partner can
      answer; everything else joins the vendor's one queue, at its end.
    - So many open questions for a person, so many messages an hour; one message is one question.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def check(self, caller: Caller) -> None:
        """Test if the person may ask one more question, before it writes it.

        Raises:
            TooManyOpenQuestions: enough of its questions are open.
            WritesTooOften: it wrote enough for now.
        """
        async with self._around.open_work.read() as work:
            await self._check(work, new_facts(self._around), caller)

    async def __call__(self, caller: Caller, words: Words) -> Question:
        """Return the question.

        Raises:
            QuestionEmpty: neither words nor file.
            QuestionTooLong: too many words.
            TooManyOpenQuestions: enough of its questions are open.
            WritesTooOften: it wrote enough for now.
        """
        words = check_words(words)
        async with self._around.open_work() as work:
            known = await work.questions.by_source(words.source) if words.source else None
            if known is not None:
                return known
            facts = new_facts(self._around)
            await self._check(work, facts, caller)
            question = await self._open(facts, work, caller)
            await work.questions.add(question)
            await add_words(facts, work, question, Seat(Author.ASKER, caller.person.id), words)
            if question.holder is Holder.PARTNER:
                await tell_partner(facts, work, question, "new")
            else:
                facts.tell_staff("question_opened", {"question_id": question.id})
            await save_facts(facts, work)
            await work.commit()
        return question

    async def _check(self, work: Work, facts: Facts, caller: Caller) -> None:
        is_known = caller.membership is not None or caller.client_id is not None
        check_open(await work.questions.open_of(caller.person.id), is_known=is_known)
        await check_person_pace(work, facts, caller.person.id)

    async def _open(self, facts: Facts, work: Work, caller: Caller) -> Question:
        who = await self._who(work, caller)
        program = self._around.programs.get(who.program or "")
        to_partner = (
            who.asker is Asker.CLIENT
            and program is not None
            and program.client_first_to_partner
            and await can_answer(work, who.enrolment_id)
        )
        return Question(
            id=facts.new_id(),
            number=await work.questions.next_number(),
            asker=who.asker,
            asked_by=caller.person.id,
            program=who.program,
            enrolment_id=who.enrolment_id,
            client_id=who.client_id,
            status=QuestionStatus.OPEN,
            holder=Holder.PARTNER if to_partner else Holder.VENDOR,
            partner_reads=to_partner,
            opened_at=facts.now,
            waits_since=facts.now,
        )

    async def _who(self, work: Work, caller: Caller) -> _From:
        """Return as what the person asks now; a member asks as its partner."""
        try:
            place = await own_place(work, caller, admin=False)
        except NotAPartner:
            return await self._client(work, caller)
        enrolment = place.enrolment
        return _From(asker=Asker.PARTNER, program=enrolment.program, enrolment_id=enrolment.id)

    async def _client(self, work: Work, caller: Caller) -> _From:
        view = await work.reports.client_of_person(caller.person.id)
        if view is None:
            return _From(asker=Asker.VISITOR)
        offered = [row for row in view.referrals if row.program in self._around.programs]
        attributed = [row for row in offered if row.enrolment_id is not None]
        first = next(iter(attributed or offered), None)
        return _From(
            asker=Asker.CLIENT,
            program=first.program if first else None,
            enrolment_id=first.enrolment_id if first else None,
            client_id=view.client.id,
        )
