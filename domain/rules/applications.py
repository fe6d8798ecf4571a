"""The home of the rules of applications: what is still to do, and each next state (R30-R34)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.entities.application import (
    EDITABLE,
    Answers,
    Application,
    ApplicationFile,
    ApplicationStatus,
    RejectionReason,
)
from domain.entities.progress import Item, ItemState, Progress
from domain.entities.questionnaire import FieldKind, PaperKind
from domain.errors import DomainError
from domain.programs.application import NUMBER_LENGTH_MAX
from domain.programs.model import Program
from domain.programs.model_joining import ApplicationTerms
from domain.rules.answers import PROVED_BY, AnswerContext, pair_problems, problem_of

REASON_LENGTH_MAX = 1_000
WARNING_TIME = timedelta(days=7)
"""Before a draft is deleted; half of its time where that is shorter."""
NUMBER_SIGNS = frozenset("/._-")


class ApplicationLocked(DomainError):
    """The applicant cannot change it now: it is under review or decided."""

    code = "application_locked"


class ApplicationDecided(DomainError):
    """It is not under review any more: somebody was faster, or the applicant took it back."""

    code = "application_decided"


class ApplicationIncomplete(DomainError):
    """Something required is missing, refused or wrong: it is named."""

    code = "application_incomplete"


class ReapplyLater(DomainError):
    """It was rejected, and the time until it can be sent again is not over."""

    code = "reapply_later"


class NothingRefused(DomainError):
    """Nothing is refused, so there is nothing to correct."""

    code = "nothing_refused"


class PapersNotAccepted(DomainError):
    """An approval needs every required paper accepted, and no answer refused."""

    code = "papers_not_accepted"


class OriginalsMissing(DomainError):
    """The program approves only when the originals are there (R33)."""

    code = "originals_missing"


class BadContractNumber(DomainError):
    """This cannot be the number of a contract."""

    code = "bad_contract_number"


def progress_of(file: ApplicationFile, program: Program, today: date) -> Progress:
    """Return how far an application is; nothing where no legal form is chosen."""
    terms = program.form(file.application.form)
    if terms is None:
        return Progress()
    by_employee = bool(file.application.by_employee)
    context = AnswerContext(form=terms.form, country=terms.questions.country, today=today)
    asked = terms.questions.fields_for(by_employee=by_employee)
    kept = {kind: file.answers[kind].value for kind in asked if kind in file.answers}
    pairs = pair_problems(kept)
    return Progress(
        fields=tuple(
            _field(
                kind,
                file.answers,
                context,
                pairs,
                is_required=is_required or _proves_another(kind, kept),
            )
            for kind, is_required in asked.items()
        ),
        papers=tuple(
            _paper(file, kind, is_required=is_required)
            for kind, is_required in terms.questions.papers_for(by_employee=by_employee).items()
        ),
    )


def _proves_another(kind: FieldKind, kept: Mapping[FieldKind, str]) -> bool:
    """Test if an answer is missing without which another one proves nothing."""
    other = PROVED_BY.get(kind)
    return other is not None and kind not in kept and other in kept


def _field(
    kind: FieldKind,
    answers: Answers,
    context: AnswerContext,
    pairs: Mapping[FieldKind, str],
    *,
    is_required: bool,
) -> Item:
    answer = answers.get(kind)
    state, problem = ItemState.DONE, ""
    if answer is None:
        state = ItemState.MISSING
    elif answer.refusal is not None:
        state = ItemState.REFUSED
    else:
        problem = problem_of(kind, answer.value, context) or pairs.get(kind, "")
        state = ItemState.WRONG if problem else ItemState.DONE
    return Item(key=kind, is_required=is_required, state=state, problem=problem)


def _paper(file: ApplicationFile, kind: PaperKind, *, is_required: bool) -> Item:
    verdict = file.verdicts.get(kind)
    if not file.pages.get(kind):
        state = ItemState.MISSING
    elif verdict is None:
        state = ItemState.DONE
    else:
        state = ItemState.REFUSED if verdict.refusal else ItemState.ACCEPTED
    return Item(key=kind, is_required=is_required, state=state)


def check_editable(application: Application) -> None:
    """Test that the applicant may change it now.

    Raises:
        ApplicationLocked: it is under review or decided.
    """
    if application.status not in EDITABLE:
        raise ApplicationLocked(status=application.status.value, number=application.number)


def check_in_review(application: Application, by_name: str | None = None) -> None:
    """Test that staff can decide about it now.

    Raises:
        ApplicationDecided: it is not under review.
    """
    if application.status is not ApplicationStatus.REVIEW:
        raise ApplicationDecided(
            status=application.status.value, number=application.number, by_name=by_name
        )


def reapply_at(application: Application, terms: ApplicationTerms) -> datetime | None:
    """Return when a rejected one can be sent again; ``None`` for one that was not rejected."""
    if application.status is not ApplicationStatus.REJECTED or application.decided_at is None:
        return None
    return application.decided_at + timedelta(days=terms.reapply_days)


def warning_time(terms: ApplicationTerms) -> timedelta:
    """Return how long before a draft is deleted its author is told."""
    return min(WARNING_TIME, timedelta(days=terms.draft_days) // 2)


def submitted(
    application: Application, progress: Progress, program: Program, *, at: datetime
) -> Application:
    """Return the application as it goes to the staff.

    Raises:
        ApplicationLocked: it is there already, or decided.
        ReapplyLater: it was rejected not long ago.
        ApplicationIncomplete: something is missing, refused or wrong.
    """
    check_editable(application)
    possible_at = reapply_at(application, program.application)
    if possible_at is not None and at < possible_at:
        raise ReapplyLater(possible_at=possible_at)
    if application.form is None or progress.open_items:
        raise ApplicationIncomplete(
            application_id=application.id,
            items=tuple(item.key.value for item in progress.open_items),
        )
    return replace(
        application,
        status=ApplicationStatus.REVIEW,
        round=application.round + 1,
        terms_version=program.version,
        submitted_at=at,
        changed_at=at,
        decided_at=None,
        decided_by=None,
        reason_code=None,
        reason="",
    )


def returned(
    application: Application, progress: Progress, *, by: int, at: datetime
) -> Application:
    """Return the application as it goes back for correction.

    Raises:
        ApplicationDecided: it is not under review.
        NothingRefused: there is nothing to correct.
    """
    check_in_review(application)
    if not progress.refused:
        raise NothingRefused
    return replace(application, status=ApplicationStatus.CORRECTION, decided_by=by, decided_at=at)


def check_approvable(
    application: Application, progress: Progress, terms: ApplicationTerms
) -> None:
    """Test that nothing stands against an approval.

    Raises:
        ApplicationDecided: it is not under review.
        PapersNotAccepted: a required paper is not accepted, or something is refused.
        OriginalsMissing: the program waits for the originals.
    """
    check_in_review(application)
    waiting = [
        item
        for item in (*progress.fields, *progress.papers)
        if not item.is_settled or (item in progress.papers and item.state is ItemState.DONE)
    ]
    if waiting:
        raise PapersNotAccepted(items=tuple(item.key.value for item in waiting))
    waits = terms.originals is not None and terms.originals.before_approval
    if waits and application.originals_at is None:
        raise OriginalsMissing


def approved(application: Application, *, partner_id: int, by: int, at: datetime) -> Application:
    """Return the application approved."""
    check_in_review(application)
    return replace(
        application,
        status=ApplicationStatus.APPROVED,
        partner_id=partner_id,
        decided_by=by,
        decided_at=at,
    )


def rejected(
    application: Application, reason: RejectionReason, words: str, *, by: int, at: datetime
) -> Application:
    """Return the application rejected; its reserved contract number is free again.

    Raises:
        ApplicationDecided: it is not under review.
    """
    check_in_review(application)
    return replace(
        application,
        status=ApplicationStatus.REJECTED,
        reason_code=reason,
        reason=words.strip()[:REASON_LENGTH_MAX],
        decided_by=by,
        decided_at=at,
        contract_number=None,
        contract_date=None,
    )


def contract_number(format_: str, year: int, number: int) -> str:
    """Return a contract number by the program's format."""
    return format_.replace("{year}", str(year)).replace("{n}", str(number))


def check_contract_number(text: str) -> str:
    """Return a contract number that staff typed.

    Raises:
        BadContractNumber: other signs, or too many.
    """
    number = text.strip()
    is_clean = all(sign.isalnum() or sign in NUMBER_SIGNS for sign in number)
    if not number or len(number) > NUMBER_LENGTH_MAX or not is_clean:
        raise BadContractNumber(most=NUMBER_LENGTH_MAX)
    return number
