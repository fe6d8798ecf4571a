"""Keep which replica handles whose updates."""

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0024"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "lanes",
        sa.Column("speaker", sa.Text(), primary_key=True),
        sa.Column("holder", sa.BigInteger(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("lanes")
