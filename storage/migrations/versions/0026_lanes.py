"""Keep which replica handles whose updates, and find those that were given up."""

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0024"
branch_labels: str | None = None
depends_on: str | None = None

_PARKED = sa.text("parked_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "lanes",
        sa.Column("speaker", sa.Text(), primary_key=True),
        sa.Column("holder", sa.BigInteger(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
    )
    op.create_index(
        "ix_inbox_parked",
        "inbox",
        ["parked_at"],
        sqlite_where=_PARKED,
        postgresql_where=_PARKED,
    )


def downgrade() -> None:
    op.drop_index("ix_inbox_parked", "inbox")
    op.drop_table("lanes")
