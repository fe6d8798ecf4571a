"""Keep every version of a program's terms, and where scheduled pay-outs go."""

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0022"
branch_labels: str | None = None
depends_on: str | None = None


def _keep_as_written(table: str) -> None:
    """Let nobody edit a published version; 0002 made the function on PostgreSQL."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
            f" ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_edit()"
        )
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only_{action.lower()} BEFORE {action} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def upgrade() -> None:
    op.create_table(
        "program_terms",
        sa.Column("program", sa.Text(), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("version_date", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
    )
    _keep_as_written("program_terms")
    op.create_table(
        "terms_told",
        sa.Column("enrolment_id", sa.BigInteger(), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_terms_told_enrolment_id"
        ),
    )
    op.create_table(
        "payout_accounts",
        sa.Column("enrolment_id", sa.BigInteger(), primary_key=True),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("named_by", sa.BigInteger(), nullable=False),
        sa.Column("named_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_payout_accounts_enrolment_id"
        ),
    )
    op.add_column(
        "commissions",
        sa.Column("basis", sa.Text(), nullable=False, server_default="share"),
    )


def downgrade() -> None:
    op.drop_column("commissions", "basis")
    op.drop_table("payout_accounts")
    op.drop_table("terms_told")
    op.drop_table("program_terms")
