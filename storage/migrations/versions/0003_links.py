"""Links can be put away; days count who of the registered pays; clients are found by what they are called."""

import datetime
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

CHUNK = 1_000
# The time zone of days is not known here: a client counts on one of the days around its own.
PAYING = """
SELECT enrolment_id, COALESCE(code, '') AS code, registered_at FROM referrals
WHERE live_payments > 0 AND enrolment_id IS NOT NULL ORDER BY id
"""
DAYS = """
SELECT day FROM daily_stats
WHERE enrolment_id = :enrolment_id AND code = :code AND registrations > paying_clients
ORDER BY day
"""



def upgrade() -> None:
    op.add_column("links", sa.Column("archived_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "daily_stats",
        sa.Column("paying_clients", sa.Integer(), nullable=False, server_default="0"),
    )
    op.add_column("clients", sa.Column("search", sa.Text(), nullable=True))
    connection = op.get_bind()
    _fold_names(connection)
    _count_paying(connection)


def downgrade() -> None:
    op.drop_column("clients", "search")
    op.drop_column("daily_stats", "paying_clients")
    op.drop_column("links", "archived_at")


def _fold_names(connection: sa.Connection) -> None:
    for rows in _chunks(connection):
        connection.execute(
            sa.text("UPDATE clients SET search = :search WHERE id = :id"),
            [
                {"id": row.id, "search": f"{row.name.casefold()}\n{(row.email or '').casefold()}"}
                for row in rows
            ],
        )


def _chunks(connection: sa.Connection) -> Iterator[list[sa.Row[Any]]]:
    last = 0
    query = sa.text("SELECT id, name, email FROM clients WHERE id > :last ORDER BY id LIMIT :size")
    while rows := connection.execute(query, {"last": last, "size": CHUNK}).all():
        yield list(rows)
        last = rows[-1].id


def _count_paying(connection: sa.Connection) -> None:
    typed = sa.text(DAYS).columns(day=sa.Date())
    for row in connection.execute(sa.text(PAYING)).all():
        link = {"enrolment_id": row.enrolment_id, "code": row.code}
        days = list(connection.execute(typed, link).scalars())
        if not days:
            continue
        registered_on = _day_of(row.registered_at)
        day = min(days, key=lambda day: abs((day - registered_on).days))
        connection.execute(
            sa.text(
                "UPDATE daily_stats SET paying_clients = paying_clients + 1"
                " WHERE enrolment_id = :enrolment_id AND code = :code AND day = :day"
            ).bindparams(sa.bindparam("day", type_=sa.Date())),
            link | {"day": day},
        )


def _day_of(microseconds: int) -> datetime.date:
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    return (epoch + datetime.timedelta(microseconds=microseconds)).date()
