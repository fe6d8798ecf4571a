"""The home of claims, of the questions before them and of moves of clients between partners."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text
from sqlalchemy import text as sql

from domain.entities.claim import ClaimOrigin, ClaimStatus, NamedBy
from storage.tables.base import metadata
from storage.types import Instant, Word

claims = Table(
    "claims",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("origin", Word(ClaimOrigin), nullable=False),
    Column("program", Text, nullable=False),
    Column("enrolment_id", ForeignKey("enrolments.id")),
    Column("client_id", ForeignKey("clients.id")),
    Column("opened_by", BigInteger, nullable=False),
    Column("named_by", Word(NamedBy), nullable=False),
    Column("name_key", Text, nullable=False),
    Column("named", LargeBinary, nullable=False),
    Column("comment", LargeBinary, nullable=False),
    Column("status", Word(ClaimStatus), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("reminders", Integer, nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", Instant),
    Column("given_to", ForeignKey("enrolments.id")),
    Column("reason_code", Text),
    Column("reason_text", Text, nullable=False),
    Column("pin_id", BigInteger),
)
CLAIM_OPEN = sql("status = 'open'")
"""Claims that wait for staff; also the condition of partial indexes."""
Index(
    "ix_claims_open",
    claims.c.due_at,
    claims.c.id,
    sqlite_where=CLAIM_OPEN,
    postgresql_where=CLAIM_OPEN,
)
Index(
    "uq_claims_open_of_partner",
    claims.c.enrolment_id,
    claims.c.name_key,
    unique=True,
    sqlite_where=CLAIM_OPEN,
    postgresql_where=CLAIM_OPEN,
)
Index("ix_claims_page", claims.c.enrolment_id, claims.c.opened_at, claims.c.id)
Index("ix_claims_client_id", claims.c.client_id)

client_questions = Table(
    "client_questions",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("outcome", Text, nullable=False),
)
Index("ix_client_questions_enrolment_id", client_questions.c.enrolment_id)

referral_moves = Table(
    "referral_moves",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
    Column("program", Text, nullable=False),
    Column("from_enrolment_id", ForeignKey("enrolments.id")),
    Column("to_enrolment_id", ForeignKey("enrolments.id")),
    Column("at", Instant, nullable=False),
    Column("actor", BigInteger, nullable=False),
    Column("reason_code", Text, nullable=False),
    Column("reason_text", Text, nullable=False),
    Column("claim_id", ForeignKey("claims.id")),
)
Index("ix_referral_moves_client_id", referral_moves.c.client_id)
