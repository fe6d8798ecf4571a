"""Remember in which of its programs a person works."""

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("people", sa.Column("chosen_partner_id", sa.BigInteger(), nullable=True))
    op.add_column("people", sa.Column("chosen_program", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("people", "chosen_program")
    op.drop_column("people", "chosen_partner_id")
