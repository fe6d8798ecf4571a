"""Keep what full proofs of the books found and where accounts stood; find entries by subject."""

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | None = None
depends_on: str | None = None

TABLES = ("book_proofs", "book_proof_accounts")
SUBJECTS = ("commission_id", "payout_id", "conversion_id", "adjustment_id")


def upgrade() -> None:
    op.create_table(
        "book_proofs",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("differences", sa.BigInteger(), nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
    )
    op.create_table(
        "book_proof_accounts",
        sa.Column("account_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("proof_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["ledger_accounts.id"], name="fk_book_proof_accounts_account_id"
        ),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["book_proofs.id"], name="fk_book_proof_accounts_proof_id"
        ),
    )
    for table in TABLES:
        _keep_as_written(table)
    for name in SUBJECTS:
        there = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"ix_entries_{name}", "entries", [name], sqlite_where=there, postgresql_where=there
        )


def _keep_as_written(table: str) -> None:
    """Let nobody edit what was proved; 0002 made the function on PostgreSQL."""
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


def downgrade() -> None:
    for name in SUBJECTS:
        op.drop_index(f"ix_entries_{name}", table_name="entries")
    op.drop_table("book_proof_accounts")
    op.drop_table("book_proofs")
