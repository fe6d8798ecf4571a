"""The home of pins: accounts that partners named in advance."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text
from sqlalchemy import text as sql

from domain.entities.pin import PinProof, PinReason, PinStatus
from storage.tables.base import metadata
from storage.types import Instant, Word

pins = Table(
    "pins",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("program", Text, nullable=False),
    Column("account_id", Text, nullable=False),
    Column("client_id", ForeignKey("clients.id")),
    Column("status", Word(PinStatus), nullable=False),
    Column("reason", Word(PinReason)),
    Column("proof", Word(PinProof), nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("answered_at", Instant),
    Column("ended_at", Instant),
)
PIN_ACTIVE = sql("status = 'active'")
"""Pins that protect: one for each account and for each client, whoever races for it."""
PIN_STANDING = sql("status IN ('active', 'waiting', 'commission_only')")
PIN_WAITING = sql("status = 'waiting'")
Index(
    "uq_pins_active_account",
    pins.c.account_id,
    unique=True,
    sqlite_where=PIN_ACTIVE,
    postgresql_where=PIN_ACTIVE,
)
Index(
    "uq_pins_active_client",
    pins.c.client_id,
    unique=True,
    sqlite_where=PIN_ACTIVE,
    postgresql_where=PIN_ACTIVE,
)
Index(
    "uq_pins_standing",
    pins.c.enrolment_id,
    pins.c.account_id,
    unique=True,
    sqlite_where=PIN_STANDING,
    postgresql_where=PIN_STANDING,
)
Index(
    "ix_pins_waiting",
    pins.c.expires_at,
    sqlite_where=PIN_WAITING,
    postgresql_where=PIN_WAITING,
)
Index("ix_pins_page", pins.c.enrolment_id, pins.c.created_at, pins.c.id)
Index("ix_pins_account_id", pins.c.account_id)
Index("ix_pins_client_id", pins.c.client_id)
