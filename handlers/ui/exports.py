"""The home of exports: which columns a table has, and writing it page by page off the loop."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from domain.entities.client import ERASED_NAME
from domain.entities.exports import ExportKind, ExportPage, ExportRow
from domain.entities.payout import PayoutStatus
from domain.entities.views import CommissionView, Cursor, PaymentRow, PayoutView, ReferralRow
from domain.ids import encode
from domain.money import Money
from domain.programs.model import Programs
from handlers.ui.language import Language
from handlers.ui.marks import (
    commission_status,
    earned_nothing,
    payout_status,
    reject_reason,
    return_reason,
)
from handlers.ui.payout_card import masked
from handlers.ui.tables import Cell, TableFile, open_table

ReadPage: TypeAlias = Callable[[Cursor | None], Awaitable[ExportPage]]
"""Reads the page after a place; ``None`` is the start."""
Progress: TypeAlias = Callable[[int, ExportPage], Awaitable[None]]
"""Is told after each page how many rows are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """How a table is written.

    Attributes:
        language: Of headings and words.
        programs: For the names of tiers.
    """

    language: Language
    programs: Programs


async def write_export(
    path: Path,
    kind: ExportKind,
    form: ExportFormat,
    read: ReadPage,
    progress: Progress | None = None,
) -> int:
    """Write a whole table into a file; return how many rows it has.

    Only one page is in memory at a time, and no page is written on the event loop.

    Args:
        path: Ends in ``.csv`` or ``.xlsx``; its folder exists.
        kind: Which table.
        form: How it is written.
        read: Reads a page.
        progress: Is told after each page, if given.
    """
    table = await asyncio.to_thread(
        open_table,
        path,
        headings(form, kind),
        sheet=str(kind_name(form.language, kind)),
        zone=form.language.zone,
    )
    written, before = 0, None
    try:
        while True:
            page = await read(before)
            await asyncio.to_thread(_add, table, form, page.rows)
            written += len(page.rows)
            if progress is not None:
                await progress(written, page)
            before = page.following
            if before is None:
                return written
    finally:
        await asyncio.to_thread(table.close)


def _add(table: TableFile, form: ExportFormat, rows: Sequence[ExportRow]) -> None:
    table.add(cells(form, row) for row in rows)


def kind_name(language: Language, kind: ExportKind) -> str:
    """Return what a table is called."""
    say = language.say
    match kind:
        case ExportKind.REGISTRATIONS:
            return say("Registrations")
        case ExportKind.PAYMENTS:
            return say("Payments")
        case ExportKind.COMMISSIONS:
            return say("Commissions")
        case ExportKind.PAYOUTS:
            return say("Pay-outs")


def headings(form: ExportFormat, kind: ExportKind) -> list[str]:
    """Return the names of a table's columns."""
    say = form.language.say
    own: dict[ExportKind, list[str]] = {
        ExportKind.REGISTRATIONS: [
            *(say("Registered"), say("Client ID"), say("Name"), say("E-mail"), say("Phone")),
            *(say("Accounts"), say("Link"), say("Earns until"), say("Deleted")),
        ],
        ExportKind.PAYMENTS: [
            *(say("Paid at"), say("Payment ID"), say("Client ID"), say("Name")),
            *(say("Account"), say("Amount"), say("Refunded"), say("Currency")),
            *(say("Commission"), say("Commission currency"), say("Why nothing was earned")),
        ],
        ExportKind.COMMISSIONS: [
            *(say("Made at"), say("Commission ID"), say("Payment ID"), say("Client ID")),
            *(say("Name"), say("Payment amount"), say("Payment currency"), say("Rate, %")),
            *(say("Tier"), say("Category"), say("Commission"), say("Taken back")),
            *(say("Currency"), say("Status"), say("On hold until")),
        ],
        ExportKind.PAYOUTS: [
            *(say("Asked at"), say("Number"), say("Amount"), say("Currency"), say("Status")),
            *(say("Ended at"), say("Paid on"), say("Account"), say("Comment"), say("Reason")),
        ],
    }
    return own[kind]


def cells(form: ExportFormat, row: ExportRow) -> list[Cell]:
    """Return a row of a table, one cell for each heading."""
    if isinstance(row, ReferralRow):
        return _registration(form, row)
    if isinstance(row, PaymentRow):
        return _payment(form, row)
    if isinstance(row, CommissionView):
        return _commission(form, row)
    return _payout(form, row)


def _name(form: ExportFormat, name: str) -> str:
    return form.language.say("Erased client") if name == ERASED_NAME else name


def _amount(minor: int, currency: str | None) -> Decimal | None:
    return Money(minor, currency).decimal if currency else None


def _registration(form: ExportFormat, row: ReferralRow) -> list[Cell]:
    return [
        row.registered_at,
        row.shown_id,
        _name(form, row.client_name),
        row.email,
        row.phone,
        row.accounts,
        row.code,
        row.earns_until,
        row.deleted_at,
    ]


def _payment(form: ExportFormat, row: PaymentRow) -> list[Cell]:
    return [
        row.paid_at,
        row.payment_id,
        row.shown_id,
        _name(form, row.client_name),
        row.account_name,
        _amount(row.minor, row.currency),
        _amount(row.refunded, row.currency),
        row.currency,
        _amount(row.commission_minor, row.commission_currency),
        row.commission_currency,
        earned_nothing(form.language, row.reason),
    ]


def _commission(form: ExportFormat, view: CommissionView) -> list[Cell]:
    row = view.commission
    return [
        row.created_at,
        encode(row.id),
        view.payment_id,
        view.client_id,
        _name(form, view.client_name),
        _amount(view.base_minor, view.base_currency),
        view.base_currency,
        Decimal(row.rate.bps).scaleb(-2),
        _tier(form, view),
        row.category,
        _amount(row.minor, row.currency),
        _amount(row.clawed_back, row.currency),
        row.currency,
        commission_status(form.language, row.status),
        row.held_until if row.status == "held" else None,
    ]


def _tier(form: ExportFormat, view: CommissionView) -> str | None:
    key, program = view.commission.tier, form.programs.get(view.program)
    return program.tier_name(key, form.language.code) if program and key else key


def _payout(form: ExportFormat, view: PayoutView) -> list[Cell]:
    payout, language = view.payout, form.language
    words = return_reason if payout.status is PayoutStatus.RETURNED else reject_reason
    reason = words(language, payout.reason_code) if payout.reason_code else ""
    return [
        payout.requested_at,
        encode(payout.id)[-6:],
        payout.amount.decimal,
        payout.amount.currency,
        payout_status(language, payout.status),
        payout.settled_at,
        payout.paid_on,
        masked(payout.account),
        payout.comment,
        " — ".join(part for part in (reason, payout.reason_text) if part),
    ]
