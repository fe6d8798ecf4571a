"""Keep broadcasts and whom they address; find audit rows and figures of days fast."""

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("fallback", sa.Text(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("sent_by", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("stopped_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
    )
    running = sa.text("started_at IS NOT NULL AND ended_at IS NULL")
    op.create_index(
        "ix_broadcasts_running",
        "broadcasts",
        ["id"],
        sqlite_where=running,
        postgresql_where=running,
    )
    op.create_table(
        "broadcast_recipients",
        sa.Column("broadcast_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("notice_id", sa.BigInteger(), nullable=True),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcasts.id"],
            name="fk_broadcast_recipients_broadcast_id",
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "person_id", name="pk_broadcast_recipients"),
    )
    waiting = sa.text("notice_id IS NULL AND outcome IS NULL")
    op.create_index(
        "ix_broadcast_recipients_waiting",
        "broadcast_recipients",
        ["broadcast_id", "person_id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index(
        "ix_broadcast_recipients_notice_id", "broadcast_recipients", ["notice_id"]
    )
    op.create_index(
        "ix_broadcast_recipients_outcome", "broadcast_recipients", ["broadcast_id", "outcome"]
    )
    op.create_index("ix_audit_actor", "audit", ["actor", "id"])
    op.create_index("ix_audit_subject", "audit", ["subject", "id"])
    op.create_index("ix_daily_stats_day", "daily_stats", ["day"])
    op.create_index("ix_payouts_settled_at", "payouts", ["settled_at"])


def downgrade() -> None:
    op.drop_index("ix_payouts_settled_at", table_name="payouts")
    op.drop_index("ix_daily_stats_day", table_name="daily_stats")
    op.drop_index("ix_audit_subject", table_name="audit")
    op.drop_index("ix_audit_actor", table_name="audit")
    op.drop_table("broadcast_recipients")
    op.drop_table("broadcasts")
