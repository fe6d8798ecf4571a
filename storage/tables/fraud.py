"""The home of signals of fraud, of the holds they open and of marks of pay-out accounts."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, UniqueConstraint
from sqlalchemy import text as sql

from domain.entities.fraud import HoldScope, HoldStatus, SignalKind
from storage.tables.base import metadata
from storage.types import Instant, Params, Word

fraud_holds = Table(
    "fraud_holds",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("scope", Word(HoldScope), nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("status", Word(HoldStatus), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("opened_by", BigInteger),
    Column("opened_text", Text, nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", Instant),
    Column("reason_code", Text),
    Column("reason_text", Text, nullable=False),
)
HOLD_WAITS = sql("status IN ('noted', 'open')")
"""Holds that wait for staff; also the condition of a partial index: one of each object."""
Index(
    "uq_fraud_holds_waiting",
    fraud_holds.c.enrolment_id,
    fraud_holds.c.scope,
    fraud_holds.c.subject_id,
    unique=True,
    sqlite_where=HOLD_WAITS,
    postgresql_where=HOLD_WAITS,
)
Index("ix_fraud_holds_enrolment_id", fraud_holds.c.enrolment_id, fraud_holds.c.status)

signals = Table(
    "signals",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("kind", Word(SignalKind), nullable=False),
    Column("subject", Text, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("client_id", ForeignKey("clients.id")),
    Column("commission_id", ForeignKey("commissions.id")),
    Column("details", Params, nullable=False),
    Column("hold_id", ForeignKey("fraud_holds.id")),
    UniqueConstraint("enrolment_id", "kind", "subject"),
)
Index("ix_signals_hold_id", signals.c.hold_id)

account_marks = Table(
    "account_marks",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("partner_id", ForeignKey("partners.id"), primary_key=True),
    Column("first_used_at", Instant, nullable=False),
)
Index("ix_account_marks_partner_id", account_marks.c.partner_id)
