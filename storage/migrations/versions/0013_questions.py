"""Keep questions to the vendor, and when a partner left a program."""

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None

WAITS = "status = 'open' AND holder = 'vendor'"


def upgrade() -> None:
    op.add_column("enrolments", sa.Column("left_at", sa.BigInteger(), nullable=True))
    _make_questions()
    _make_lines()


def _make_questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.Text()),
        sa.Column("enrolment_id", sa.BigInteger()),
        sa.Column("client_id", sa.BigInteger()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("partner_reads", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("waits_since", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_questions_enrolment_id"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_questions_client_id"),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.UniqueConstraint("number", name="uq_questions_number"),
    )
    op.create_index(
        "ix_questions_waiting",
        "questions",
        ["waits_since", "id"],
        sqlite_where=sa.text(WAITS),
        postgresql_where=sa.text(WAITS),
    )
    op.create_index("ix_questions_asked_by", "questions", ["asked_by", "opened_at", "id"])
    op.create_index("ix_questions_enrolment_id", "questions", ["enrolment_id"])
    op.create_index("ix_questions_client_id", "questions", ["client_id"])
    op.create_index("ix_questions_opened_at", "questions", ["opened_at", "id"])


def _make_lines() -> None:
    op.create_table(
        "question_lines",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("file_kind", sa.Text()),
        sa.Column("file_id", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_question_lines_question_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_question_lines"),
        sa.UniqueConstraint("source", name="uq_question_lines_source"),
    )
    op.create_index("ix_question_lines_question_id", "question_lines", ["question_id", "id"])
    op.create_index("ix_question_lines_person_id", "question_lines", ["person_id", "at"])


def downgrade() -> None:
    op.drop_table("question_lines")
    op.drop_table("questions")
    op.drop_column("enrolments", "left_at")
