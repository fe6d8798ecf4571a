"""Keep promo codes for clients."""

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "promos",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("eligible_at", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("code_mark", sa.Text()),
        sa.Column("given_by", sa.BigInteger()),
        sa.Column("given_at", sa.BigInteger()),
        sa.Column("activated_at", sa.BigInteger()),
        sa.Column("expires_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_promos_client_id"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_promos_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promos"),
        sa.UniqueConstraint("client_id", name="uq_promos_client_id"),
        sa.UniqueConstraint("code_mark", name="uq_promos_code_mark"),
    )
    op.create_index("ix_promos_given_at", "promos", ["given_at"])
    op.create_index("ix_promos_expires_at", "promos", ["expires_at"])


def downgrade() -> None:
    op.drop_table("promos")
