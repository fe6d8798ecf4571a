"""The home of the books; triggers keep entries and postings append-only (R17)."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from domain.ledger.accounts import AccountKind
from storage.tables.base import metadata
from storage.types import Instant, Word

ledger_accounts = Table(
    "ledger_accounts",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("kind", Word(AccountKind), nullable=False),
    Column("currency", Text, nullable=False),
    Column("balance", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    UniqueConstraint("enrolment_id", "kind"),
)

entries = Table(
    "entries",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("commission_id", ForeignKey("commissions.id")),
    Column("payout_id", ForeignKey("payouts.id")),
    Column("actor", BigInteger),
    # Without foreign keys: SQLite cannot add one to a table that stands. The audit checks them.
    Column("conversion_id", BigInteger),
    Column("adjustment_id", BigInteger),
)
Index("ix_entries_enrolment_id", entries.c.enrolment_id, entries.c.recorded_at)
for _subject in ("commission_id", "payout_id", "conversion_id", "adjustment_id"):
    _there = text(f"{_subject} IS NOT NULL")
    Index(
        f"ix_entries_{_subject}",
        entries.c[_subject],
        sqlite_where=_there,
        postgresql_where=_there,
    )

postings = Table(
    "postings",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("entry_id", ForeignKey("entries.id"), nullable=False),
    Column("account_id", ForeignKey("ledger_accounts.id"), nullable=False),
    Column("currency", Text, nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("balance_before", BigInteger, nullable=False),
    Column("balance_after", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    UniqueConstraint("account_id", "version"),
    CheckConstraint("minor <> 0", name="minor"),
    CheckConstraint("balance_after = balance_before + minor", name="balance"),
)
Index("ix_postings_entry_id", postings.c.entry_id)

APPEND_ONLY = (
    "program_terms",
    "entries",
    "postings",
    "refunds",
    "audit",
    "conversions",
    "conversion_parts",
    "credits",
    "referral_moves",
    "payout_documents",
    "book_proofs",
    "book_proof_accounts",
)
"""Tables that triggers keep from being edited or emptied; none of them names a client."""
