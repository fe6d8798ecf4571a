"""The home of promo codes for clients."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import metadata
from storage.types import Instant

promos = Table(
    "promos",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
    Column("program", Text, nullable=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("eligible_at", Instant, nullable=False),
    Column("code", LargeBinary, nullable=False),
    Column("code_mark", Text),
    Column("given_by", BigInteger),
    Column("given_at", Instant),
    Column("activated_at", Instant),
    Column("expires_at", Instant),
    UniqueConstraint("client_id"),
    UniqueConstraint("code_mark"),
)
Index("ix_promos_given_at", promos.c.given_at)
Index("ix_promos_expires_at", promos.c.expires_at)
