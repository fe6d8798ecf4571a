"""The home of payments, refunds and commissions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.payment import Commission, Payment, Refund
from storage.rows import among, any_of, insert_all, records_of, update_all, values_of
from storage.sheets import Sheet
from storage.straight import Question
from storage.tables import commissions, payments, refunds
from storage.tables.money import HELD

_BY_PAYMENT_IDS = Question(select(payments).where(any_of(payments.c.payment_id)))
_NEW = Sheet(payments, Payment)
_NEW_COMMISSIONS = Sheet(commissions, Commission)
_COMMISSIONS_OF = Question(select(commissions).where(any_of(commissions.c.payment_id)))
_ENDED_HOLDS = (
    select(commissions)
    .where(HELD, commissions.c.held_until <= bindparam("now"))
    .order_by(commissions.c.held_until, commissions.c.id)
    .limit(bindparam("most"))
)
_ENDED_OF = Question(_ENDED_HOLDS.where(any_of(commissions.c.enrolment_id)))


class PaymentRepository:
    """Payments on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def by_payment_ids(self, payment_ids: Iterable[str]) -> Sequence[Payment]:
        """Return payments by billing's ids."""
        return await _BY_PAYMENT_IDS.records(Payment, self._connection, keys=list(payment_ids))

    async def by_ids(self, ids: Iterable[int]) -> Sequence[Payment]:
        """Return payments by our ids."""
        rows = await self._connection.execute(select(payments).where(among(payments.c.id, ids)))
        return records_of(Payment, rows)

    async def of_clients(self, client_ids: Iterable[int]) -> Sequence[Payment]:
        """Return all payments of these clients."""
        rows = await self._connection.execute(
            select(payments).where(among(payments.c.client_id, client_ids))
        )
        return records_of(Payment, rows)

    async def client_of_account(self, account_id: str) -> int | None:
        """Return our id of the client that paid for an account, ``None`` where nobody did."""
        found: int | None = await self._connection.scalar(
            select(payments.c.client_id)
            .where(payments.c.account_id == account_id)
            .order_by(payments.c.id)
            .limit(1)
        )
        return found

    async def add(self, new: Sequence[Payment]) -> None:
        """Keep new payments."""
        await _NEW.insert(self._connection, new)

    async def update(self, changed: Sequence[Payment]) -> None:
        """Keep the next state of payments."""
        names = (
            "program",
            "enrolment_id",
            "exchange",
            "lines",
            "refunded_by_line",
            "chargebacks",
            "reason",
            "code",
        )
        rows = [{name: getattr(row, name) for name in ("id", *names)} for row in changed]
        await update_all(self._connection, payments, rows)

    async def add_refunds(self, new: Sequence[Refund]) -> None:
        """Keep new refunds."""
        await insert_all(self._connection, refunds, [values_of(row) for row in new])

    async def commissions_of(self, payment_ids: Iterable[int]) -> Sequence[Commission]:
        """Return the commissions of these payments, by our payment ids."""
        return await _COMMISSIONS_OF.records(Commission, self._connection, keys=list(payment_ids))

    async def earned_by_clients(
        self, enrolment_ids: Iterable[int], client_ids: Iterable[int]
    ) -> Mapping[tuple[int, int], int]:
        """Return what clients earned for enrolments, less what was taken back."""
        return await self._earned(
            payments.c.client_id,
            among(payments.c.client_id, client_ids),
            among(payments.c.enrolment_id, enrolment_ids),
        )

    async def earned_between(
        self, enrolment_ids: Iterable[int], start: datetime, end: datetime
    ) -> Mapping[int, int]:
        """Return what payments of a time earned for enrolments, less what was taken back."""
        found = await self._earned(
            literal(0),
            among(payments.c.enrolment_id, enrolment_ids),
            payments.c.paid_at >= start,
            payments.c.paid_at < end,
        )
        return {enrolment_id: minor for (enrolment_id, _), minor in found.items()}

    async def _earned(
        self, beside: ColumnElement[int], *which: ColumnElement[bool]
    ) -> Mapping[tuple[int, int], int]:
        rows = await self._connection.execute(
            select(
                payments.c.enrolment_id,
                beside.label("beside"),
                func.sum(commissions.c.minor - commissions.c.clawed_back).label("minor"),
            )
            .join(commissions, commissions.c.payment_id == payments.c.id)
            .where(*which)
            .group_by(payments.c.enrolment_id, "beside")
        )
        return {(row.enrolment_id, row.beside): int(row.minor) for row in rows}

    async def add_commissions(self, new: Sequence[Commission]) -> None:
        """Keep new commissions."""
        await _NEW_COMMISSIONS.insert(self._connection, new)

    async def update_commissions(self, changed: Sequence[Commission]) -> None:
        """Keep what was taken back or spent of commissions, and their state."""
        names = (
            "clawed_back",
            "reserved",
            "paid",
            "converted",
            "bonus",
            "frozen",
            "suspicion",
            "state",
        )
        rows = [{name: getattr(row, name) for name in ("id", *names)} for row in changed]
        await update_all(self._connection, commissions, rows)

    async def hold_ended(
        self, enrolment_ids: Iterable[int] | None, *, now: datetime, limit: int
    ) -> Sequence[Commission]:
        """Return held commissions whose hold has ended, of these enrolments or of all (R14)."""
        given: dict[str, object] = {"now": now, "most": limit}
        if enrolment_ids is None:
            rows = await self._connection.execute(_ENDED_HOLDS, given)
            return records_of(Commission, rows)
        given["keys"] = list(enrolment_ids)
        return await _ENDED_OF.records(Commission, self._connection, **given)
