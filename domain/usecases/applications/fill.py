"""The home of filling in an application: its answers, in any order, and sending it."""

from dataclasses import replace

from domain.applying import ApplicationView, mail_applicant, own_view, view_of
from domain.entities.application import Answered, Application, ApplicationStatus
from domain.entities.people import Caller
from domain.entities.questionnaire import FieldKind
from domain.errors import DomainError, NotFound
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.answers import AnswerContext, FieldInvalid, check_answer
from domain.rules.applications import (
    ApplicationIncomplete,
    check_editable,
    submitted,
)
from domain.surroundings import Surroundings


class RulesChanged(DomainError):
    """The rules that were shown are not those that hold now; they are to be read once more."""

    code = "rules_changed"


class NoAnswer(DomainError):
    """What came cannot be an answer: no text, or somebody else's contact; the answers stay.

    The facts: ``field``; ``problem``, a code as those of ``FieldInvalid``.
    """

    code = "no_answer"


class EnterAnswer:
    """Keep one answer of an application.

    - It is checked by the rules of the field, of its country and of the legal form (R32).
    - What cannot stand there changes nothing: no other answer is touched, and the old one stays.
    - A refused answer is corrected by another one: the same is not taken.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, application_id: int, field: FieldKind, text: str
    ) -> ApplicationView:
        """Return the application with the answer.

        Raises:
            NotFound: there is none, it is somebody else's, or it does not ask for this.
            ApplicationLocked: it cannot be changed now.
            FieldInvalid: the answer cannot stand there; the facts say why.
        """
        async with self._around.open_work(books=False) as work:
            view = await own_view(self._around, work, caller, application_id)
            check_editable(view.application)
            value = check_answer(field, text, _context(self._around, view, field))
            known = view.file.answers.get(field)
            if known is not None and known.refusal is not None and known.value == value:
                raise FieldInvalid(field=field.value, problem="same")
            await work.applications.put_answer(application_id, field, Answered(value=value))
            view = await _touch(self._around, work, view.application)
            await work.commit()
        return view

    async def clear(
        self, caller: Caller, application_id: int, field: FieldKind
    ) -> ApplicationView:
        """Take an answer away; return the application.

        Raises:
            NotFound: there is none, or it is somebody else's.
            ApplicationLocked: it cannot be changed now.
        """
        async with self._around.open_work(books=False) as work:
            view = await own_view(self._around, work, caller, application_id)
            check_editable(view.application)
            await work.applications.drop_answer(application_id, field)
            view = await _touch(self._around, work, view.application)
            await work.commit()
        return view


def _context(around: Surroundings, view: ApplicationView, field: FieldKind) -> AnswerContext:
    terms = view.program.form(view.application.form)
    if terms is None or field not in {item.key for item in view.progress.fields}:
        raise NotFound(field=field.value)
    return AnswerContext(
        form=terms.form,
        country=terms.questions.country,
        today=around.clock().astimezone(around.zone).date(),
    )


async def _touch(around: Surroundings, work: Work, application: Application) -> ApplicationView:
    await work.applications.update(replace(application, changed_at=around.clock()))
    return await view_of(around, work, application.id)


class SubmitApplication:
    """Send an application to the staff; by sending the applicant accepts the rules (R30).

    - Everything required must be there, right, and corrected where it was refused.
    - After a rejection the program may want some days to pass (R34).
    - Answers that nobody asks for under the chosen legal form are erased.
    - A second press finds it under review.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, application_id: int, version: int) -> ApplicationView:
        """Return the application under review.

        Raises:
            NotFound: there is none, or it is somebody else's.
            ApplicationLocked: it is decided.
            ApplicationIncomplete: something is missing, refused or wrong.
            ReapplyLater: it was rejected not long ago.
            RulesChanged: ``version`` is not the one that holds now.
        """
        async with self._around.open_work() as work:
            view = await own_view(self._around, work, caller, application_id)
            if view.application.status is ApplicationStatus.REVIEW:
                return view
            facts = new_facts(self._around)
            after = submitted(view.application, view.progress, view.program, at=facts.now)
            if after.by_employee is None:
                raise ApplicationIncomplete(application_id=application_id, items=("filer",))
            if version != view.program.version:
                raise RulesChanged(program=view.program.key)
            await work.applications.update(after)
            await self._drop_unasked(work, view)
            await self._tell(work, facts, caller, after)
            days = view.program.application.review_days
            await mail_applicant(work, facts, view, "application_received", review_days=days)
            view = await view_of(self._around, work, application_id)
            await work.commit()
        return view

    async def _drop_unasked(self, work: Work, view: ApplicationView) -> None:
        asked = {item.key for item in view.progress.fields}
        for kind in view.file.answers:
            if kind not in asked:
                await work.applications.drop_answer(view.application.id, kind)

    async def _tell(self, work: Work, facts: Facts, caller: Caller, after: Application) -> None:
        known: dict[str, object] = {"application_id": after.id}
        facts.tell_staff("application_submitted", known)
        if after.round > 1:
            facts.tell_staff("application_again", known | {"number": after.number})
        await save_facts(facts, work)
        await work.audit.add(
            at=facts.now,
            actor=caller.person.id,
            role="applicant",
            action="application_submitted",
            subject=f"application:{after.id}",
            details={"number": after.number, "program": after.program, "round": after.round},
        )
