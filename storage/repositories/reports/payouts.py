"""The home of what is shown of pay-outs."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.adjustment import AdjustmentPart
from domain.entities.filters import EVERYTHING, Wanted
from domain.entities.payout import IN_PROGRESS, PayoutPart
from domain.entities.views import Cursor, PayoutView
from storage.repositories.payouts import payout_of
from storage.repositories.reports.pages import page_of, within
from storage.rows import AnyRow, among
from storage.tables import enrolments, partners, payout_adjustments, payout_parts, payouts
from storage.vault import Vault


class PayoutReports:
    """Pay-outs on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def payouts(
        self,
        *,
        enrolment_id: int | None,
        in_progress_only: bool,
        before: Cursor | None,
        limit: int,
        wanted: Wanted = EVERYTHING,
    ) -> Sequence[PayoutView]:
        """Return a page of pay-outs, of one enrolment or of all."""
        statement = within(_payouts(), payouts.c.requested_at, wanted)
        if enrolment_id is not None:
            statement = statement.where(payouts.c.enrolment_id == enrolment_id)
        if in_progress_only:
            statement = statement.where(payouts.c.status.in_(IN_PROGRESS))
        page = page_of(statement, payouts.c.requested_at, payouts.c.id, before, limit)
        return await self._views((await self._connection.execute(page)).all())

    async def payout(self, payout_id: int) -> PayoutView | None:
        """Return one pay-out."""
        rows = await self._connection.execute(_payouts().where(payouts.c.id == payout_id))
        return next(iter(await self._views(rows.all())), None)

    async def _views(self, rows: Sequence[AnyRow]) -> list[PayoutView]:
        parts = await self._connection.execute(
            select(payout_parts)
            .where(among(payout_parts.c.payout_id, [row.id for row in rows]))
            .order_by(payout_parts.c.commission_id)
        )
        consumed: dict[int, list[PayoutPart]] = defaultdict(list)
        for part in parts:
            consumed[part.payout_id].append(
                PayoutPart(commission_id=part.commission_id, minor=part.minor)
            )
        adjusted = await self._adjustments([row.id for row in rows])
        return [
            PayoutView(
                payout=payout_of(row, self._vault),
                parts=tuple(consumed[row.id]),
                code=row.code,
                partner_name=row.partner_name,
                program=row.program,
                adjustments=tuple(adjusted[row.id]),
            )
            for row in rows
        ]

    async def _adjustments(self, payout_ids: Sequence[int]) -> dict[int, list[AdjustmentPart]]:
        parts = await self._connection.execute(
            select(payout_adjustments)
            .where(among(payout_adjustments.c.payout_id, payout_ids))
            .order_by(payout_adjustments.c.adjustment_id)
        )
        consumed: dict[int, list[AdjustmentPart]] = defaultdict(list)
        for part in parts:
            consumed[part.payout_id].append(
                AdjustmentPart(adjustment_id=part.adjustment_id, minor=part.minor)
            )
        return consumed


def _payouts() -> Select[Any]:
    return (
        select(
            payouts,
            enrolments.c.code,
            enrolments.c.program,
            partners.c.name.label("partner_name"),
        )
        .join(enrolments, enrolments.c.id == payouts.c.enrolment_id)
        .join(partners, partners.c.id == enrolments.c.partner_id)
    )
