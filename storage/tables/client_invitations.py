"""The home of invitations to clients by e-mail, and of addresses that want none."""

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

client_invitations = Table(
    "client_invitations",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("invited_by", BigInteger, nullable=False),
    Column("address", LargeBinary, nullable=False),
    Column("address_mark", Text),
    Column("name", LargeBinary, nullable=False),
    Column("token_hash", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("person_id", BigInteger),
    Column("accepted_at", Instant),
    Column("revoked_at", Instant),
    UniqueConstraint("token_hash"),
)
Index(
    "ix_client_invitations_enrolment_id",
    client_invitations.c.enrolment_id,
    client_invitations.c.created_at,
)
Index("ix_client_invitations_person_id", client_invitations.c.person_id)
Index("ix_client_invitations_expires_at", client_invitations.c.expires_at)

refusing_addresses = Table(
    "refusing_addresses",
    metadata,
    Column("address_mark", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)
