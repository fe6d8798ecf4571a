"""The tables. Amounts are minor units, instants microseconds since 1970 UTC."""

from storage.tables.base import metadata
from storage.tables.events import event_conflicts, events
from storage.tables.ledger import entries, ledger_accounts, postings
from storage.tables.money import commissions, payments, payout_parts, payouts, refunds
from storage.tables.partners import enrolments, links, members, partners
from storage.tables.people import audit, conversations, invitations, people, settings, staff
from storage.tables.referrals import clicks, client_accounts, client_ids, clients, referrals
from storage.tables.services import services
from storage.tables.stats import daily_stats
from storage.tables.traffic import cards, inbox, jobs, notices

__all__ = [
    "audit",
    "cards",
    "clicks",
    "client_accounts",
    "client_ids",
    "clients",
    "commissions",
    "conversations",
    "daily_stats",
    "enrolments",
    "entries",
    "event_conflicts",
    "events",
    "inbox",
    "invitations",
    "jobs",
    "ledger_accounts",
    "links",
    "members",
    "metadata",
    "notices",
    "partners",
    "payments",
    "payout_parts",
    "payouts",
    "people",
    "postings",
    "referrals",
    "refunds",
    "services",
    "settings",
    "staff",
]
