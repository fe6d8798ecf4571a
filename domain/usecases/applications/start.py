"""The home of beginning an application, and of taking it back."""

from dataclasses import replace

from domain.access import NotAPartner, own_place
from domain.applying import (
    ApplicationView,
    end_application,
    mend_card,
    own_view,
    view_of,
)
from domain.entities.application import Answered, Application, ApplicationStatus
from domain.entities.partner import EnrolmentStatus, LegalForm, Partner
from domain.entities.people import Caller
from domain.errors import DomainError, NotAllowed, NotFound
from domain.filing import remove_files
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.programs.model import JoiningMode, Program
from domain.rights import MemberRole
from domain.rules.applications import ApplicationLocked
from domain.surroundings import Surroundings


class AlreadyTakesPart(DomainError):
    """The person's partner is in the program already."""

    code = "already_takes_part"


class FormNotAdmitted(DomainError):
    """The program does not admit this legal form, or the partner has another one."""

    code = "form_not_admitted"


class StartApplication:
    """Begin an application, or find the one that is open (R30).

    - A person has one open application for a program.
    - Only an admin takes its partner into one more program (A04); who is in cannot apply.
    - What the person said in an earlier application, of any program, stands in the new one.
    - A partner has one legal form: where it has one, it is not asked again.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, program_key: str) -> ApplicationView:
        """Return the application.

        Raises:
            NotFound: no such program takes applications.
            NotAllowed: the person is a member of a partner, and no admin.
            AlreadyTakesPart: the partner is in the program.
            FormNotAdmitted: the program does not admit the partner's legal form.
        """
        program = self._around.programs.get(program_key)
        if program is None or program.joining is not JoiningMode.APPLICATION:
            raise NotFound(program=program_key)
        async with self._around.open_work() as work:
            standing = await work.applications.open_of(caller.person.id, program_key)
            if standing:
                return await view_of(self._around, work, standing[0].id)
            partner = await self._partner(work, caller, program)
            application = await self._add(work, caller, program, partner)
            view = await view_of(self._around, work, application.id)
            await work.commit()
        return view

    async def _partner(self, work: Work, caller: Caller, program: Program) -> Partner | None:
        """Return the partner that applies, ``None`` for a newcomer."""
        known = await work.people.caller(caller.person.id)
        if known is None or known.membership is None:
            return None
        try:
            place = await own_place(work, known, admin=False)
        except NotAPartner:
            return None
        if place.role is not MemberRole.ADMIN:
            raise NotAllowed(right="partner.admin")
        own = await work.partners.enrolments_of(known.membership.partner_id)
        here = next((row for row in own if row.program == program.key), None)
        if here is not None and here.left_at is None:
            raise AlreadyTakesPart(
                program=program.key, is_active=here.status is EnrolmentStatus.ACTIVE
            )
        partner = await work.partners.get(known.membership.partner_id)
        if partner and partner.legal_form and program.form(partner.legal_form) is None:
            raise FormNotAdmitted(form=partner.legal_form.value)
        return partner

    async def _add(
        self, work: Work, caller: Caller, program: Program, partner: Partner | None
    ) -> Application:
        now = self._around.clock()
        only = program.forms[0].form if len(program.forms) == 1 else None
        form = (partner.legal_form if partner else None) or only
        application = Application(
            id=self._around.new_id(),
            number=await work.applications.next_number(),
            person_id=caller.person.id,
            program=program.key,
            partner_id=partner.id if partner else None,
            form=form,
            by_employee=_filer(program, form),
            started_at=now,
            changed_at=now,
        )
        await work.applications.add(application)
        for earlier in await work.applications.all_of(caller.person.id):
            file = await work.applications.file(earlier.id)
            if file is not None and file.answers:
                for kind, answer in file.answers.items():
                    if answer.refusal is None:
                        kept = Answered(value=answer.value)
                        await work.applications.put_answer(application.id, kind, kept)
                break
        return application


def _filer(program: Program, form: LegalForm | None) -> bool | None:
    """Return who files where it need not be asked: nobody but the applicant may."""
    terms = program.form(form)
    may_be_filed = terms is not None and terms.questions.employee_papers
    return None if terms is None or may_be_filed else False


class ChooseLegalForm:
    """Choose the legal form of an application, and who files it; what was entered stays."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, application_id: int, form: LegalForm
    ) -> ApplicationView:
        """Return the application with this form.

        Raises:
            NotFound: there is none, or it is somebody else's.
            ApplicationLocked: it cannot be changed now.
            FormNotAdmitted: the program does not admit it, or the partner has another one.
        """
        async with self._around.open_work() as work:
            view = await own_view(self._around, work, caller, application_id)
            await self._check(work, view, form)
            if view.application.form is not form:
                changed = replace(
                    view.application, form=form, by_employee=_filer(view.program, form)
                )
                view = await self._keep(work, changed)
            await work.commit()
        return view

    async def filer(
        self, caller: Caller, application_id: int, *, by_employee: bool
    ) -> ApplicationView:
        """Keep whether an employee files (R32); return the application.

        Raises:
            NotFound: there is none, or it is somebody else's.
            ApplicationLocked: it cannot be changed now.
            FormNotAdmitted: an applicant of this legal form files for itself.
        """
        async with self._around.open_work() as work:
            view = await own_view(self._around, work, caller, application_id)
            form = view.application.form
            await self._check(work, view, form)
            terms = view.program.form(form)
            if by_employee and (terms is None or not terms.questions.employee_papers):
                raise FormNotAdmitted(form=form.value if form else "")
            view = await self._keep(work, replace(view.application, by_employee=by_employee))
            await work.commit()
        return view

    async def _check(self, work: Work, view: ApplicationView, form: LegalForm | None) -> None:
        if not view.can_be_changed:
            raise ApplicationLocked(
                status=view.application.status.value, number=view.application.number
            )
        partner_id = view.application.partner_id
        partner = await work.partners.get(partner_id) if partner_id else None
        fixed = partner.legal_form if partner else None
        if view.program.form(form) is None or (fixed is not None and form is not fixed):
            raise FormNotAdmitted(form=form.value if form else "")

    async def _keep(self, work: Work, changed: Application) -> ApplicationView:
        changed = replace(changed, changed_at=self._around.clock())
        await work.applications.update(changed)
        return await view_of(self._around, work, changed.id)


class WithdrawApplication:
    """Let a person take an application back: a draft is deleted, one under review is ended.

    - What was said is erased with it; its number and times stay.
    - Staff see on the card that it was taken back.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, application_id: int) -> Application:
        """Return the application as it ended; a second press finds the same.

        Raises:
            NotFound: there is none, or it is somebody else's.
            ApplicationLocked: it is approved.
        """
        async with self._around.open_work() as work:
            view = await own_view(self._around, work, caller, application_id)
            application = view.application
            if application.status is ApplicationStatus.WITHDRAWN:
                return application
            if not application.is_open:
                raise ApplicationLocked(status=application.status.value, number=application.number)
            facts = new_facts(self._around)
            ended, file_ids = await end_application(work, application, facts.now)
            mend_card(facts, ended)
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role="applicant",
                action="application_withdrawn",
                subject=f"application:{application.id}",
                details={"number": application.number},
            )
            await work.commit()
        await remove_files(self._around, file_ids)
        return ended
