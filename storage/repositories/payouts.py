"""The home of pay-outs; the account to pay to is encrypted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.adjustment import AdjustmentPart
from domain.entities.payment import Commission
from domain.entities.payout import Payout, PayoutPart, Spending
from domain.money import Money
from storage.rows import AnyRow, among, insert_all, records_of, values_of
from storage.tables import (
    commissions,
    payout_adjustments,
    payout_list_items,
    payout_lists,
    payout_parts,
    payouts,
)
from storage.tables.money import SPENDABLE
from storage.vault import Vault


def payout_of(row: AnyRow, vault: Vault) -> Payout:
    """Return the pay-out that a row holds."""
    values = {name: row._mapping[name] for name in payouts.c.keys()}  # noqa: SLF001, SIM118
    amount = Money(values.pop("minor"), values.pop("currency"))
    account = vault.open(values.pop("account"), context=f"payout:{values['id']}")
    return Payout(**values, amount=amount, account=account)


class PayoutRepository:
    """Pay-outs on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def by_request(self, request_key: str) -> Payout | None:
        """Return the pay-out that this confirmation has made already."""
        row = (
            await self._connection.execute(
                select(payouts).where(payouts.c.request_key == request_key)
            )
        ).first()
        return payout_of(row, self._vault) if row else None

    async def get(self, payout_id: int, *, enrolment_ids: Sequence[int] | None) -> Payout | None:
        """Return a pay-out; with ``enrolment_ids`` only one of theirs."""
        statement = select(payouts).where(payouts.c.id == payout_id)
        if enrolment_ids is not None:
            statement = statement.where(among(payouts.c.enrolment_id, enrolment_ids))
        row = (await self._connection.execute(statement)).first()
        return payout_of(row, self._vault) if row else None

    async def parts(self, payout_id: int) -> Spending:
        """Return what the pay-out consumed."""
        rows = await self._connection.execute(
            select(payout_parts.c.commission_id, payout_parts.c.minor)
            .where(payout_parts.c.payout_id == payout_id)
            .order_by(payout_parts.c.commission_id)
        )
        others = await self._connection.execute(
            select(payout_adjustments.c.adjustment_id, payout_adjustments.c.minor)
            .where(payout_adjustments.c.payout_id == payout_id)
            .order_by(payout_adjustments.c.adjustment_id)
        )
        return Spending(
            commissions=tuple(records_of(PayoutPart, rows)),
            adjustments=tuple(records_of(AdjustmentPart, others)),
        )

    async def add(self, payout: Payout, spent: Spending) -> None:
        """Keep a new pay-out."""
        row = values_of(payout, but=("amount",)) | {
            "minor": payout.amount.minor,
            "currency": payout.amount.currency,
            "account": self._vault.seal(payout.account, context=f"payout:{payout.id}"),
        }
        await insert_all(self._connection, payouts, [row])
        await insert_all(
            self._connection,
            payout_parts,
            [values_of(part) | {"payout_id": payout.id} for part in spent.commissions],
        )
        await insert_all(
            self._connection,
            payout_adjustments,
            [values_of(part) | {"payout_id": payout.id} for part in spent.adjustments],
        )

    async def update(self, payout: Payout) -> None:
        """Keep the next state of a pay-out."""
        names = (
            "status",
            "approved_by",
            "settled_by",
            "settled_at",
            "paid_on",
            "reason_code",
            "reason_text",
        )
        await self._connection.execute(
            update(payouts)
            .where(payouts.c.id == payout.id)
            .values({name: getattr(payout, name) for name in names})
        )

    async def asked_since(self, enrolment_id: int, at: datetime) -> bool:
        """Test if the partner has asked for a pay-out after an instant."""
        found = await self._connection.scalar(
            select(payouts.c.id)
            .where(payouts.c.enrolment_id == enrolment_id, payouts.c.requested_at >= at)
            .limit(1)
        )
        return found is not None

    async def add_list(
        self, list_id: int, payout_ids: Sequence[int], *, by: int, at: datetime
    ) -> None:
        """Keep which pay-outs are paid together."""
        made = {"id": list_id, "made_by": by, "made_at": at}
        await insert_all(self._connection, payout_lists, [made])
        items = [
            {"list_id": list_id, "payout_id": payout_id, "position": position}
            for position, payout_id in enumerate(payout_ids)
        ]
        await insert_all(self._connection, payout_list_items, items)

    async def spendable(self, enrolment_id: int) -> Sequence[Commission]:
        """Return payable commissions with something left or owed, oldest first."""
        rows = await self._connection.execute(
            select(commissions)
            .where(commissions.c.enrolment_id == enrolment_id, SPENDABLE)
            .order_by(commissions.c.created_at, commissions.c.id)
        )
        return records_of(Commission, rows)

    async def commissions(self, ids: Sequence[int]) -> Sequence[Commission]:
        """Return commissions by our ids."""
        rows = await self._connection.execute(
            select(commissions).where(among(commissions.c.id, ids))
        )
        return records_of(Commission, rows)
