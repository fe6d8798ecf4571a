"""The home of applications: answers, verdicts and the talk about them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy import text as sql

from domain.entities.application import (
    ApplicationStatus,
    FieldRefusal,
    LineAuthor,
    PaperRefusal,
    RejectionReason,
)
from domain.entities.partner import LegalForm
from domain.entities.questionnaire import FieldKind, PaperKind
from storage.tables.base import metadata
from storage.types import Instant, Word

applications = Table(
    "applications",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("program", Text, nullable=False),
    Column("partner_id", ForeignKey("partners.id")),
    Column("form", Word(LegalForm)),
    Column("by_employee", Boolean),
    Column("status", Word(ApplicationStatus), nullable=False),
    Column("round", Integer, nullable=False),
    Column("terms_version", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("submitted_at", Instant),
    Column("decided_at", Instant),
    Column("decided_by", BigInteger),
    Column("reason_code", Word(RejectionReason)),
    Column("reason", LargeBinary, nullable=False),
    Column("contract_number", Text),
    Column("contract_date", Date),
    Column("originals_at", Instant),
    Column("dossier_id", BigInteger),
    Column("warned_at", Instant),
    UniqueConstraint("number"),
    UniqueConstraint("program", "contract_number"),
)
APPLICATION_OPEN = sql("status NOT IN ('approved', 'withdrawn')")
"""A person has one of these for a program."""
APPLICATION_WAITS = sql("applications.status = 'review'")
"""Applications that wait for staff."""
Index(
    "uq_applications_open",
    applications.c.person_id,
    applications.c.program,
    unique=True,
    sqlite_where=APPLICATION_OPEN,
    postgresql_where=APPLICATION_OPEN,
)
Index(
    "ix_applications_status",
    applications.c.status,
    applications.c.submitted_at,
    applications.c.id,
)
Index("ix_applications_partner_id", applications.c.partner_id)
Index("ix_applications_started_at", applications.c.started_at, applications.c.id)

application_answers = Table(
    "application_answers",
    metadata,
    Column("application_id", ForeignKey("applications.id"), primary_key=True),
    Column("field", Word(FieldKind), primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("refusal", Word(FieldRefusal)),
    Column("words", LargeBinary, nullable=False),
)

application_verdicts = Table(
    "application_verdicts",
    metadata,
    Column("application_id", ForeignKey("applications.id"), primary_key=True),
    Column("kind", Word(PaperKind), primary_key=True),
    Column("refusal", Word(PaperRefusal)),
    Column("words", LargeBinary, nullable=False),
    Column("file_number", Integer, nullable=False),
)

application_lines = Table(
    "application_lines",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("application_id", ForeignKey("applications.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("author", Word(LineAuthor), nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("source", Text),
    UniqueConstraint("source"),
)
Index("ix_application_lines_application_id", application_lines.c.application_id)
