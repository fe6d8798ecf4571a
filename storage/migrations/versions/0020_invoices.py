"""Keep invoices: those that partners ask for, and those that billing reports."""

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | None = None
depends_on: str | None = None

_WAITS = sa.text("waits_since IS NOT NULL")
_OWED = sa.text("status IN ('unpaid', 'overdue') AND enrolment_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "invoices",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger()),
        sa.Column("program", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("commission_minor", sa.BigInteger(), nullable=False),
        sa.Column("tier", sa.Text()),
        sa.Column("terms_version", sa.Integer()),
        sa.Column("pay_by", sa.Text()),
        sa.Column("request_key", sa.Text()),
        sa.Column("asked_by", sa.BigInteger()),
        sa.Column("asked_at", sa.BigInteger()),
        sa.Column("invoice_id", sa.Text()),
        sa.Column("number", sa.Text()),
        sa.Column("issued_at", sa.BigInteger()),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("told_paid_at", sa.BigInteger()),
        sa.Column("reference", sa.LargeBinary(), nullable=False),
        sa.Column("payment_id", sa.Text()),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("waits_since", sa.BigInteger()),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("reason_text", sa.Text(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.CheckConstraint("minor > 0", name=op.f("ck_invoices_minor")),
        sa.CheckConstraint(
            "commission_minor BETWEEN 0 AND minor", name=op.f("ck_invoices_commission")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_invoices_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_invoices_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
        sa.UniqueConstraint("invoice_id", name=op.f("uq_invoices_invoice_id")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_invoices_payment_id")),
        sa.UniqueConstraint("request_key", name=op.f("uq_invoices_request_key")),
    )
    op.create_index("ix_invoices_client_id", "invoices", ["client_id"])
    op.create_index("ix_invoices_page", "invoices", ["enrolment_id", "changed_at", "id"])
    op.create_index(
        "ix_invoices_waits",
        "invoices",
        ["waits_since", "id"],
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    )
    op.create_index(
        "ix_invoices_owed",
        "invoices",
        ["due_at"],
        sqlite_where=_OWED,
        postgresql_where=_OWED,
    )


def downgrade() -> None:
    op.drop_table("invoices")
