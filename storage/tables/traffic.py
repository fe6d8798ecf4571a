"""The home of what comes in and goes out: inbox, outbox, cards, jobs."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from storage.tables.base import metadata
from storage.types import Instant, Params

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("speaker", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("handled_at", Instant),
    Column("parked_at", Instant),
    Column("error", Text),
)
_open = text("handled_at IS NULL AND parked_at IS NULL")
Index("ix_inbox_open", inbox.c.update_id, sqlite_where=_open, postgresql_where=_open)

_parked = text("parked_at IS NOT NULL")
Index("ix_inbox_parked", inbox.c.parked_at, sqlite_where=_parked, postgresql_where=_parked)

lanes = Table(
    "lanes",
    metadata,
    Column("speaker", Text, primary_key=True),
    Column("holder", BigInteger, nullable=False),
    Column("waiting", Boolean, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("recipient", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("params", Params, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Instant),
    Column("dead_at", Instant),
    Column("error", Text),
    Column("client_id", BigInteger),
    Column("asleep_until", Instant),
)
_due = text("sent_at IS NULL AND dead_at IS NULL")
Index("ix_notices_due", notices.c.due_at, sqlite_where=_due, postgresql_where=_due)
Index(
    "ix_notices_recipient",
    notices.c.recipient,
    notices.c.id,
    sqlite_where=_due,
    postgresql_where=_due,
)
Index("ix_notices_owed_to", notices.c.recipient)
_about_client = text("client_id IS NOT NULL")
Index(
    "ix_notices_client_id",
    notices.c.client_id,
    sqlite_where=_about_client,
    postgresql_where=_about_client,
)

cards = Table(
    "cards",
    metadata,
    Column("key", Text, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("job", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("claimed_at", Instant, nullable=False),
)
