"""The home of accepting changed terms: what stops until a partner has (R30)."""

from datetime import datetime

from domain.entities.partner import Enrolment
from domain.errors import DomainError
from domain.programs.model import Program


class TermsNotAccepted(DomainError):
    """The program's terms changed, and the partner has to accept them again before money leaves.

    What it earns meanwhile is kept: earning never stops for this.
    """

    code = "terms_not_accepted"


def check_terms(enrolment: Enrolment, program: Program, now: datetime) -> None:
    """Test that the partner has accepted the terms that it must.

    Raises:
        TermsNotAccepted: it has not; the facts name the version and its first day.
    """
    needed = program.to_accept(now)
    if needed is not None and enrolment.terms_version < needed.version:
        raise TermsNotAccepted(
            program=program.key, version=needed.version, since=needed.version_date
        )
