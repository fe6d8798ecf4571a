"""The home of published terms: a version is written once and never edited."""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Integer, LargeBinary, Table, Text

from storage.tables.base import metadata
from storage.types import Instant

program_terms = Table(
    "program_terms",
    metadata,
    Column("program", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("version_date", Date),
    Column("text", Text, nullable=False),
    Column("published_at", Instant, nullable=False),
)

terms_told = Table(
    "terms_told",
    metadata,
    Column("enrolment_id", ForeignKey("enrolments.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
)
"""Which versions a partner was told of, so that it happens once."""

payout_accounts = Table(
    "payout_accounts",
    metadata,
    Column("enrolment_id", ForeignKey("enrolments.id"), primary_key=True),
    Column("account", LargeBinary, nullable=False),
    Column("named_by", BigInteger, nullable=False),
    Column("named_at", Instant, nullable=False),
)
"""Where a scheduled pay-out goes; encrypted."""
