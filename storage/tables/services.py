"""The home of what clients use of the vendor, and of what they have ordered."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from domain.entities.order import OrderKind
from domain.entities.service import ServiceState
from storage.tables.base import metadata
from storage.types import Instant, Word

services = Table(
    "services",
    metadata,
    Column("service_id", Text, primary_key=True),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
    Column("account_id", ForeignKey("client_accounts.account_id"), nullable=False),
    Column("category", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Word(ServiceState), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("renews_at", Instant),
    Column("price_minor", BigInteger),
    Column("currency", Text),
)
Index("ix_services_client_id", services.c.client_id)
Index("ix_services_renews_at", services.c.renews_at)

client_orders = Table(
    "client_orders",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("order_id", Text, nullable=False, unique=True),
    Column("client_id", ForeignKey("clients.id"), nullable=False),
    Column("kind", Word(OrderKind), nullable=False),
    Column("name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
Index(
    "ix_client_orders_page",
    client_orders.c.client_id,
    client_orders.c.created_at,
    client_orders.c.id,
)
