"""The home of verifying a certificate: anybody may, by its number (R43)."""

from dataclasses import dataclass
from datetime import datetime

from domain.entities.certificate import CertificateStatus
from domain.rules.certificates import read_number, status_of
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What anybody is told of a certificate.

    Attributes:
        number: As it is written.
        status: What it is worth now.
        name: The partner's name; empty where the certificate does not hold.
        program: Key of the program.
        tier: Key of the tier, or ``None``.
        issued_at: When.
    """

    number: str
    status: CertificateStatus
    name: str
    program: str
    tier: str | None
    issued_at: datetime


class VerifyCertificate:
    """Tell anybody what a number stands for.

    - Valid: the name that stands on it, program and tier. Otherwise no name is told: who left is
      nobody's business.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, typed: str) -> Verification | None:
        """Return what is known, ``None`` for a number that nobody has."""
        number = read_number(typed)
        if number is None:
            return None
        async with self._around.open_work.read() as work:
            found = await work.certificates.by_number(number)
        if found is None:
            return None
        certificate, enrolment, name = found
        if enrolment.program not in self._around.programs:
            return None
        status = status_of(certificate, enrolment, name)
        is_valid = status is CertificateStatus.VALID
        return Verification(
            number=number,
            status=status,
            name=certificate.name if is_valid else "",
            program=enrolment.program,
            tier=certificate.tier if is_valid else None,
            issued_at=certificate.issued_at,
        )
