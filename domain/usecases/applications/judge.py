"""The home of judging an application piece by piece, and of sending it back for correction."""

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.applying import (
    ApplicationView,
    audit_by_staff,
    mail_applicant,
    mend_card,
    review_view,
    tell_applicant,
    view_of,
)
from domain.entities.application import (
    Answered,
    FieldRefusal,
    PaperRefusal,
    PaperVerdict,
)
from domain.entities.people import Caller
from domain.entities.questionnaire import FieldKind, PaperKind
from domain.errors import NotFound
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rights import StaffRole
from domain.rules.applications import REASON_LENGTH_MAX, returned
from domain.surroundings import Surroundings

RIGHT = "application.judge"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperJudgement:
    """What staff say of a paper.

    Attributes:
        kind: Which paper.
        refusal: Why it is not taken; ``None`` accepts it.
        words: What the applicant is told besides.
        file_number: Which of its files is meant, from 1; 0 for all of it.
    """

    kind: PaperKind
    refusal: PaperRefusal | None = None
    words: str = ""
    file_number: int = 0


class JudgeApplication:
    """Let staff take or refuse the answers and papers of an application (A15).

    - The applicant is told of all that is refused at once, when it is sent back: each by its
      field or file, with the reason.
    - Whoever applies does not judge its own application.
    - Once all scans are accepted the applicant is told how the originals travel (R33).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def answer(
        self,
        caller: Caller,
        application_id: int,
        field: FieldKind,
        refusal: FieldRefusal | None,
        words: str = "",
    ) -> ApplicationView:
        """Refuse an answer, or take it again; return the application.

        Raises:
            NotAllowed: the caller may not judge, or not here.
            NotFound: there is none, or nothing stands in the field.
            OwnApplication: it is the caller's own.
            ApplicationDecided: it is not under review any more.
        """
        async with self._around.open_work() as work:
            view, role = await review_view(self._around, work, caller, RIGHT, application_id)
            known = view.file.answers.get(field)
            if known is None or field not in {item.key for item in view.progress.fields}:
                raise NotFound(field=field.value)
            kept = words.strip()[:REASON_LENGTH_MAX] if refusal else ""
            answer = Answered(value=known.value, refusal=refusal, words=kept)
            await work.applications.put_answer(application_id, field, answer)
            action = "application_answer_refused" if refusal else "application_answer_taken"
            return await self._done(work, caller, role, view, action, field=field.value)

    async def paper(
        self, caller: Caller, application_id: int, judgement: PaperJudgement
    ) -> ApplicationView:
        """Accept or refuse a paper; return the application.

        Raises:
            NotAllowed: the caller may not judge, or not here.
            NotFound: there is none, or no such paper was handed in.
            OwnApplication: it is the caller's own.
            ApplicationDecided: it is not under review any more.
        """
        async with self._around.open_work() as work:
            view, role = await review_view(self._around, work, caller, RIGHT, application_id)
            pages = view.file.pages.get(judgement.kind, 0)
            if not pages or judgement.file_number > pages:
                raise NotFound(paper=judgement.kind.value)
            verdict = PaperVerdict(
                kind=judgement.kind,
                refusal=judgement.refusal,
                words=judgement.words.strip()[:REASON_LENGTH_MAX] if judgement.refusal else "",
                file_number=judgement.file_number if judgement.refusal else 0,
            )
            await work.applications.put_verdict(application_id, verdict)
            is_refused = judgement.refusal is not None
            action = "application_paper_refused" if is_refused else "application_paper_accepted"
            return await self._done(work, caller, role, view, action, paper=judgement.kind.value)

    async def send_back(self, caller: Caller, application_id: int) -> ApplicationView:
        """Send it back with all that is refused; return the application.

        Raises:
            NotAllowed: the caller may not judge, or not here.
            NotFound: there is none.
            OwnApplication: it is the caller's own.
            ApplicationDecided: it is not under review any more.
            NothingRefused: there is nothing to correct.
        """
        async with self._around.open_work() as work:
            view, role = await review_view(self._around, work, caller, RIGHT, application_id)
            facts = new_facts(self._around)
            after = returned(view.application, view.progress, by=caller.person.id, at=facts.now)
            # The time of a draft that nobody touches runs anew.
            await work.applications.update(replace(after, changed_at=facts.now))
            tell_applicant(
                facts,
                view,
                "application_returned",
                items=[item.key.value for item in view.progress.refused],
            )
            items = _refused_items(view)
            await mail_applicant(work, facts, view, "application_returned", items=items)
            return await self._finish(
                work, facts, caller, role, view, action="application_returned", details={}
            )

    async def _done(
        self,
        work: Work,
        caller: Caller,
        role: StaffRole,
        before: ApplicationView,
        action: str,
        **details: object,
    ) -> ApplicationView:
        facts = new_facts(self._around)
        view = await view_of(self._around, work, before.application.id)
        terms = view.program.application.originals
        is_now = view.progress.are_scans_accepted and not before.progress.are_scans_accepted
        if terms is not None and is_now and view.application.originals_at is None:
            tell_applicant(facts, view, "application_originals")
        return await self._finish(work, facts, caller, role, view, action=action, details=details)

    async def _finish(
        self,
        work: Work,
        facts: Facts,
        caller: Caller,
        role: StaffRole,
        view: ApplicationView,
        *,
        action: str,
        details: dict[str, object],
    ) -> ApplicationView:
        mend_card(facts, view.application)
        await save_facts(facts, work)
        await audit_by_staff(work, facts, caller, role, action, view.application, **details)
        after = await view_of(self._around, work, view.application.id)
        await work.commit()
        return after


def _refused_items(view: ApplicationView) -> list[dict[str, object]]:
    """Return what is refused as an e-mail tells it: by field or file, with the reason."""
    found: list[dict[str, object]] = []
    for item in view.progress.refused:
        if isinstance(item.key, FieldKind):
            answer = view.file.answers[item.key]
            refusal: StrEnum | None = answer.refusal
            words, file_number = answer.words, 0
        else:
            verdict = view.file.verdicts[item.key]
            refusal, words, file_number = verdict.refusal, verdict.words, verdict.file_number
        found.append(
            {
                "key": item.key.value,
                "is_paper": isinstance(item.key, PaperKind),
                "reason": refusal.value if refusal else "",
                "words": words,
                "file": file_number,
            }
        )
    return found


class ReceiveOriginals:
    """Let staff keep that the originals of an application are there (R33)."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, application_id: int) -> ApplicationView:
        """Return the application; a second press finds them received.

        Raises:
            NotAllowed: the caller may not judge, or not here.
            NotFound: there is none, or its program wants no originals.
            OwnApplication: it is the caller's own.
            ApplicationDecided: it is not under review any more.
        """
        async with self._around.open_work() as work:
            view, role = await review_view(self._around, work, caller, RIGHT, application_id)
            if view.program.application.originals is None:
                raise NotFound(application=application_id)
            if view.application.originals_at is not None:
                return view
            facts = new_facts(self._around)
            after = replace(view.application, originals_at=facts.now)
            await work.applications.update(after)
            tell_applicant(facts, view, "application_originals_received")
            mend_card(facts, after)
            await save_facts(facts, work)
            await audit_by_staff(
                work, facts, caller, role, "application_originals_received", after
            )
            view = await view_of(self._around, work, application_id)
            await work.commit()
        return view
