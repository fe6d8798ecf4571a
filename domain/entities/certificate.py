"""The home of certificates: that a partner takes part, to be verified by anybody (R43)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CertificateStatus(StrEnum):
    """What anybody is told who verifies a number."""

    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One certificate; it never changes, another takes its place.

    Attributes:
        id: Our id.
        enrolment_id: Who takes part in what.
        number: As it is written, ``XXXX-XXXX-XXXX``; the last sign is a check sign.
        name: The partner's name then; empty once the partner is erased.
        tier: Key of the tier then, or ``None``.
        language: Of the certificate.
        issued_at: When.
        replaced_at: When another took its place, or ``None``.
    """

    id: int
    enrolment_id: int
    number: str
    name: str
    tier: str | None
    language: str
    issued_at: datetime
    replaced_at: datetime | None = None
