"""The home of what acts on applications share: whose it is, how it stands, who is told."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from domain.access import require_staff
from domain.entities.application import (
    EDITABLE,
    Application,
    ApplicationFile,
    ApplicationStatus,
)
from domain.entities.mail import Mail
from domain.entities.people import Caller
from domain.entities.progress import Progress
from domain.entities.questionnaire import FieldKind, PaperKind
from domain.errors import DomainError, NotFound
from domain.filing import erase_dossier
from domain.ids import text_from
from domain.intake.facts import Facts
from domain.ports.work import Work
from domain.programs.model import JoiningMode, Program
from domain.rights import StaffRole
from domain.rules.applications import check_in_review, progress_of, reapply_at
from domain.surroundings import Surroundings

NAMING = (FieldKind.BRAND, FieldKind.COMPANY_NAME, FieldKind.FULL_NAME)


class OwnApplication(DomainError):
    """Staff do not decide about their own application."""

    code = "own_application"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationView:
    """An application as somebody reads it.

    Attributes:
        file: The application with its answers, verdicts and talk.
        program: What it is for.
        progress: How far it is.
        possible_at: When a rejected one can be sent again, ``None`` for others.
        code: The partner's code where it is approved, else ``None``.
    """

    file: ApplicationFile
    program: Program
    progress: Progress
    possible_at: datetime | None = None
    code: str | None = None

    @property
    def can_be_changed(self) -> bool:
        """Test if the applicant may change it now."""
        return self.application.status in EDITABLE

    @property
    def application(self) -> Application:
        """The application itself."""
        return self.file.application


async def end_application(
    work: Work, application: Application, at: datetime
) -> tuple[Application, tuple[int, ...]]:
    """End an application that its applicant takes back or forgot, and erase what it said.

    Returns:
        The application as it ended, and the files for ``remove_files`` after the commit.
    """
    await work.applications.wipe(application.id)
    file_ids: tuple[int, ...] = ()
    dossier_id = application.dossier_id
    if dossier_id is not None and not await work.papers.has_partner(dossier_id):
        file_ids = await erase_dossier(work, dossier_id, at=at, why="asked")
    ended = replace(
        application,
        status=ApplicationStatus.WITHDRAWN,
        changed_at=at,
        reason="",
        reason_code=None,
        contract_number=None,
        contract_date=None,
    )
    await work.applications.update(ended)
    return ended, file_ids


async def forget_applications(
    work: Work, person_id: int, *, at: datetime, with_decided: bool
) -> tuple[int, ...]:
    """Erase what a person said in applications; return ids of files for ``remove_files``.

    Args:
        work: The transaction of the effect.
        person_id: Whose.
        at: When.
        with_decided: Those that made a partner, too: nobody of it is left.
    """
    file_ids: tuple[int, ...] = ()
    for application in await work.applications.all_of(person_id):
        if application.is_open:
            _, removed = await end_application(work, application, at)
            file_ids += removed
        elif with_decided:
            await work.applications.wipe(application.id)
    return file_ids


def contract_mark(application: Application) -> str:
    """Return a short name of number and day of a contract, for the button that approves them."""
    return text_from(application.contract_number, application.contract_date)


def name_of(file: ApplicationFile) -> str:
    """Return by which name the applicant is known: brand, company or person."""
    return next((file.answers[kind].value for kind in NAMING if kind in file.answers), "")


async def view_of(around: Surroundings, work: Work, application_id: int) -> ApplicationView:
    """Return an application as it stands in this transaction.

    Raises:
        NotFound: there is none, or its program is offered no more.
    """
    file = await work.applications.file(application_id)
    if file is not None:
        file = replace(file, pages=await _pages_of(work, file.application))
    program = around.programs.get(file.application.program) if file else None
    if file is None or program is None or program.joining is not JoiningMode.APPLICATION:
        raise NotFound(application=application_id)
    return ApplicationView(
        file=file,
        program=program,
        progress=progress_of(file, program, around.clock().astimezone(around.zone).date()),
        possible_at=reapply_at(file.application, program.application),
        code=await _code_of(work, file.application),
    )


async def _pages_of(work: Work, application: Application) -> dict[PaperKind, int]:
    """Return how many files of each paper were handed in."""
    if application.dossier_id is None:
        return {}
    present = await work.papers.present(application.dossier_id)
    counted = Counter(paper.kind for paper in present)
    return {kind: counted[kind.value] for kind in PaperKind if counted[kind.value]}


async def _code_of(work: Work, application: Application) -> str | None:
    if application.partner_id is None:
        return None
    own = await work.partners.enrolments_of(application.partner_id)
    return next((row.code for row in own if row.program == application.program), None)


async def own_view(
    around: Surroundings, work: Work, caller: Caller, application_id: int
) -> ApplicationView:
    """Return the caller's own application.

    Raises:
        NotFound: there is none, or it is somebody else's: nobody can tell the two apart.
    """
    view = await view_of(around, work, application_id)
    if view.application.person_id != caller.person.id:
        raise NotFound(application=application_id)
    return view


async def staff_view(
    around: Surroundings, work: Work, caller: Caller, right: str, application_id: int
) -> tuple[ApplicationView, StaffRole]:
    """Return an application for staff with the right, and the caller's role.

    Raises:
        NotAllowed: the caller has not the right, or not here.
        NotFound: there is none.
    """
    role = await require_staff(work, caller, right, around.owners)
    return await view_of(around, work, application_id), role


async def review_view(
    around: Surroundings, work: Work, caller: Caller, right: str, application_id: int
) -> tuple[ApplicationView, StaffRole]:
    """Return an application that staff may decide about now, and the caller's role.

    Raises:
        NotAllowed: the caller has not the right, or not here.
        NotFound: there is none.
        OwnApplication: it is the caller's own.
        ApplicationDecided: it is not under review any more; the facts say who was faster.
    """
    view, role = await staff_view(around, work, caller, right, application_id)
    if view.application.person_id == caller.person.id:
        raise OwnApplication
    decider = view.application.decided_by
    faster = await work.people.get(decider) if decider else None
    check_in_review(view.application, faster.name if faster else None)
    return view, role


def tell_applicant(facts: Facts, view: ApplicationView, kind: str, **params: object) -> None:
    """Owe the applicant a notice about its application."""
    application = view.application
    known = {
        "application_id": application.id,
        "number": application.number,
        "program": application.program,
    }
    facts.tell_person(application.person_id, kind, known | params)


async def mail_applicant(
    work: Work, facts: Facts, view: ApplicationView, kind: str, **params: object
) -> None:
    """Owe the applicant an e-mail to the address in its application, in its language."""
    application, address = view.application, view.file.answers.get(FieldKind.EMAIL)
    person = await work.people.get(application.person_id)
    if address is None or person is None:
        return
    title = view.program.text(person.language).title
    mail = Mail(
        id=facts.new_id(),
        kind=kind,
        recipient=address.value,
        params={"number": application.number, "title": title} | params,
        language=person.language,
        created_at=facts.now,
        person_id=application.person_id,
        about=f"application:{application.number}",
    )
    await work.mails.add([mail])


def mend_card(facts: Facts, application: Application) -> None:
    """Let the card in the admin chat show how it stands now; a draft has none."""
    if application.round:
        facts.tell_staff("application_changed", {"application_id": application.id})


async def audit_by_staff(
    work: Work,
    facts: Facts,
    caller: Caller,
    role: StaffRole,
    action: str,
    application: Application,
    **details: object,
) -> None:
    """Write down what staff did to an application; never what the applicant said."""
    await work.audit.add(
        at=facts.now,
        actor=caller.person.id,
        role=role.value,
        action=action,
        subject=f"application:{application.id}",
        details={"number": application.number, **details},
    )
