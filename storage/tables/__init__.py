"""The tables. Amounts are minor units, instants microseconds since 1970 UTC."""

from storage.tables.applications import (
    application_answers,
    application_lines,
    application_verdicts,
    applications,
)
from storage.tables.base import metadata
from storage.tables.broadcasts import broadcast_recipients, broadcasts
from storage.tables.claims import claims, client_questions, referral_moves
from storage.tables.client_invitations import client_invitations, refusing_addresses
from storage.tables.conversions import (
    adjustments,
    conversion_adjustments,
    conversion_parts,
    conversions,
    credits_,
    payout_adjustments,
)
from storage.tables.documents import (
    certificates,
    payout_documents,
    requisites,
    signed_copies,
)
from storage.tables.events import category_mappings, event_conflicts, events
from storage.tables.fraud import account_marks, fraud_holds, signals
from storage.tables.invoices import invoices
from storage.tables.ledger import entries, ledger_accounts, postings
from storage.tables.mails import email_addresses, mails
from storage.tables.money import (
    commissions,
    payments,
    payout_list_items,
    payout_lists,
    payout_parts,
    payouts,
    refunds,
)
from storage.tables.outbound import outbound_events
from storage.tables.papers import dossiers, paper_links, papers
from storage.tables.partners import enrolments, links, members, partners
from storage.tables.people import audit, conversations, invitations, people, settings, staff
from storage.tables.pins import pins
from storage.tables.preferences import notice_clients, openings, preferences, reminders
from storage.tables.promos import promos
from storage.tables.proofs import book_proof_accounts, book_proofs
from storage.tables.questions import question_lines, questions
from storage.tables.referrals import clicks, client_accounts, client_ids, clients, referrals
from storage.tables.services import client_orders, services
from storage.tables.standings import standing_changes
from storage.tables.stats import daily_stats
from storage.tables.team import team_invitations
from storage.tables.terms import payout_accounts, program_terms, terms_told
from storage.tables.traffic import cards, inbox, jobs, lanes, notices

__all__ = [
    "account_marks",
    "adjustments",
    "application_answers",
    "application_lines",
    "application_verdicts",
    "applications",
    "audit",
    "book_proof_accounts",
    "book_proofs",
    "broadcast_recipients",
    "broadcasts",
    "cards",
    "category_mappings",
    "certificates",
    "claims",
    "clicks",
    "client_accounts",
    "client_ids",
    "client_invitations",
    "client_orders",
    "client_questions",
    "clients",
    "commissions",
    "conversations",
    "conversion_adjustments",
    "conversion_parts",
    "conversions",
    "credits_",
    "daily_stats",
    "dossiers",
    "email_addresses",
    "enrolments",
    "entries",
    "event_conflicts",
    "events",
    "fraud_holds",
    "inbox",
    "invitations",
    "invoices",
    "jobs",
    "lanes",
    "ledger_accounts",
    "links",
    "mails",
    "members",
    "metadata",
    "notice_clients",
    "notices",
    "openings",
    "outbound_events",
    "paper_links",
    "papers",
    "partners",
    "payments",
    "payout_accounts",
    "payout_adjustments",
    "payout_documents",
    "payout_list_items",
    "payout_lists",
    "payout_parts",
    "payouts",
    "people",
    "pins",
    "postings",
    "preferences",
    "program_terms",
    "promos",
    "question_lines",
    "questions",
    "referral_moves",
    "referrals",
    "refunds",
    "refusing_addresses",
    "reminders",
    "requisites",
    "services",
    "settings",
    "signals",
    "signed_copies",
    "staff",
    "standing_changes",
    "team_invitations",
    "terms_told",
]
