"""The home of questions to the vendor and of their correspondence."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy import text as sql

from domain.entities.question import Asker, Author, FileKind, Holder, LineKind, QuestionStatus
from storage.tables.base import metadata
from storage.types import Instant, Word

questions = Table(
    "questions",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("asker", Word(Asker), nullable=False),
    Column("asked_by", BigInteger, nullable=False),
    Column("program", Text),
    Column("enrolment_id", ForeignKey("enrolments.id")),
    Column("client_id", ForeignKey("clients.id")),
    Column("status", Word(QuestionStatus), nullable=False),
    Column("holder", Word(Holder), nullable=False),
    Column("partner_reads", Boolean, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("waits_since", Instant, nullable=False),
    Column("closed_at", Instant),
    UniqueConstraint("number"),
)
QUESTION_WAITS = sql("status = 'open' AND holder = 'vendor'")
"""Questions that wait for the vendor; also the condition of a partial index."""
Index(
    "ix_questions_waiting",
    questions.c.waits_since,
    questions.c.id,
    sqlite_where=QUESTION_WAITS,
    postgresql_where=QUESTION_WAITS,
)
Index("ix_questions_asked_by", questions.c.asked_by, questions.c.opened_at, questions.c.id)
Index("ix_questions_enrolment_id", questions.c.enrolment_id)
Index("ix_questions_client_id", questions.c.client_id)
Index("ix_questions_opened_at", questions.c.opened_at, questions.c.id)

question_lines = Table(
    "question_lines",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("question_id", ForeignKey("questions.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("author", Word(Author), nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("kind", Word(LineKind), nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("file_kind", Word(FileKind)),
    Column("file_id", LargeBinary, nullable=False),
    Column("source", Text),
    UniqueConstraint("source"),
)
Index("ix_question_lines_question_id", question_lines.c.question_id, question_lines.c.id)
Index("ix_question_lines_person_id", question_lines.c.person_id, question_lines.c.at)
