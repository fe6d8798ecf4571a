"""Keep applications: answers, verdicts on papers and the talk about them."""

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | None = None
depends_on: str | None = None

OPEN = "status NOT IN ('approved', 'withdrawn')"


def upgrade() -> None:
    _make_applications()
    _make_parts()


def _make_applications() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.BigInteger()),
        sa.Column("form", sa.Text()),
        sa.Column("by_employee", sa.Boolean()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("submitted_at", sa.BigInteger()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("reason_code", sa.Text()),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("contract_number", sa.Text()),
        sa.Column("contract_date", sa.Date()),
        sa.Column("originals_at", sa.BigInteger()),
        sa.Column("dossier_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name="fk_applications_partner_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_applications"),
        sa.UniqueConstraint("number", name="uq_applications_number"),
        sa.UniqueConstraint(
            "program", "contract_number", name="uq_applications_program_contract_number"
        ),
    )
    op.create_index(
        "uq_applications_open",
        "applications",
        ["person_id", "program"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    op.create_index("ix_applications_status", "applications", ["status", "submitted_at", "id"])
    op.create_index("ix_applications_partner_id", "applications", ["partner_id"])
    op.create_index("ix_applications_started_at", "applications", ["started_at", "id"])


def _make_parts() -> None:
    op.create_table(
        "application_answers",
        sa.Column("application_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("refusal", sa.Text()),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_application_answers_application_id"
        ),
        sa.PrimaryKeyConstraint("application_id", "field", name="pk_application_answers"),
    )
    op.create_table(
        "application_verdicts",
        sa.Column("application_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("refusal", sa.Text()),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("file_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_application_verdicts_application_id"
        ),
        sa.PrimaryKeyConstraint("application_id", "kind", name="pk_application_verdicts"),
    )
    op.create_table(
        "application_lines",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("application_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_application_lines_application_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_application_lines"),
        sa.UniqueConstraint("source", name="uq_application_lines_source"),
    )
    op.create_index("ix_application_lines_application_id", "application_lines", ["application_id"])


def downgrade() -> None:
    for table in (
        "application_lines",
        "application_verdicts",
        "application_answers",
        "applications",
    ):
        op.drop_table(table)
