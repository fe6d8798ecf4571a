"""The home of the exports about money: payments to postings."""

import json

from sqlalchemy import select

from domain.money import Money
from storage.exports.kind import ExportKind, Value, amount, beside, encoded, plain, text
from storage.rows import AnyRow
from storage.tables import (
    clients,
    commissions,
    enrolments,
    entries,
    ledger_accounts,
    payments,
    payouts,
    postings,
    refunds,
)


def _category(row: AnyRow) -> Value:
    return None if row.has_lines else str(row.lines[0].category or "") or None


def _lines(row: AnyRow) -> Value:
    """Return the lines as an import reads them."""
    if not row.has_lines:
        return None
    told = [
        {"category": line.category, "amount": str(Money(line.minor, row.currency))}
        for line in row.lines
    ]
    return json.dumps(told, ensure_ascii=False)


def _refunded(row: AnyRow) -> Value:
    return Money(sum(line.refunded for line in row.lines), row.currency).decimal


_PAYMENTS = ExportKind(
    name="payments",
    key=payments.c.id,
    statement=select(
        payments,
        beside(clients.c.shown_id, "shown_id"),
        beside(enrolments.c.code, "partner_code"),
    )
    .select_from(payments)
    .join(clients, clients.c.id == payments.c.client_id)
    .outerjoin(enrolments, enrolments.c.id == payments.c.enrolment_id),
    headings=(
        plain("payment_id"),
        plain("client_id", "shown_id"),
        amount("amount"),
        plain("currency"),
        plain("paid_at"),
        ("category", _category),
        ("lines", _lines),
        plain("settlement"),
        text("exchange_rate", "exchange"),
        plain("account_id"),
        plain("program"),
        plain("partner_code"),
        ("refunded", _refunded),
        plain("earned_nothing", "reason"),
        plain("recorded_at"),
    ),
)

_REFUNDS = ExportKind(
    name="refunds",
    key=refunds.c.id,
    statement=select(
        refunds,
        beside(payments.c.payment_id, "outer_payment_id"),
        beside(payments.c.currency, "currency"),
    )
    .select_from(refunds)
    .join(payments, payments.c.id == refunds.c.payment_id),
    headings=(
        plain("refund_id"),
        plain("payment_id", "outer_payment_id"),
        amount("amount"),
        plain("currency"),
        plain("kind"),
        plain("refunded_at"),
        plain("recorded_at"),
    ),
)

_COMMISSIONS = ExportKind(
    name="commissions",
    key=commissions.c.id,
    statement=select(
        commissions,
        beside(payments.c.payment_id, "outer_payment_id"),
        beside(clients.c.shown_id, "shown_id"),
        beside(enrolments.c.code, "partner_code"),
        beside(enrolments.c.program, "program"),
    )
    .select_from(commissions)
    .join(payments, payments.c.id == commissions.c.payment_id)
    .join(clients, clients.c.id == commissions.c.client_id)
    .join(enrolments, enrolments.c.id == commissions.c.enrolment_id),
    headings=(
        encoded("commission_id", "id"),
        plain("payment_id", "outer_payment_id"),
        plain("client_id", "shown_id"),
        plain("partner_code"),
        plain("program"),
        amount("amount"),
        plain("currency"),
        text("rate"),
        plain("tax_bps"),
        plain("basis"),
        plain("tier"),
        plain("category"),
        plain("settlement"),
        plain("terms_version"),
        amount("clawed_back", "clawed_back"),
        amount("reserved", "reserved"),
        amount("paid", "paid"),
        amount("converted", "converted"),
        plain("state"),
        plain("held_until"),
        plain("created_at"),
    ),
)

# Where the money went is sealed and stays so: an export is a file that people mail around.
_PAYOUTS = ExportKind(
    name="payouts",
    key=payouts.c.id,
    statement=select(
        *(column for column in payouts.c if column.name not in {"account", "request_key"}),
        beside(enrolments.c.code, "partner_code"),
        beside(enrolments.c.program, "program"),
    )
    .select_from(payouts)
    .join(enrolments, enrolments.c.id == payouts.c.enrolment_id),
    headings=(
        encoded("payout_id", "id"),
        plain("partner_code"),
        plain("program"),
        amount("amount"),
        plain("currency"),
        plain("status"),
        plain("comment"),
        plain("requested_by"),
        plain("requested_at"),
        plain("approved_by"),
        plain("settled_by"),
        plain("settled_at"),
        plain("reason_code"),
        plain("reason_text"),
    ),
)

_POSTINGS = ExportKind(
    name="postings",
    key=postings.c.id,
    statement=select(
        postings,
        beside(entries.c.kind, "entry_kind"),
        beside(entries.c.occurred_at, "occurred_at"),
        beside(entries.c.recorded_at, "recorded_at"),
        beside(entries.c.commission_id, "commission_id"),
        beside(entries.c.payout_id, "payout_id"),
        beside(entries.c.actor, "actor"),
        beside(ledger_accounts.c.kind, "account"),
        beside(enrolments.c.code, "partner_code"),
        beside(enrolments.c.program, "program"),
    )
    .select_from(postings)
    .join(entries, entries.c.id == postings.c.entry_id)
    .join(ledger_accounts, ledger_accounts.c.id == postings.c.account_id)
    .join(enrolments, enrolments.c.id == entries.c.enrolment_id),
    headings=(
        encoded("posting_id", "id"),
        encoded("entry_id", "entry_id"),
        plain("entry", "entry_kind"),
        plain("partner_code"),
        plain("program"),
        plain("account"),
        amount("amount"),
        plain("currency"),
        amount("balance_after", "balance_after"),
        plain("occurred_at"),
        plain("recorded_at"),
        encoded("commission_id", "commission_id"),
        encoded("payout_id", "payout_id"),
        plain("actor"),
    ),
)

MONEY_EXPORTS = (_PAYMENTS, _REFUNDS, _COMMISSIONS, _PAYOUTS, _POSTINGS)
