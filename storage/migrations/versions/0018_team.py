"""Keep invitations into the teams of partners, and decisions about how partners stand."""

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0016"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "team_invitations",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_by", sa.BigInteger()),
        sa.Column("used_at", sa.BigInteger()),
        sa.Column("cancelled_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name="fk_team_invitations_partner_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_team_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_team_invitations_token_hash"),
    )
    op.create_index("ix_team_invitations_partner_id", "team_invitations", ["partner_id"])

    op.create_table(
        "standing_changes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_standing_changes_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_standing_changes"),
    )
    op.create_index("ix_standing_changes_enrolment_id", "standing_changes", ["enrolment_id", "id"])


def downgrade() -> None:
    op.drop_table("standing_changes")
    op.drop_table("team_invitations")
