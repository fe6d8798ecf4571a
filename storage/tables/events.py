"""The home of stored events."""

from sqlalchemy import BigInteger, Column, Index, Table, Text, text

from domain.entities.event import EventStatus
from storage.tables.base import metadata
from storage.types import Instant, Word

events = Table(
    "events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("fact", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("source", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("status", Word(EventStatus), nullable=False),
    Column("reason", Text),
    Column("error_code", Text),
    Column("error_field", Text),
    Column("error_message", Text),
    Column("waits_for", Text),
    Column("applied_at", Instant),
)
Index("ix_events_fact", events.c.fact)
Index("ix_events_waits_for", events.c.waits_for)
OPEN = "status IN ('parked', 'rejected')"
Index(
    "ix_events_open",
    events.c.received_at,
    events.c.id,
    sqlite_where=text(OPEN),
    postgresql_where=text(OPEN),
)

event_conflicts = Table(
    "event_conflicts",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
)

category_mappings = Table(
    "category_mappings",
    metadata,
    Column("program", Text, primary_key=True),
    Column("category", Text, primary_key=True),
    Column("counts_as", Text, nullable=False),
    Column("mapped_by", BigInteger, nullable=False),
    Column("mapped_at", Instant, nullable=False),
)
