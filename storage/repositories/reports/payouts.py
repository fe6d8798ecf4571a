"""The home of what is shown of pay-outs."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.adjustment import AdjustmentPart
from domain.entities.filters import EVERYTHING, Wanted
from domain.entities.partner import EnrolmentStatus
from domain.entities.payout import IN_PROGRESS, PayoutPart, PayoutStatus
from domain.entities.payout_document import SignedStatus
from domain.entities.views import Cursor, PayoutView
from domain.ledger.accounts import AccountKind
from storage.repositories.payouts import payout_of
from storage.repositories.reports.pages import page_of, within
from storage.rows import AnyRow, among
from storage.tables import (
    enrolments,
    ledger_accounts,
    partners,
    payout_adjustments,
    payout_documents,
    payout_list_items,
    payout_parts,
    payouts,
    people,
    signed_copies,
)
from storage.vault import Vault

NUMBERED_MAX = 8
_approver, _settler = people.alias("approver"), people.alias("settler")
_IS_PAID = enrolments.c.status != EnrolmentStatus.SUSPENDED


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

    async def payout_queue(
        self,
        statuses: Sequence[PayoutStatus],
        *,
        program: str | None = None,
        currency: str | None = None,
        after: Cursor | None,
        limit: int,
        but_suspended: bool = False,
    ) -> Sequence[PayoutView]:
        """Return a page of the pay-outs with these statuses, the oldest first.

        ``but_suspended`` leaves out those of suspended partners, which are not paid.
        """
        at, key = payouts.c.requested_at, payouts.c.id
        statement = _payouts().where(payouts.c.status.in_(statuses))
        if program is not None:
            statement = statement.where(enrolments.c.program == program)
        if currency is not None:
            statement = statement.where(payouts.c.currency == currency)
        if but_suspended:
            statement = statement.where(_IS_PAID)
        if after is not None:
            last = tuple_(literal(after.at, at.type), literal(after.id, key.type))
            statement = statement.where(tuple_(at, key) > last)
        page = statement.order_by(at, key).limit(limit)
        return await self._views((await self._connection.execute(page)).all())

    async def payouts_of_list(self, list_id: int) -> Sequence[PayoutView]:
        """Return the pay-outs of a list in its order."""
        statement = (
            _payouts()
            .join(payout_list_items, payout_list_items.c.payout_id == payouts.c.id)
            .where(payout_list_items.c.list_id == list_id)
            .order_by(payout_list_items.c.position)
        )
        return await self._views((await self._connection.execute(statement)).all())

    async def approved_payouts(self) -> Sequence[tuple[str, str, int, int]]:
        """Return program, currency, count and sum of what is approved, each pair once."""
        program, currency = enrolments.c.program, payouts.c.currency
        rows = await self._connection.execute(
            select(program, currency, func.count(), func.sum(payouts.c.minor))
            .join(enrolments, enrolments.c.id == payouts.c.enrolment_id)
            .where(payouts.c.status == PayoutStatus.APPROVED, _IS_PAID)
            .group_by(program, currency)
            .order_by(program, currency)
        )
        return [(row[0], row[1], row[2], int(row[3])) for row in rows]

    async def payouts_numbered(self, rest: int, modulus: int) -> Sequence[PayoutView]:
        """Return the newest pay-outs whose id leaves this rest: a number tells its end only."""
        statement = (
            _payouts()
            .where(payouts.c.id % modulus == rest)
            .order_by(payouts.c.id.desc())
            .limit(NUMBERED_MAX)
        )
        return await self._views((await self._connection.execute(statement)).all())

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
        documented, signed = await self._documents([row.id for row in rows])
        return [
            PayoutView(
                payout=payout_of(row, self._vault),
                parts=tuple(consumed[row.id]),
                code=row.code,
                partner_name=row.partner_name,
                program=row.program,
                adjustments=tuple(adjusted[row.id]),
                approved_by_name=row.approved_by_name,
                settled_by_name=row.settled_by_name,
                has_documents=row.id in documented,
                signed=signed.get(row.id),
                # What is payable stands on the credit side: a debit there is a debt.
                debt_minor=max(row.payable_balance or 0, 0),
            )
            for row in rows
        ]

    async def _documents(
        self, payout_ids: Sequence[int]
    ) -> tuple[set[int], dict[int, SignedStatus]]:
        """Return which pay-outs have documents, and where each one's latest copy stands."""
        made = payout_documents.c.payout_id
        documented = await self._connection.scalars(
            select(made).where(among(made, payout_ids)).distinct()
        )
        copies = await self._connection.execute(
            select(signed_copies.c.payout_id, signed_copies.c.status)
            .where(among(signed_copies.c.payout_id, payout_ids))
            .order_by(signed_copies.c.id)
        )
        return set(documented), {row.payout_id: row.status for row in copies}

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
            _approver.c.name.label("approved_by_name"),
            _settler.c.name.label("settled_by_name"),
            ledger_accounts.c.balance.label("payable_balance"),
        )
        .join(enrolments, enrolments.c.id == payouts.c.enrolment_id)
        .join(partners, partners.c.id == enrolments.c.partner_id)
        .outerjoin(_approver, _approver.c.id == payouts.c.approved_by)
        .outerjoin(_settler, _settler.c.id == payouts.c.settled_by)
        .outerjoin(
            ledger_accounts,
            (ledger_accounts.c.enrolment_id == payouts.c.enrolment_id)
            & (ledger_accounts.c.kind == AccountKind.PAYABLE),
        )
    )
