"""The home of what people chose, what they opened and what they were reminded of."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, SmallInteger, Table, Text

from storage.tables.base import metadata
from storage.types import Instant

preferences = Table(
    "preferences",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("muted", Text, nullable=False),
    Column("quiet_start", SmallInteger),
    Column("quiet_end", SmallInteger),
    Column("zone", Text),
    Column("masks_name", Boolean, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

openings = Table(
    "openings",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("screen", Text, primary_key=True),
    Column("opened_at", Instant, nullable=False),
)

reminders = Table(
    "reminders",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("period", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
"""The last period in which somebody was reminded of something, so that it happens once."""

notice_clients = Table(
    "notice_clients",
    metadata,
    Column("notice_id", ForeignKey("notices.id"), primary_key=True),
    Column("client_id", BigInteger, primary_key=True, autoincrement=False),
)
"""Which clients a notice about several names; one client stands in ``notices.client_id``."""
Index("ix_notice_clients_client_id", notice_clients.c.client_id)
