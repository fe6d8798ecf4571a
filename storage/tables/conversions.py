"""The home of adjustments, conversions and changes of service credit; amounts are minor units."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from domain.entities.adjustment import AdjustmentStatus
from storage.tables.base import metadata
from storage.types import Instant, RateBps, Word

adjustments = Table(
    "adjustments",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("status", Word(AdjustmentStatus), nullable=False),
    Column("request_key", Text, nullable=False, unique=True),
    Column("asked_by", BigInteger, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("decided_by", BigInteger),
    Column("booked_at", Instant),
    Column("opposite_of", ForeignKey("adjustments.id"), unique=True),
    Column("reserved", BigInteger, nullable=False),
    Column("paid", BigInteger, nullable=False),
    Column("converted", BigInteger, nullable=False),
    CheckConstraint("minor <> 0", name="minor"),
    CheckConstraint("reserved >= 0 AND paid >= 0 AND converted >= 0", name="spent"),
)
SPENDABLE_ADJUSTMENTS = text("status = 'booked' AND minor - reserved - paid - converted <> 0")
"""Rows that a pay-out may consume, or that owe; also the condition of a partial index."""
Index(
    "ix_adjustments_spendable",
    adjustments.c.enrolment_id,
    adjustments.c.booked_at,
    sqlite_where=SPENDABLE_ADJUSTMENTS,
    postgresql_where=SPENDABLE_ADJUSTMENTS,
)
Index("ix_adjustments_page", adjustments.c.enrolment_id, adjustments.c.asked_at)

payout_adjustments = Table(
    "payout_adjustments",
    metadata,
    Column("payout_id", ForeignKey("payouts.id"), primary_key=True),
    Column("adjustment_id", ForeignKey("adjustments.id"), primary_key=True),
    Column("minor", BigInteger, nullable=False),
    CheckConstraint("minor > 0", name="minor"),
)
Index("ix_payout_adjustments_adjustment_id", payout_adjustments.c.adjustment_id)

conversions = Table(
    "conversions",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("bonus", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("bonus_rate", RateBps, nullable=False),
    Column("bonus_base", Text, nullable=False),
    Column("terms_version", Integer, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("request_key", Text, nullable=False, unique=True),
    Column("converted_by", BigInteger, nullable=False),
    Column("converted_at", Instant, nullable=False),
    CheckConstraint("minor > 0", name="minor"),
    CheckConstraint("bonus >= 0", name="bonus"),
)
Index(
    "ix_conversions_page",
    conversions.c.enrolment_id,
    conversions.c.converted_at,
    conversions.c.id,
)

conversion_parts = Table(
    "conversion_parts",
    metadata,
    Column("conversion_id", ForeignKey("conversions.id"), primary_key=True),
    Column("commission_id", ForeignKey("commissions.id"), primary_key=True),
    Column("minor", BigInteger, nullable=False),
    Column("bonus", BigInteger, nullable=False),
    CheckConstraint("minor > 0", name="minor"),
    CheckConstraint("bonus >= 0", name="bonus"),
)
Index("ix_conversion_parts_commission_id", conversion_parts.c.commission_id)

conversion_adjustments = Table(
    "conversion_adjustments",
    metadata,
    Column("conversion_id", ForeignKey("conversions.id"), primary_key=True),
    Column("adjustment_id", ForeignKey("adjustments.id"), primary_key=True),
    Column("minor", BigInteger, nullable=False),
    CheckConstraint("minor > 0", name="minor"),
)
Index("ix_conversion_adjustments_adjustment_id", conversion_adjustments.c.adjustment_id)

credits_ = Table(
    "credits",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("conversion_id", ForeignKey("conversions.id"), nullable=False),
    Column("commission_id", ForeignKey("commissions.id")),
    Column("payment_id", Text),
    Column("minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("minor <> 0", name="minor"),
)
Index("ix_credits_conversion_id", credits_.c.conversion_id)
Index("ix_credits_commission_id", credits_.c.commission_id)
