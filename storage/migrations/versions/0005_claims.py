"""Keep signals of fraud with their holds, claims, and each move of a client."""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

OPEN = "status = 'open'"
WAITS = "status IN ('noted', 'open')"
CHUNK = 1_000


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False)


def _part(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(
        name,
        table,
        columns,
        unique=unique,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def upgrade() -> None:
    _add_columns()
    _make_fraud_tables()
    _make_claim_tables()
    _keep_moves()
    _fill()


def _add_columns() -> None:
    op.add_column("payments", sa.Column("code", sa.Text()))
    op.add_column(
        "commissions",
        sa.Column("frozen", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.add_column("commissions", sa.Column("suspicion", sa.Text()))
    op.add_column("clients", sa.Column("pending_program", sa.Text()))
    op.add_column("clients", sa.Column("email_key", sa.Text()))
    op.create_index("ix_clients_email_key", "clients", ["email_key"])
    op.add_column(
        "referrals",
        sa.Column("by_staff", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def _make_fraud_tables() -> None:
    op.create_table(
        "fraud_holds",
        _id(),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.BigInteger()),
        sa.Column("opened_text", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("reason_code", sa.Text()),
        sa.Column("reason_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_fraud_holds_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_fraud_holds"),
    )
    _part(
        "uq_fraud_holds_waiting",
        "fraud_holds",
        ["enrolment_id", "scope", "subject_id"],
        WAITS,
        unique=True,
    )
    op.create_index("ix_fraud_holds_enrolment_id", "fraud_holds", ["enrolment_id", "status"])
    op.create_table(
        "signals",
        _id(),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.BigInteger()),
        sa.Column("commission_id", sa.BigInteger()),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("hold_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_signals_enrolment_id"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_signals_client_id"),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["commissions.id"], name="fk_signals_commission_id"
        ),
        sa.ForeignKeyConstraint(["hold_id"], ["fraud_holds.id"], name="fk_signals_hold_id"),
        sa.PrimaryKeyConstraint("id", name="pk_signals"),
        sa.UniqueConstraint(
            "enrolment_id", "kind", "subject", name="uq_signals_enrolment_id_kind_subject"
        ),
    )
    op.create_index("ix_signals_hold_id", "signals", ["hold_id"])
    op.create_table(
        "account_marks",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.Column("first_used_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name="fk_account_marks_partner_id"
        ),
        sa.PrimaryKeyConstraint("mark", "partner_id", name="pk_account_marks"),
    )
    op.create_index("ix_account_marks_partner_id", "account_marks", ["partner_id"])


def _make_claim_tables() -> None:
    op.create_table(
        "claims",
        _id(),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger()),
        sa.Column("client_id", sa.BigInteger()),
        sa.Column("opened_by", sa.BigInteger(), nullable=False),
        sa.Column("named_by", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("named", sa.LargeBinary(), nullable=False),
        sa.Column("comment", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("given_to", sa.BigInteger()),
        sa.Column("reason_code", sa.Text()),
        sa.Column("reason_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_claims_enrolment_id"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_claims_client_id"),
        sa.ForeignKeyConstraint(["given_to"], ["enrolments.id"], name="fk_claims_given_to"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    _part("ix_claims_open", "claims", ["due_at", "id"], OPEN)
    _part(
        "uq_claims_open_of_partner", "claims", ["enrolment_id", "name_key"], OPEN, unique=True
    )
    op.create_index("ix_claims_page", "claims", ["enrolment_id", "opened_at", "id"])
    op.create_index("ix_claims_client_id", "claims", ["client_id"])
    op.create_table(
        "client_questions",
        _id(),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_client_questions_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_client_questions"),
    )
    op.create_index("ix_client_questions_enrolment_id", "client_questions", ["enrolment_id"])


def _keep_moves() -> None:
    op.create_table(
        "referral_moves",
        _id(),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("from_enrolment_id", sa.BigInteger()),
        sa.Column("to_enrolment_id", sa.BigInteger()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=False),
        sa.Column("reason_text", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name="fk_referral_moves_client_id"
        ),
        sa.ForeignKeyConstraint(
            ["from_enrolment_id"], ["enrolments.id"], name="fk_referral_moves_from_enrolment_id"
        ),
        sa.ForeignKeyConstraint(
            ["to_enrolment_id"], ["enrolments.id"], name="fk_referral_moves_to_enrolment_id"
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_referral_moves_claim_id"),
        sa.PrimaryKeyConstraint("id", name="pk_referral_moves"),
    )
    op.create_index("ix_referral_moves_client_id", "referral_moves", ["client_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER referral_moves_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
            " ON referral_moves FOR EACH STATEMENT EXECUTE FUNCTION refuse_edit()"
        )
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER referral_moves_append_only_{action.lower()} BEFORE {action}"
            " ON referral_moves"
            " BEGIN SELECT RAISE(ABORT, 'referral_moves is append-only'); END"
        )


def _fill() -> None:
    """Tell each payment the link of its client, and each client the key of its address."""
    op.execute(
        "UPDATE payments SET code = (SELECT r.code FROM referrals r"
        " WHERE r.client_id = payments.client_id AND r.program = payments.program"
        " AND r.enrolment_id = payments.enrolment_id) WHERE enrolment_id IS NOT NULL"
    )
    connection = op.get_bind()
    last = 0
    while True:
        rows = connection.execute(
            sa.text(
                "SELECT id, email FROM clients WHERE email IS NOT NULL AND id > :last"
                " ORDER BY id LIMIT :size"
            ),
            {"last": last, "size": CHUNK},
        ).all()
        if not rows:
            return
        last = rows[-1].id
        connection.execute(
            sa.text("UPDATE clients SET email_key = :key WHERE id = :id"),
            [{"id": row.id, "key": _email_key(row.email)} for row in rows],
        )


def _email_key(text: str) -> str:
    """Return the spelling of an address that searches compare, as it was when this was made."""
    local, _, domain = text.strip().casefold().partition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER referral_moves_append_only ON referral_moves")
    for table in (
        "referral_moves",
        "client_questions",
        "claims",
        "account_marks",
        "signals",
        "fraud_holds",
    ):
        op.drop_table(table)
    op.drop_index("ix_clients_email_key", "clients")
    op.drop_column("referrals", "by_staff")
    op.drop_column("clients", "email_key")
    op.drop_column("clients", "pending_program")
    op.drop_column("commissions", "suspicion")
    op.drop_column("commissions", "frozen")
    op.drop_column("payments", "code")
