"""The home of people, staff and small kept facts."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, Text

from domain.rights import StaffRole
from storage.tables.base import metadata
from storage.types import Instant, Params, Word

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("username", Text),
    Column("created_at", Instant, nullable=False),
    Column("blocked_at", Instant),
    Column("chosen_partner_id", BigInteger),
    Column("chosen_program", Text),
)

staff = Table(
    "staff",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", Word(StaffRole), nullable=False),
    Column("invited_by", BigInteger, nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column("removed_at", Instant),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("role", Word(StaffRole), nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_by", BigInteger),
    Column("used_at", Instant),
)

conversations = Table(
    "conversations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", Text),
    Column("data", LargeBinary, nullable=False),
    Column("update_id", BigInteger),
    Column("before", LargeBinary),
    Column("updated_at", Instant, nullable=False),
)

Index("ix_conversations_update_id", conversations.c.update_id)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("actor", BigInteger),
    Column("role", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Params, nullable=False),
)
Index("ix_audit_at", audit.c.at)
Index("ix_audit_actor", audit.c.actor, audit.c.id)
Index("ix_audit_subject", audit.c.subject, audit.c.id)
