"""Add webhooks owed to the vendor, mapped categories, and an index of events without effect."""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

OPEN = sa.text("delivered_at IS NULL AND undelivered_at IS NULL")
WITHOUT_EFFECT = sa.text("status IN ('parked', 'rejected')")
GIVEN_UP = sa.text("undelivered_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "outbound_events",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text()),
        sa.Column("client_id", sa.BigInteger()),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_since", sa.BigInteger()),
        sa.Column("delivered_at", sa.BigInteger()),
        sa.Column("undelivered_at", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outbound_events"),
    )
    for name, columns, where in (
        ("due", ["due_at", "id"], OPEN),
        ("subject", ["subject", "id"], OPEN),
        ("undelivered", ["id"], GIVEN_UP),
        ("delivered_at", ["delivered_at"], None),
        ("client_id", ["client_id"], None),
    ):
        op.create_index(
            f"ix_outbound_events_{name}",
            "outbound_events",
            columns,
            sqlite_where=where,
            postgresql_where=where,
        )
    op.create_table(
        "category_mappings",
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("counts_as", sa.Text(), nullable=False),
        sa.Column("mapped_by", sa.BigInteger(), nullable=False),
        sa.Column("mapped_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("program", "category", name="pk_category_mappings"),
    )
    op.create_index(
        "ix_events_open",
        "events",
        ["received_at", "id"],
        sqlite_where=WITHOUT_EFFECT,
        postgresql_where=WITHOUT_EFFECT,
    )


def downgrade() -> None:
    op.drop_index("ix_events_open", "events")
    op.drop_table("category_mappings")
    op.drop_table("outbound_events")
