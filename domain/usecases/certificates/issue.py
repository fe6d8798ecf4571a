"""The home of issuing certificates (R43)."""

import secrets
from dataclasses import dataclass

from domain.access import own_place
from domain.entities.certificate import Certificate
from domain.entities.partner import EnrolmentStatus
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.programs.model import Program
from domain.rules.certificates import (
    CertificateStopped,
    NoCertificates,
    is_current,
    number_from,
)
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCertificate:
    """A certificate that holds.

    Attributes:
        certificate: The certificate.
        program: What the partner takes part in.
    """

    certificate: Certificate
    program: Program


class IssueCertificate:
    """Give an active partner its certificate.

    - The program says whether it issues any; every member of the partner may have it.
    - The same one as long as name and tier are the same; another takes its place then, and the
      old number says so.
    - The number is random: nobody finds one by counting.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> IssuedCertificate:
        """Return the certificate that holds.

        Raises:
            NotAPartner: the person takes part in no program.
            NoCertificates: the program issues none.
            CertificateStopped: the partner is suspended, was ended or has left.
        """
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            enrolment = (await own_place(work, caller, admin=False)).enrolment
            program = self._around.programs.get(enrolment.program)
            if program is None or not program.has_certificate:
                raise NoCertificates(program=enrolment.program)
            if enrolment.status is not EnrolmentStatus.ACTIVE:
                raise CertificateStopped(
                    status=enrolment.status.value, has_left=enrolment.left_at is not None
                )
            partner = await work.partners.get(enrolment.partner_id)
            if partner is None:
                raise NotFound(partner=enrolment.partner_id)
            kept = await work.certificates.latest(enrolment.id)
            if kept is not None and is_current(kept, enrolment, partner.name):
                return IssuedCertificate(certificate=kept, program=program)
            certificate = Certificate(
                id=self._around.new_id(),
                enrolment_id=enrolment.id,
                number=number_from(secrets.token_bytes(16)),
                name=partner.name,
                tier=enrolment.tier,
                language=caller.person.language,
                issued_at=now,
            )
            if kept is not None:
                await work.certificates.replace(kept.id, at=now)
            await work.certificates.add(certificate)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role="partner",
                action="partner_certificate_issued",
                subject=f"partner:{enrolment.partner_id}",
                details={"number": certificate.number, "replaced": kept.number if kept else None},
            )
            await work.commit()
        return IssuedCertificate(certificate=certificate, program=program)
