"""Keep links to papers and warnings of drafts; take people's words out of sent messages.

From here on those words are sealed in messages, as they are elsewhere.
"""

import json

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | None = None
depends_on: str | None = None

WITH_WORDS = ("application_question", "question_answered")


def upgrade() -> None:
    _erase_sent_words()
    op.add_column("applications", sa.Column("warned_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "paper_links",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("paper_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_paper_links_paper_id"),
        sa.UniqueConstraint("token_hash", name="uq_paper_links_token_hash"),
    )
    op.create_index("ix_paper_links_paper_id", "paper_links", ["paper_id"])
    op.create_index("ix_paper_links_expires_at", "paper_links", ["expires_at"])


def _erase_sent_words() -> None:
    """Erase words that nobody will send again; what waits goes out as it is."""
    notices = sa.table(
        "notices",
        sa.column("id", sa.BigInteger),
        sa.column("kind", sa.Text),
        sa.column("params", sa.Text),
        sa.column("sent_at", sa.BigInteger),
    )
    connection = op.get_bind()
    told = sa.select(notices.c.id, notices.c.params).where(
        notices.c.kind.in_(WITH_WORDS), notices.c.sent_at.is_not(None)
    )
    for row in connection.execute(told).all():
        params = {key: value for key, value in json.loads(row.params).items() if key != "text"}
        connection.execute(
            sa.update(notices)
            .where(notices.c.id == row.id)
            .values(params=json.dumps(params, ensure_ascii=False))
        )


def downgrade() -> None:
    """Drop both; there are no words to bring back: the correspondence was never touched."""
    op.drop_index("ix_paper_links_expires_at", table_name="paper_links")
    op.drop_index("ix_paper_links_paper_id", table_name="paper_links")
    op.drop_table("paper_links")
    op.drop_column("applications", "warned_at")
