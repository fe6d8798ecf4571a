"""The home of payments, refunds, commissions and pay-outs; amounts are minor units."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from domain.entities.payment import (
    CommissionBasis,
    CommissionState,
    EarnedNothing,
    RefundKind,
    Suspicion,
)
from domain.entities.payout import PayoutStatus
from storage.tables.base import metadata
from storage.types import Exchange, Instant, PaymentLines, RateBps, Word

payments = Table(
    "payments",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("payment_id", Text, nullable=False, unique=True),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
    Column("program", Text),
    Column("enrolment_id", ForeignKey("enrolments.id")),
    Column("minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("exchange", Exchange),
    Column("paid_at", Instant, nullable=False),
    Column("settlement", Text, nullable=False),
    Column("account_id", Text),
    Column("lines", PaymentLines, nullable=False),
    Column("has_lines", Boolean, nullable=False),
    Column("refunded_by_line", Boolean),
    Column("chargebacks", BigInteger, nullable=False),
    Column("reason", Word(EarnedNothing)),
    Column("recorded_at", Instant, nullable=False),
    Column("code", Text),
    CheckConstraint("minor > 0", name="minor"),
)
Index("ix_payments_client_id", payments.c.client_id)
Index("ix_payments_account_id", payments.c.account_id)
Index("ix_payments_page", payments.c.enrolment_id, payments.c.paid_at, payments.c.id)

refunds = Table(
    "refunds",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("refund_id", Text, nullable=False, unique=True),
    Column("payment_id", ForeignKey("payments.id"), nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("kind", Word(RefundKind), nullable=False),
    Column("refunded_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
Index("ix_refunds_payment_id", refunds.c.payment_id)

commissions = Table(
    "commissions",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("payment_id", ForeignKey("payments.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("rate", RateBps, nullable=False),
    Column("tier", Text),
    Column("category", Text),
    Column("settlement", Text, nullable=False),
    Column("terms_version", Integer, nullable=False),
    Column("tax_bps", Integer, nullable=False, server_default=text("0")),
    Column("basis", Word(CommissionBasis), nullable=False, server_default="share"),
    Column("clawed_back", BigInteger, nullable=False),
    Column("reserved", BigInteger, nullable=False),
    Column("paid", BigInteger, nullable=False),
    Column("converted", BigInteger, nullable=False),
    Column("state", Word(CommissionState), nullable=False),
    Column("held_until", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("bonus", BigInteger, nullable=False, server_default=text("0")),
    Column("frozen", BigInteger, nullable=False, server_default="0"),
    Column("suspicion", Word(Suspicion)),
    UniqueConstraint("payment_id", "line"),
    CheckConstraint("minor > 0", name="minor"),
    CheckConstraint("clawed_back >= 0 AND clawed_back <= minor", name="clawed_back"),
    CheckConstraint("reserved >= 0 AND paid >= 0 AND converted >= 0", name="spent"),
)
Index(
    "ix_commissions_page", commissions.c.enrolment_id, commissions.c.created_at, commissions.c.id
)
SPENDABLE = text("state = 'payable' AND minor - clawed_back - reserved - paid - converted <> 0")
"""Rows that a pay-out may consume, or that owe; also the condition of a partial index."""
Index(
    "ix_commissions_spendable",
    commissions.c.enrolment_id,
    commissions.c.created_at,
    sqlite_where=SPENDABLE,
    postgresql_where=SPENDABLE,
)
HELD = text("state = 'held'")
"""Rows that wait for the end of their hold; also the condition of a partial index."""
Index(
    "ix_commissions_held",
    commissions.c.enrolment_id,
    commissions.c.held_until,
    sqlite_where=HELD,
    postgresql_where=HELD,
)

payouts = Table(
    "payouts",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("status", Word(PayoutStatus), nullable=False),
    Column("account", LargeBinary, nullable=False),
    Column("comment", Text, nullable=False),
    Column("request_key", Text, nullable=False, unique=True),
    Column("requested_by", BigInteger, nullable=False),
    Column("requested_at", Instant, nullable=False),
    Column("approved_by", BigInteger),
    Column("settled_by", BigInteger),
    Column("settled_at", Instant),
    Column("paid_on", Date),
    Column("reason_code", Text),
    Column("reason_text", Text, nullable=False),
    CheckConstraint("minor > 0", name="minor"),
)
Index("ix_payouts_page", payouts.c.enrolment_id, payouts.c.requested_at, payouts.c.id)
Index("ix_payouts_settled_at", payouts.c.settled_at)
Index("ix_payouts_status", payouts.c.status, payouts.c.requested_at, payouts.c.id)

payout_parts = Table(
    "payout_parts",
    metadata,
    Column("payout_id", ForeignKey("payouts.id"), primary_key=True),
    Column("commission_id", ForeignKey("commissions.id"), primary_key=True),
    Column("minor", BigInteger, nullable=False),
    CheckConstraint("minor > 0", name="minor"),
)
Index("ix_payout_parts_commission_id", payout_parts.c.commission_id)

payout_lists = Table(
    "payout_lists",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("made_by", BigInteger, nullable=False),
    Column("made_at", Instant, nullable=False),
)

payout_list_items = Table(
    "payout_list_items",
    metadata,
    Column("list_id", ForeignKey("payout_lists.id"), primary_key=True),
    Column("payout_id", ForeignKey("payouts.id"), primary_key=True),
    Column("position", Integer, nullable=False),
)
