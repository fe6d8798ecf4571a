"""The home of invitations into a partner's team."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, UniqueConstraint

from domain.rights import MemberRole
from storage.tables.base import metadata
from storage.types import Instant, Word

team_invitations = Table(
    "team_invitations",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("token_hash", Text, nullable=False),
    Column("partner_id", ForeignKey("partners.id"), nullable=False),
    Column("role", Word(MemberRole), nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_by", BigInteger),
    Column("used_at", Instant),
    Column("cancelled_at", Instant),
    UniqueConstraint("token_hash"),
)
Index("ix_team_invitations_partner_id", team_invitations.c.partner_id)
