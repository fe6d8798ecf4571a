"""The home of broadcasts and whom they address."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, text

from domain.entities.broadcast import BroadcastStatus, Outcome
from storage.tables.base import metadata
from storage.types import Instant, Params, Word

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("status", Word(BroadcastStatus), nullable=False),
    Column("segment", Params, nullable=False),
    Column("texts", Params, nullable=False),
    Column("fallback", Text),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("asked_by", BigInteger),
    Column("sent_by", BigInteger),
    Column("started_at", Instant),
    Column("stopped_by", BigInteger),
    Column("ended_at", Instant),
    Column("total", Integer, nullable=False),
)
_running = text("started_at IS NOT NULL AND ended_at IS NULL")
Index(
    "ix_broadcasts_running",
    broadcasts.c.id,
    sqlite_where=_running,
    postgresql_where=_running,
)

broadcast_recipients = Table(
    "broadcast_recipients",
    metadata,
    Column("broadcast_id", ForeignKey("broadcasts.id"), primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("notice_id", BigInteger),
    Column("tried_at", Instant),
    Column("outcome", Word(Outcome)),
)
_waiting = text("notice_id IS NULL AND outcome IS NULL")
Index(
    "ix_broadcast_recipients_waiting",
    broadcast_recipients.c.broadcast_id,
    broadcast_recipients.c.person_id,
    sqlite_where=_waiting,
    postgresql_where=_waiting,
)
Index("ix_broadcast_recipients_notice_id", broadcast_recipients.c.notice_id)
Index(
    "ix_broadcast_recipients_outcome",
    broadcast_recipients.c.broadcast_id,
    broadcast_recipients.c.outcome,
)
