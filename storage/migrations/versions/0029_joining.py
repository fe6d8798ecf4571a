"""Take out of sent messages what people wrote: from here on it is sealed, as it is elsewhere."""

import json

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0024"
branch_labels: str | None = None
depends_on: str | None = None

WITH_WORDS = ("application_question", "question_answered")


def upgrade() -> None:
    _erase_sent_words()


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
    """Nothing to bring back: the correspondence itself was never touched."""
