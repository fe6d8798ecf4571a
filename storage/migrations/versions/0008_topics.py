"""Keep the bank's date of a pay-out, and lists of pay-outs that are settled together."""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("payouts", sa.Column("paid_on", sa.Date(), nullable=True))
    op.create_table(
        "payout_lists",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_lists")),
    )
    op.create_table(
        "payout_list_items",
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("payout_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["payout_lists.id"], name=op.f("fk_payout_list_items_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payouts.id"], name=op.f("fk_payout_list_items_payout_id")
        ),
        sa.PrimaryKeyConstraint("list_id", "payout_id", name=op.f("pk_payout_list_items")),
    )


def downgrade() -> None:
    op.drop_table("payout_list_items")
    op.drop_table("payout_lists")
    op.drop_column("payouts", "paid_on")
