"""The home of the daily roll-ups."""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, Integer, Table, Text

from storage.tables.base import metadata

daily_stats = Table(
    "daily_stats",
    metadata,
    Column("enrolment_id", ForeignKey("enrolments.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("clicks", Integer, nullable=False),
    Column("starts", Integer, nullable=False),
    Column("registrations", Integer, nullable=False),
    Column("paying_clients", Integer, nullable=False, server_default="0"),
    Column("payments", Integer, nullable=False),
    Column("payments_minor", BigInteger, nullable=False),
    Column("commissions_minor", BigInteger, nullable=False),
    Column("clawed_back_minor", BigInteger, nullable=False),
)
Index("ix_daily_stats_day", daily_stats.c.day)
