"""The home of certificates."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.certificate import Certificate
from domain.entities.partner import Enrolment
from storage.rows import insert_all, record_of, values_of
from storage.tables import certificates, enrolments, partners


class CertificateRepository:
    """Certificates on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def latest(self, enrolment_id: int) -> Certificate | None:
        """Return the one of an enrolment that nothing has replaced."""
        row = (
            await self._connection.execute(
                select(certificates)
                .where(
                    certificates.c.enrolment_id == enrolment_id,
                    certificates.c.replaced_at.is_(None),
                )
                .order_by(certificates.c.id.desc())
                .limit(1)
            )
        ).first()
        return record_of(Certificate, row) if row else None

    async def by_number(self, number: str) -> tuple[Certificate, Enrolment, str] | None:
        """Return a certificate with its enrolment and the partner's name as it is now."""
        row = (
            await self._connection.execute(
                select(certificates).where(certificates.c.number == number)
            )
        ).first()
        if row is None:
            return None
        place = (
            await self._connection.execute(
                select(enrolments).where(enrolments.c.id == row.enrolment_id)
            )
        ).one()
        name = await self._connection.scalar(
            select(partners.c.name).where(partners.c.id == place.partner_id)
        )
        return record_of(Certificate, row), record_of(Enrolment, place), name or ""

    async def add(self, certificate: Certificate) -> None:
        """Keep a new certificate."""
        await insert_all(self._connection, certificates, [values_of(certificate)])

    async def replace(self, certificate_id: int, *, at: datetime) -> None:
        """Keep that another takes its place."""
        await self._connection.execute(
            update(certificates)
            .where(certificates.c.id == certificate_id, certificates.c.replaced_at.is_(None))
            .values(replaced_at=at)
        )
