"""The home of partners, members, enrolments and links."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from domain.entities.partner import EnrolmentStatus, LegalForm
from domain.rights import MemberRole
from storage.tables.base import metadata
from storage.types import Instant, Word

partners = Table(
    "partners",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("vendor_account_id", Text),
    Column("created_at", Instant, nullable=False),
    Column("legal_form", Word(LegalForm)),
    Column("dossier_id", BigInteger),
)
Index("ix_partners_dossier_id", partners.c.dossier_id)

members = Table(
    "members",
    metadata,
    Column("partner_id", ForeignKey("partners.id"), primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", Word(MemberRole), nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column("left_at", Instant),
)
Index("ix_members_person_id", members.c.person_id)

enrolments = Table(
    "enrolments",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("partner_id", ForeignKey("partners.id"), nullable=False),
    Column("program", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("status", Word(EnrolmentStatus), nullable=False),
    Column("terms_version", Integer, nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column("paying_clients", Integer, nullable=False),
    Column("active_clients", Integer, nullable=False, server_default="0"),
    Column("tier", Text),
    Column("left_at", Instant),
    UniqueConstraint("partner_id", "program"),
)

links = Table(
    "links",
    metadata,
    Column("code", Text, primary_key=True),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("label", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
)
Index("ix_links_enrolment_id", links.c.enrolment_id)
