"""The home of deciding an application: the contract's number, approval, rejection (R34)."""

from dataclasses import replace
from datetime import date, datetime

from domain.applying import (
    ApplicationView,
    audit_by_staff,
    contract_mark,
    mail_applicant,
    mend_card,
    name_of,
    review_view,
    tell_applicant,
    view_of,
)
from domain.entities.application import Application, RejectionReason
from domain.entities.partner import Enrolment
from domain.entities.people import Caller
from domain.entities.questionnaire import FieldKind
from domain.errors import DomainError
from domain.intake.enrolling import add_partner, come_back, enrol
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rights import MemberRole
from domain.rules.applications import (
    approved,
    check_approvable,
    check_contract_number,
    contract_number,
    rejected,
)
from domain.surroundings import Surroundings

RIGHT = "application.decide"
NUMBERS_TRIED_MAX = 1_000


class ContractNumberTaken(DomainError):
    """Another application of the program has this contract number."""

    code = "contract_number_taken"


class BadContractDate(DomainError):
    """This cannot be the day of the contract."""

    code = "bad_contract_date"


class NotPrepared(DomainError):
    """The contract's number was not shown yet, or was freed meanwhile."""

    code = "not_prepared"


class PrepareApproval:
    """Reserve the number and the day of the contract before an approval.

    - The number is proposed by the program's format, counted within the year; staff may change
      number and day until the approval.
    - A number belongs to one application of the program.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self,
        caller: Caller,
        application_id: int,
        number: str | None = None,
        day: date | None = None,
    ) -> ApplicationView:
        """Return the application with number and day; ``None`` leaves each as it is.

        Raises:
            NotAllowed: the caller may not decide, or not here.
            NotFound: there is none.
            OwnApplication: it is the caller's own.
            ApplicationDecided: it is not under review any more.
            PapersNotAccepted: something is refused, or a paper waits to be judged.
            OriginalsMissing: the program waits for the originals.
            BadContractNumber: it cannot be one.
            ContractNumberTaken: another application has it.
            BadContractDate: a day in the future, or before the application.
        """
        async with self._around.open_work() as work:
            view, _ = await review_view(self._around, work, caller, RIGHT, application_id)
            check_approvable(view.application, view.progress, view.program.application)
            now = self._around.clock()
            after = await self._with_day(view.application, day, now)
            after = await self._with_number(work, view, after, number)
            await work.applications.update(after)
            view = await view_of(self._around, work, application_id)
            await work.commit()
        return view

    async def _with_day(
        self, application: Application, day: date | None, now: datetime
    ) -> Application:
        today = now.astimezone(self._around.zone).date()
        first = application.started_at.astimezone(self._around.zone).date()
        if day is not None and not first <= day <= today:
            raise BadContractDate(first=first, last=today)
        return replace(application, contract_date=day or application.contract_date or today)

    async def _with_number(
        self, work: Work, view: ApplicationView, after: Application, typed: str | None
    ) -> Application:
        if typed is not None:
            number = check_contract_number(typed)
            if not await work.applications.number_is_free(after.program, number, but=after.id):
                raise ContractNumberTaken(number=number)
            return replace(after, contract_number=number)
        if after.contract_number is not None:
            return after
        return replace(after, contract_number=await self._proposed(work, view, after))

    async def _proposed(self, work: Work, view: ApplicationView, after: Application) -> str:
        """Return the next number of the year that nobody has."""
        year = after.contract_date.year if after.contract_date else after.started_at.year
        start = await work.applications.contracts_of(after.program, year)
        format_ = view.program.application.contract_number
        for number in range(start + 1, start + 1 + NUMBERS_TRIED_MAX):
            proposed = contract_number(format_, year, number)
            if await work.applications.number_is_free(after.program, proposed, but=after.id):
                return proposed
        raise RuntimeError("no free contract number was found")


class DecideApplication:
    """Approve or reject an application (A46).

    - It is decided once: the second of two reviewers is told who was faster.
    - Approved: partner with legal form, enrolment, link and the applicant as its admin come with
      the decision, in one transaction (R35); the applicant is told number, date and how to start.
    - A partner that is known already gets one more enrolment.
    - Rejected: the reason is told; the same application can be corrected and sent again (R34).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def approve(self, caller: Caller, application_id: int, mark: str) -> ApplicationView:
        """Approve the contract that was shown, named by its mark; return the application.

        Raises:
            NotAllowed: the caller may not decide, or not here.
            NotFound: there is none.
            OwnApplication: it is the caller's own.
            ApplicationDecided: it is not under review any more.
            PapersNotAccepted: something is refused, or a paper waits to be judged.
            OriginalsMissing: the program waits for the originals.
            NotPrepared: another number stands there by now.
        """
        async with self._around.open_work() as work:
            view, role = await review_view(self._around, work, caller, RIGHT, application_id)
            check_approvable(view.application, view.progress, view.program.application)
            application = view.application
            number, day = application.contract_number, application.contract_date
            if number is None or day is None or contract_mark(application) != mark:
                raise NotPrepared
            facts = new_facts(self._around)
            enrolment = await self._enrol(work, view)
            after = approved(
                application,
                partner_id=enrolment.partner_id,
                by=caller.person.id,
                at=facts.now,
            )
            await work.applications.update(after)
            tell_applicant(
                facts,
                view,
                "application_approved",
                contract_number=number,
                contract_date=day.isoformat(),
                code=enrolment.code,
            )
            await mail_applicant(
                work,
                facts,
                view,
                "application_approved",
                contract_number=number,
                contract_date=day.isoformat(),
                code=enrolment.code,
            )
            details = {"contract_number": number, "code": enrolment.code}
            view = await self._finish(work, facts, view, after)
            await audit_by_staff(
                work, facts, caller, role, "application_approved", after, **details
            )
            await work.commit()
        return view

    async def reject(
        self, caller: Caller, application_id: int, reason: RejectionReason, words: str = ""
    ) -> ApplicationView:
        """Reject with a coded reason and words; return the application.

        Raises:
            NotAllowed: the caller may not decide, or not here.
            NotFound: there is none.
            OwnApplication: it is the caller's own.
            ApplicationDecided: it is not under review any more.
        """
        async with self._around.open_work() as work:
            view, role = await review_view(self._around, work, caller, RIGHT, application_id)
            facts = new_facts(self._around)
            after = rejected(view.application, reason, words, by=caller.person.id, at=facts.now)
            after = replace(after, changed_at=facts.now)
            await work.applications.update(after)
            tell_applicant(facts, view, "application_rejected")
            await mail_applicant(
                work,
                facts,
                view,
                "application_rejected",
                reason=reason.value,
                words=after.reason,
            )
            view = await self._finish(work, facts, view, after)
            await audit_by_staff(
                work,
                facts,
                caller,
                role,
                "application_rejected",
                after,
                reason=reason.value,
            )
            await work.commit()
        return view

    async def _finish(
        self, work: Work, facts: Facts, view: ApplicationView, after: Application
    ) -> ApplicationView:
        mend_card(facts, after)
        await save_facts(facts, work)
        return await view_of(self._around, work, view.application.id)

    async def _enrol(self, work: Work, view: ApplicationView) -> Enrolment:
        """Return the enrolment of the applicant's partner, which is made where there is none."""
        application, program = view.application, view.program
        partner_id = await self._partner(work, view)
        if application.form is not None:
            await work.partners.set_legal_form(partner_id, application.form)
        account = view.file.answers.get(FieldKind.VENDOR_ACCOUNT)
        partner = await work.partners.get(partner_id)
        if account and partner and partner.vendor_account_id is None:
            await work.partners.set_vendor_account(partner_id, account.value)
        if application.dossier_id and partner and partner.dossier_id is None:
            await work.partners.set_dossier(partner_id, application.dossier_id)
        own = await work.partners.enrolments_of(partner_id)
        standing = next((row for row in own if row.program == program.key), None)
        if standing is None:
            enrolment = await enrol(
                self._around, work, program, partner_id, accepted=application.terms_version
            )
        elif standing.left_at is not None:
            enrolment = await come_back(self._around, work, program, standing)
        else:
            enrolment = standing
        await work.people.choose_enrolment(application.person_id, partner_id, program.key)
        return enrolment

    async def _partner(self, work: Work, view: ApplicationView) -> int:
        """Return the partner that the applicant leads; a newcomer gets one of its own."""
        person_id = view.application.person_id
        known = await work.people.caller(person_id)
        membership = known.membership if known else None
        candidates = [view.application.partner_id, membership.partner_id if membership else None]
        for partner_id in candidates:
            if partner_id is None:
                continue
            role = await work.partners.role_of(person_id, partner_id)
            partner = await work.partners.get(partner_id)
            form = partner.legal_form if partner else None
            if role is MemberRole.ADMIN and form in (None, view.application.form):
                return partner_id
        name = name_of(view.file) or (known.person.name if known else "")
        return await add_partner(self._around, work, person_id, name, view.application.form)
