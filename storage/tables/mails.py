"""The home of e-mails owed and of people's addresses."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text, text

from storage.tables.base import metadata
from storage.types import Instant

mails = Table(
    "mails",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("recipient", LargeBinary, nullable=False),
    Column("params", LargeBinary, nullable=False),
    Column("language", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("person_id", BigInteger),
    Column("about", Text),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("tried_since", Instant),
    Column("sent_at", Instant),
    Column("undelivered_at", Instant),
    Column("error", Text),
)
_open = text("sent_at IS NULL AND undelivered_at IS NULL")
Index("ix_mails_due", mails.c.due_at, mails.c.id, sqlite_where=_open, postgresql_where=_open)
_given_up = text("undelivered_at IS NOT NULL")
Index("ix_mails_undelivered", mails.c.id, sqlite_where=_given_up, postgresql_where=_given_up)
Index("ix_mails_person_id", mails.c.person_id)

email_addresses = Table(
    "email_addresses",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("address", LargeBinary, nullable=False),
    Column("code", LargeBinary, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("codes_sent", Integer, nullable=False),
    Column("first_asked_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("confirmed_at", Instant),
)
