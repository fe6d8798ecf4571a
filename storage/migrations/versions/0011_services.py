"""Keep clients' services, and count who is active."""

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "services",
        sa.Column("service_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("renews_at", sa.BigInteger(), nullable=True),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_services_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["client_accounts.account_id"],
            name=op.f("fk_services_account_id"),
        ),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_services")),
    )
    op.create_index("ix_services_client_id", "services", ["client_id"])
    op.create_index("ix_services_renews_at", "services", ["renews_at"])
    for table, column in (("clients", "active_services"), ("enrolments", "active_clients")):
        op.add_column(table, sa.Column(column, sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    for table, column in (("clients", "active_services"), ("enrolments", "active_clients")):
        op.drop_column(table, column)
    op.drop_table("services")
