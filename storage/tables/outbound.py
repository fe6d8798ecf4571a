"""The home of webhooks owed to the vendor."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, text

from storage.tables.base import metadata
from storage.types import Instant, Params

outbound_events = Table(
    "outbound_events",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
    Column("data", Params, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("subject", Text),
    Column("client_id", BigInteger),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("tried_since", Instant),
    Column("delivered_at", Instant),
    Column("undelivered_at", Instant),
    Column("error", Text),
)
_open = text("delivered_at IS NULL AND undelivered_at IS NULL")
Index(
    "ix_outbound_events_due",
    outbound_events.c.due_at,
    outbound_events.c.id,
    sqlite_where=_open,
    postgresql_where=_open,
)
Index(
    "ix_outbound_events_subject",
    outbound_events.c.subject,
    outbound_events.c.id,
    sqlite_where=_open,
    postgresql_where=_open,
)
_given_up = text("undelivered_at IS NOT NULL")
Index(
    "ix_outbound_events_undelivered",
    outbound_events.c.id,
    sqlite_where=_given_up,
    postgresql_where=_given_up,
)
Index("ix_outbound_events_delivered_at", outbound_events.c.delivered_at)
Index("ix_outbound_events_client_id", outbound_events.c.client_id)
