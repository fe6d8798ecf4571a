"""Keep requisites, documents of pay-outs, what comes back signed, and certificates."""

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | None = None
depends_on: str | None = None

DOCUMENTS = "payout_documents"


def upgrade() -> None:
    op.create_table(
        "requisites",
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name="fk_requisites_partner_id"
        ),
        sa.PrimaryKeyConstraint("partner_id", name="pk_requisites"),
    )
    _make_documents()
    _make_signed_copies()
    _make_certificates()


def _make_documents() -> None:
    op.create_table(
        DOCUMENTS,
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("payout_id", sa.BigInteger(), nullable=False),
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payouts.id"], name="fk_payout_documents_payout_id"
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name="fk_payout_documents_partner_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_payout_documents"),
        sa.UniqueConstraint(
            "partner_id", "kind", "year", "number", name="uq_payout_documents_partner_id_kind_year_number"
        ),
        sa.UniqueConstraint("payout_id", "kind", name="uq_payout_documents_payout_id_kind"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {DOCUMENTS}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
            f" ON {DOCUMENTS} FOR EACH STATEMENT EXECUTE FUNCTION refuse_edit()"
        )
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {DOCUMENTS}_append_only_{action.lower()} BEFORE {action}"
            f" ON {DOCUMENTS} BEGIN SELECT RAISE(ABORT, '{DOCUMENTS} is append-only'); END"
        )


def _make_signed_copies() -> None:
    op.create_table(
        "signed_copies",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("payout_id", sa.BigInteger(), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.Column("paper_ids", sa.Text(), nullable=False),
        sa.Column("sent_by", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("reason_code", sa.Text()),
        sa.Column("reason_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["payout_id"], ["payouts.id"], name="fk_signed_copies_payout_id"),
        sa.PrimaryKeyConstraint("id", name="pk_signed_copies"),
    )
    op.create_index("ix_signed_copies_payout_id", "signed_copies", ["payout_id", "id"])


def _make_certificates() -> None:
    op.create_table(
        "certificates",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("replaced_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_certificates_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_certificates"),
        sa.UniqueConstraint("number", name="uq_certificates_number"),
    )
    op.create_index("ix_certificates_enrolment_id", "certificates", ["enrolment_id", "id"])


def downgrade() -> None:
    op.drop_table("certificates")
    op.drop_table("signed_copies")
    op.drop_table(DOCUMENTS)
    op.drop_table("requisites")
