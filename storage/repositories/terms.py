"""The home of published terms and of who knows and accepted them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.terms import PayoutAccount, PublishedTerms
from storage.rows import insert_all, records_of, upsert, values_of
from storage.tables import enrolments, payout_accounts, program_terms, terms_told
from storage.vault import Vault, payout_account_context


def _takes_part(program: str) -> ColumnElement[bool]:
    return and_(enrolments.c.program == program, enrolments.c.status == EnrolmentStatus.ACTIVE)


class TermsRepository:
    """Published terms on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def published(self) -> Sequence[PublishedTerms]:
        """Return every version of every program, oldest first."""
        rows = await self._connection.execute(
            select(program_terms).order_by(program_terms.c.program, program_terms.c.version)
        )
        return records_of(PublishedTerms, rows)

    async def publish(self, terms: PublishedTerms) -> None:
        """Keep a version; one that another replica has kept already stands."""
        statement = upsert(self._connection, program_terms).values(**values_of(terms))
        await self._connection.execute(statement.on_conflict_do_nothing())

    async def unaware(self, program: str, version: int, *, limit: int) -> Sequence[Enrolment]:
        """Return enrolments that accepted an older version and were not told of this one."""
        told = exists().where(
            terms_told.c.enrolment_id == enrolments.c.id, terms_told.c.version == version
        )
        rows = await self._connection.execute(
            select(enrolments)
            .where(
                enrolments.c.program == program,
                enrolments.c.status != EnrolmentStatus.ENDED,
                enrolments.c.terms_version < version,
                ~told,
            )
            .order_by(enrolments.c.id)
            .limit(limit)
        )
        return records_of(Enrolment, rows)

    async def mark_aware(
        self, enrolment_ids: Sequence[int], version: int, *, at: datetime
    ) -> None:
        """Keep that partners were told of a version."""
        rows = [{"enrolment_id": id_, "version": version, "at": at} for id_ in enrolment_ids]
        await insert_all(self._connection, terms_told, rows)

    async def after(self, program: str, enrolment_id: int, *, limit: int) -> Sequence[Enrolment]:
        """Return enrolments of a program with greater ids, by id."""
        rows = await self._connection.execute(
            select(enrolments)
            .where(enrolments.c.program == program, enrolments.c.id > enrolment_id)
            .order_by(enrolments.c.id)
            .limit(limit)
        )
        return records_of(Enrolment, rows)

    async def acceptance(self, program: str, version: int) -> tuple[int, int]:
        """Return how many active partners accepted a version, and how many there are."""
        has = case((enrolments.c.terms_version >= version, 1), else_=0)
        row = (
            await self._connection.execute(
                select(func.coalesce(func.sum(has), 0), func.count()).where(_takes_part(program))
            )
        ).one()
        return int(row[0]), int(row[1])

    async def not_accepted(self, program: str, version: int, *, limit: int) -> Sequence[str]:
        """Return codes of active partners that have not accepted a version, oldest first."""
        rows = await self._connection.execute(
            select(enrolments.c.code)
            .where(_takes_part(program), enrolments.c.terms_version < version)
            .order_by(enrolments.c.id)
            .limit(limit)
        )
        return list(rows.scalars())

    async def payout_account(self, enrolment_id: int) -> PayoutAccount | None:
        """Return where the partner's scheduled pay-outs go, ``None`` before it was named."""
        row = (
            await self._connection.execute(
                select(payout_accounts).where(payout_accounts.c.enrolment_id == enrolment_id)
            )
        ).first()
        if row is None:
            return None
        account = self._vault.open(row.account, context=payout_account_context(enrolment_id))
        return PayoutAccount(account=account, named_by=row.named_by)

    async def name_payout_account(
        self, enrolment_id: int, account: str, *, by: int, at: datetime
    ) -> None:
        """Keep where the partner's scheduled pay-outs go from now on."""
        values = {
            "account": self._vault.seal(account, context=payout_account_context(enrolment_id)),
            "named_by": by,
            "named_at": at,
        }
        statement = upsert(self._connection, payout_accounts).values(
            enrolment_id=enrolment_id, **values
        )
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["enrolment_id"], set_=values)
        )
