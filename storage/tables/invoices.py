"""The home of invoices; amounts are minor units, lines are at full price."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy import text as sql

from domain.entities.invoice import InvoiceStatus, PayBy
from storage.tables.base import metadata
from storage.types import Instant, InvoiceLines, Word

invoices = Table(
    "invoices",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
    Column("enrolment_id", ForeignKey("enrolments.id")),
    Column("program", Text),
    Column("status", Word(InvoiceStatus), nullable=False),
    Column("currency", Text, nullable=False),
    Column("lines", InvoiceLines, nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("commission_minor", BigInteger, nullable=False),
    Column("tier", Text),
    Column("terms_version", Integer),
    Column("pay_by", Word(PayBy)),
    Column("request_key", Text, unique=True),
    Column("asked_by", BigInteger),
    Column("asked_at", Instant),
    Column("invoice_id", Text, unique=True),
    Column("number", Text),
    Column("issued_at", Instant),
    Column("due_at", Instant),
    Column("told_paid_at", Instant),
    Column("reference", LargeBinary, nullable=False),
    Column("payment_id", Text, unique=True),
    Column("changed_at", Instant, nullable=False),
    Column("waits_since", Instant),
    Column("decided_by", BigInteger),
    Column("reason_text", Text, nullable=False),
    Column("reminders", Integer, nullable=False),
    CheckConstraint("minor > 0", name="minor"),
    CheckConstraint("commission_minor BETWEEN 0 AND minor", name="commission"),
)
INVOICE_WAITS = sql("waits_since IS NOT NULL")
"""Invoices that wait for staff; also the condition of a partial index."""
INVOICE_OWED = sql("status IN ('unpaid', 'overdue') AND enrolment_id IS NOT NULL")
"""Invoices that a partner has to pay; also the condition of a partial index."""
Index(
    "ix_invoices_waits",
    invoices.c.waits_since,
    invoices.c.id,
    sqlite_where=INVOICE_WAITS,
    postgresql_where=INVOICE_WAITS,
)
Index(
    "ix_invoices_owed",
    invoices.c.due_at,
    sqlite_where=INVOICE_OWED,
    postgresql_where=INVOICE_OWED,
)
Index("ix_invoices_page", invoices.c.enrolment_id, invoices.c.changed_at, invoices.c.id)
Index("ix_invoices_client_id", invoices.c.client_id)
