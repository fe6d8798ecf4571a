"""The home of requisites, pay-out documents, signed copies and certificates."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from domain.entities.partner import LegalForm
from domain.entities.payout_document import DocumentKind, SignedStatus
from domain.entities.requisites import Country
from storage.tables.base import metadata
from storage.types import Instant, Word

requisites = Table(
    "requisites",
    metadata,
    Column("partner_id", ForeignKey("partners.id"), primary_key=True),
    Column("country", Word(Country), nullable=False),
    Column("form", Word(LegalForm), nullable=False),
    Column("fields", LargeBinary, nullable=False),
    Column("saved_by", BigInteger, nullable=False),
    Column("saved_at", Instant, nullable=False),
)

payout_documents = Table(
    "payout_documents",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("payout_id", ForeignKey("payouts.id"), nullable=False),
    Column("partner_id", ForeignKey("partners.id"), nullable=False),
    Column("kind", Word(DocumentKind), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("facts", LargeBinary, nullable=False),
    UniqueConstraint("partner_id", "kind", "year", "number"),
    UniqueConstraint("payout_id", "kind"),
)

signed_copies = Table(
    "signed_copies",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("payout_id", ForeignKey("payouts.id"), nullable=False),
    Column("link", LargeBinary, nullable=False),
    Column("paper_ids", Text, nullable=False),
    Column("sent_by", BigInteger, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("status", Word(SignedStatus), nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", Instant),
    Column("reason_code", Text),
    Column("reason_text", Text, nullable=False),
)
Index("ix_signed_copies_payout_id", signed_copies.c.payout_id, signed_copies.c.id)

certificates = Table(
    "certificates",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("tier", Text),
    Column("language", Text, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("replaced_at", Instant),
)
Index("ix_certificates_enrolment_id", certificates.c.enrolment_id, certificates.c.id)
