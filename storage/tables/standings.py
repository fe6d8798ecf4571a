"""The home of decisions about how partners stand."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from domain.entities.partner import EnrolmentStatus
from domain.entities.standing import StandingMove
from storage.tables.base import metadata
from storage.types import Instant, Word

standing_changes = Table(
    "standing_changes",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("move", Word(StandingMove), nullable=False),
    Column("was", Word(EnrolmentStatus), nullable=False),
    Column("reason_code", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
)
Index("ix_standing_changes_enrolment_id", standing_changes.c.enrolment_id, standing_changes.c.id)
