"""The home of dossiers and papers; the bytes lie in the documents folder."""

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

from domain.entities.paper import MediaType
from storage.tables.base import metadata
from storage.types import Instant, Word

dossiers = Table(
    "dossiers",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("owner_id", BigInteger, nullable=False),
    Column("wrapped_key", LargeBinary),
    Column("created_at", Instant, nullable=False),
    Column("touched_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("erased_at", Instant),
)
Index("ix_dossiers_owner_id", dossiers.c.owner_id)

papers = Table(
    "papers",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("dossier_id", ForeignKey("dossiers.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("page", Integer, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("media_type", Word(MediaType), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("stored_by", BigInteger, nullable=False),
    Column("stored_at", Instant, nullable=False),
    Column("replaced_at", Instant),
    Column("deleted_at", Instant),
)
Index("ix_papers_dossier_id", papers.c.dossier_id, papers.c.kind, papers.c.page)

paper_links = Table(
    "paper_links",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("paper_id", ForeignKey("papers.id"), nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("token_hash", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    UniqueConstraint("token_hash"),
)
Index("ix_paper_links_paper_id", paper_links.c.paper_id)
Index("ix_paper_links_expires_at", paper_links.c.expires_at)
