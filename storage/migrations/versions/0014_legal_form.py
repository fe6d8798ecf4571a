"""Keep what a partner is before the law."""

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.add_column("partners", sa.Column("legal_form", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("partners", "legal_form")
