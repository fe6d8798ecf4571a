"""Keep clients that partners name in advance, and since when a partner is entitled."""

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | None = None
depends_on: str | None = None

ACTIVE = "status = 'active'"
STANDING = "status IN ('active', 'waiting', 'commission_only')"
WAITING = "status = 'waiting'"


def upgrade() -> None:
    op.add_column("enrolments", sa.Column("entitled_since", sa.BigInteger(), nullable=True))
    op.create_table(
        "pins",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.BigInteger()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger()),
        sa.Column("answered_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name="fk_pins_enrolment_id"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_pins_client_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pins"),
    )
    _index("uq_pins_active_account", ["account_id"], ACTIVE, unique=True)
    _index("uq_pins_active_client", ["client_id"], ACTIVE, unique=True)
    _index("uq_pins_standing", ["enrolment_id", "account_id"], STANDING, unique=True)
    _index("ix_pins_waiting", ["expires_at"], WAITING, unique=False)
    op.create_index("ix_pins_page", "pins", ["enrolment_id", "created_at", "id"])
    op.create_index("ix_pins_account_id", "pins", ["account_id"])
    op.create_index("ix_pins_client_id", "pins", ["client_id"])
    op.create_index("ix_payments_account_id", "payments", ["account_id"])
    op.add_column("claims", sa.Column("pin_id", sa.BigInteger(), nullable=True))


def _index(name: str, columns: list[str], where: str, *, unique: bool) -> None:
    condition = sa.text(where)
    op.create_index(
        name, "pins", columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )


def downgrade() -> None:
    op.drop_column("claims", "pin_id")
    op.drop_index("ix_payments_account_id", "payments")
    op.drop_table("pins")
    op.drop_column("enrolments", "entitled_since")
