"""Keep papers of partners under a key of their own, and e-mails that are owed."""

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | None = None
depends_on: str | None = None

OPEN = sa.text("sent_at IS NULL AND undelivered_at IS NULL")
GIVEN_UP = sa.text("undelivered_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "dossiers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("erased_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_dossiers"),
    )
    op.create_index("ix_dossiers_owner_id", "dossiers", ["owner_id"])
    op.create_table(
        "papers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("dossier_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("stored_by", sa.BigInteger(), nullable=False),
        sa.Column("stored_at", sa.BigInteger(), nullable=False),
        sa.Column("replaced_at", sa.BigInteger()),
        sa.Column("deleted_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_papers_dossier_id")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_papers"),
    )
    op.create_index("ix_papers_dossier_id", "papers", ["dossier_id", "kind", "page"])
    op.add_column("partners", sa.Column("dossier_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_partners_dossier_id", "partners", ["dossier_id"])
    op.create_table(
        "mails",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.Column("params", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("about", sa.Text()),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_since", sa.BigInteger()),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("undelivered_at", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_mails"),
    )
    for name, columns, where in (
        ("due", ["due_at", "id"], OPEN),
        ("undelivered", ["id"], GIVEN_UP),
        ("person_id", ["person_id"], None),
    ):
        op.create_index(
            f"ix_mails_{name}", "mails", columns, sqlite_where=where, postgresql_where=where
        )
    op.create_table(
        "email_addresses",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("codes_sent", sa.Integer(), nullable=False),
        sa.Column("first_asked_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("person_id", name="pk_email_addresses"),
    )


def downgrade() -> None:
    op.drop_table("email_addresses")
    op.drop_table("mails")
    op.drop_index("ix_partners_dossier_id", "partners")
    op.drop_column("partners", "dossier_id")
    op.drop_table("papers")
    op.drop_table("dossiers")
