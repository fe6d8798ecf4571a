"""Let people choose what they are told and when; find notices about a client by an index."""

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None

CLIENT_OF_NOTICE = {
    "postgresql": "(params::json ->> 'client_id')::bigint",
    "sqlite": "json_extract(params, '$.client_id')",
}


def upgrade() -> None:
    op.create_table(
        "preferences",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("muted", sa.Text(), nullable=False),
        sa.Column("quiet_start", sa.SmallInteger(), nullable=True),
        sa.Column("quiet_end", sa.SmallInteger(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("masks_name", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_preferences")),
    )
    op.create_table(
        "openings",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("screen", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "screen", name=op.f("pk_openings")),
    )
    op.create_table(
        "reminders",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_reminders")),
    )
    op.create_table(
        "notice_clients",
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_clients_notice_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", "client_id", name=op.f("pk_notice_clients")),
    )
    op.create_index(
        op.f("ix_notice_clients_client_id"), "notice_clients", ["client_id"], unique=False
    )
    op.add_column("notices", sa.Column("client_id", sa.BigInteger(), nullable=True))
    op.add_column("notices", sa.Column("asleep_until", sa.BigInteger(), nullable=True))
    client = CLIENT_OF_NOTICE[op.get_bind().dialect.name]
    op.execute(f"UPDATE notices SET client_id = {client} WHERE params LIKE '%\"client_id\"%'")
    op.create_index(op.f("ix_notices_owed_to"), "notices", ["recipient"], unique=False)
    about_client = sa.text("client_id IS NOT NULL")
    op.create_index(
        op.f("ix_notices_client_id"),
        "notices",
        ["client_id"],
        unique=False,
        sqlite_where=about_client,
        postgresql_where=about_client,
    )
    op.create_index(
        op.f("ix_referrals_earns_until"), "referrals", ["earns_until"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_referrals_earns_until"), table_name="referrals")
    op.drop_index(op.f("ix_notices_client_id"), table_name="notices")
    op.drop_index(op.f("ix_notices_owed_to"), table_name="notices")
    op.drop_column("notices", "asleep_until")
    op.drop_column("notices", "client_id")
    op.drop_index(op.f("ix_notice_clients_client_id"), table_name="notice_clients")
    for table in ("notice_clients", "reminders", "openings", "preferences"):
        op.drop_table(table)
