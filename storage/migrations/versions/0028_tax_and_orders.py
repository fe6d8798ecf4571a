"""Keep the tax that has no share with each commission, and what clients have ordered."""

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0026"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column(
        "commissions",
        sa.Column("tax_bps", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
    op.create_table(
        "client_orders",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("order_id", name="uq_client_orders_order_id"),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name="fk_client_orders_client_id"
        ),
    )
    op.create_index(
        "ix_client_orders_page", "client_orders", ["client_id", "created_at", "id"]
    )


def downgrade() -> None:
    op.drop_table("client_orders")
    op.drop_column("commissions", "tax_bps")
