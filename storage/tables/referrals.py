"""The home of clicks, clients and referrals."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from domain.entities.client import ClickSource, NotAttributed
from storage.tables.base import metadata
from storage.types import Instant, Word

clicks = Table(
    "clicks",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("clicked_at", Instant, nullable=False),
    Column("source", Word(ClickSource), nullable=False),
    Column("click_id", Text, unique=True),
    Column("visitor_id", Text),
    Column("person_id", BigInteger),
)
Index("ix_clicks_visitor_id", clicks.c.visitor_id)
Index("ix_clicks_person_id", clicks.c.person_id)

clients = Table(
    "clients",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("shown_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("deleted_at", Instant),
    Column("reason", Word(NotAttributed)),
    Column("pending_click_id", Text),
    Column("made_in_bot", Boolean, nullable=False),
    Column("telegram_id", BigInteger),
    Column("visitor_id", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("phone_digits", Text),
    Column("owner_account_id", Text),
    Column("legal_form", Text),
    Column("tax_id", Text),
    Column("platform", Text),
    Column("department", Text),
    Column("search", Text),
    Column("active_services", Integer, nullable=False, server_default="0"),
    Column("pending_program", Text),
    Column("email_key", Text),
)
Index("ix_clients_pending_click_id", clients.c.pending_click_id)
Index("ix_clients_telegram_id", clients.c.telegram_id)
Index("ix_clients_phone_digits", clients.c.phone_digits)
Index("ix_clients_email_key", clients.c.email_key)

client_ids = Table(
    "client_ids",
    metadata,
    Column("external_id", Text, primary_key=True),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
)

client_accounts = Table(
    "client_accounts",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)
Index("ix_client_accounts_client_id", client_accounts.c.client_id)

referrals = Table(
    "referrals",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
    Column("program", Text, nullable=False),
    Column("enrolment_id", ForeignKey("enrolments.id")),
    Column("reason", Word(NotAttributed)),
    Column("code", Text),
    Column("first_click_at", Instant),
    Column("registered_at", Instant, nullable=False),
    Column("earns_until", Instant),
    Column("live_payments", Integer, nullable=False),
    Column("by_staff", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("client_id", "program"),
)
Index("ix_referrals_page", referrals.c.enrolment_id, referrals.c.registered_at, referrals.c.id)
Index("ix_referrals_earns_until", referrals.c.earns_until)
