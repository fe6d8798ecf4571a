"""The home of the exports about who takes part: partners, clients, clicks, and events."""

from sqlalchemy import func, select
from sqlalchemy.sql.selectable import ScalarSelect

from domain.ledger.accounts import DEBIT_KINDS, AccountKind
from storage.exports.kind import ExportKind, amount, beside, encoded, plain
from storage.tables import (
    clicks,
    clients,
    enrolments,
    events,
    ledger_accounts,
    partners,
    referrals,
)


def _figure(kind: AccountKind) -> ScalarSelect[int]:
    """Return a figure of the balance as partners see it."""
    balance = ledger_accounts.c.balance
    return (
        select(balance if kind in DEBIT_KINDS else -balance)
        .where(ledger_accounts.c.enrolment_id == enrolments.c.id, ledger_accounts.c.kind == kind)
        .correlate(enrolments)
        .scalar_subquery()
    )


_FIGURES = {
    "accrued": AccountKind.COMMISSIONS,
    "held": AccountKind.HELD,
    "payable": AccountKind.PAYABLE,
    "reserved": AccountKind.RESERVED,
    "paid": AccountKind.PAYOUTS,
    "converted": AccountKind.CREDIT,
    "retained": AccountKind.RETAINED,
    "clawed_back": AccountKind.CLAWBACKS,
    "adjusted": AccountKind.ADJUSTMENTS,
}

_PARTNERS = ExportKind(
    name="partners",
    key=enrolments.c.id,
    statement=select(
        enrolments,
        beside(partners.c.name, "partner_name"),
        beside(partners.c.vendor_account_id, "vendor_account_id"),
        select(ledger_accounts.c.currency)
        .where(ledger_accounts.c.enrolment_id == enrolments.c.id)
        .limit(1)
        .correlate(enrolments)
        .scalar_subquery()
        .label("currency"),
        *(_figure(kind).label(name) for name, kind in _FIGURES.items()),
    )
    .select_from(enrolments)
    .join(partners, partners.c.id == enrolments.c.partner_id),
    headings=(
        encoded("partner_id", "partner_id"),
        plain("code"),
        plain("program"),
        plain("name", "partner_name"),
        plain("status"),
        plain("tier"),
        plain("paying_clients"),
        plain("vendor_account_id"),
        plain("terms_version"),
        plain("joined_at"),
        plain("currency"),
        *(amount(name, name) for name in _FIGURES),
    ),
)

_other = referrals.alias("other")
_first_referral = (
    select(func.min(_other.c.id)).where(_other.c.client_id == clients.c.id).correlate(clients)
).scalar_subquery()
_CLIENTS = ExportKind(
    name="clients",
    key=clients.c.id,
    statement=select(
        clients,
        beside(referrals.c.program, "program"),
        beside(referrals.c.code, "referral_code"),
        beside(referrals.c.reason, "not_attributed"),
        beside(referrals.c.first_click_at, "first_click_at"),
        beside(referrals.c.earns_until, "earns_until"),
        beside(enrolments.c.code, "partner_code"),
    )
    .select_from(clients)
    .outerjoin(referrals, referrals.c.id == _first_referral)
    .outerjoin(enrolments, enrolments.c.id == referrals.c.enrolment_id),
    headings=(
        plain("client_id", "shown_id"),
        plain("name"),
        plain("registered_at"),
        plain("deleted_at"),
        plain("referral_code"),
        plain("program"),
        plain("partner_code"),
        plain("not_attributed"),
        plain("first_click_at"),
        plain("earns_until"),
        *(
            plain(name)
            for name in (
                "email",
                "phone",
                "telegram_id",
                "legal_form",
                "tax_id",
                "platform",
                "department",
                "owner_account_id",
                "visitor_id",
            )
        ),
    ),
)

_REFERRALS = ExportKind(
    name="referrals",
    key=referrals.c.id,
    statement=select(
        referrals,
        beside(clients.c.shown_id, "shown_id"),
        beside(enrolments.c.code, "partner_code"),
    )
    .select_from(referrals)
    .join(clients, clients.c.id == referrals.c.client_id)
    .outerjoin(enrolments, enrolments.c.id == referrals.c.enrolment_id),
    headings=(
        plain("client_id", "shown_id"),
        plain("program"),
        plain("partner_code"),
        plain("code"),
        plain("not_attributed", "reason"),
        plain("first_click_at"),
        plain("registered_at"),
        plain("earns_until"),
        plain("live_payments"),
    ),
)

_CLICKS = ExportKind(
    name="clicks",
    key=clicks.c.id,
    statement=select(clicks),
    headings=(
        ("click_id", lambda row: row.click_id or f"own-{row.id}"),
        plain("code"),
        plain("clicked_at"),
        plain("visitor_id"),
        plain("source"),
    ),
)

_EVENTS = ExportKind(
    name="events",
    key=events.c.id,
    statement=select(events),
    headings=tuple(
        plain(name)
        for name in (
            "id",
            "kind",
            "fact",
            "at",
            "source",
            "received_at",
            "status",
            "reason",
            "error_code",
            "error_message",
            "waits_for",
            "applied_at",
            "data",
        )
    ),
)

PEOPLE_EXPORTS = (_PARTNERS, _CLIENTS, _REFERRALS, _CLICKS, _EVENTS)
