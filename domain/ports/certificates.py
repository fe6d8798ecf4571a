"""The home of the port of certificates."""

from datetime import datetime
from typing import Protocol

from domain.entities.certificate import Certificate
from domain.entities.partner import Enrolment


class Certificates(Protocol):
    """Certificates, valid and replaced ones."""

    async def latest(self, enrolment_id: int) -> Certificate | None:
        """Return the one of an enrolment that nothing has replaced."""
        ...

    async def by_number(self, number: str) -> tuple[Certificate, Enrolment, str] | None:
        """Return a certificate with its enrolment and the partner's name as it is now."""
        ...

    async def add(self, certificate: Certificate) -> None:
        """Keep a new certificate."""
        ...

    async def replace(self, certificate_id: int, *, at: datetime) -> None:
        """Keep that another takes its place."""
        ...
