"""Keep promo codes for clients, and invitations to clients by e-mail."""

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "promos",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("eligible_at", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("code_mark", sa.Text()),
        sa.Column("given_by", sa.BigInteger()),
        sa.Column("given_at", sa.BigInteger()),
        sa.Column("activated_at", sa.BigInteger()),
        sa.Column("expires_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_promos_client_id"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_promos_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promos"),
        sa.UniqueConstraint("client_id", name="uq_promos_client_id"),
        sa.UniqueConstraint("code_mark", name="uq_promos_code_mark"),
    )
    op.create_index("ix_promos_given_at", "promos", ["given_at"])
    op.create_index("ix_promos_expires_at", "promos", ["expires_at"])
    _make_invitations()


def _make_invitations() -> None:
    op.create_table(
        "client_invitations",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("address_mark", sa.Text()),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("accepted_at", sa.BigInteger()),
        sa.Column("revoked_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_client_invitations_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_client_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_client_invitations_token_hash"),
    )
    op.create_index(
        "ix_client_invitations_enrolment_id", "client_invitations", ["enrolment_id", "created_at"]
    )
    op.create_index("ix_client_invitations_person_id", "client_invitations", ["person_id"])
    op.create_index("ix_client_invitations_expires_at", "client_invitations", ["expires_at"])
    op.create_table(
        "refusing_addresses",
        sa.Column("address_mark", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("address_mark", name="pk_refusing_addresses"),
    )


def downgrade() -> None:
    op.drop_table("refusing_addresses")
    op.drop_table("client_invitations")
    op.drop_table("promos")
