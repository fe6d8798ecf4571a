"""Adjustments, conversions into service credit with their bonuses, and what billing is told."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

APPEND_ONLY = ("conversions", "conversion_parts", "credits")
NEW_ACCOUNTS = (("commissions", "bonuses"), ("credit", "bonus_credit"))
"""An account that each enrolment has, and the one that it gets beside it."""


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    _add_adjustments()
    _add_conversions()
    _add_credits()
    op.add_column(
        "commissions",
        sa.Column("bonus", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column("entries", sa.Column("conversion_id", sa.BigInteger()))
    op.add_column("entries", sa.Column("adjustment_id", sa.BigInteger()))
    for standing, new in NEW_ACCOUNTS:
        # Ids of the product are above zero, so the opposite of one is free.
        op.execute(
            "INSERT INTO ledger_accounts (id, enrolment_id, kind, currency, balance, version)"
            f" SELECT -id, enrolment_id, '{new}', currency, 0, 0 FROM ledger_accounts"
            f" WHERE kind = '{standing}'"
        )
    _forbid_edits()


def _add_adjustments() -> None:
    op.create_table(
        "adjustments",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("booked_at", sa.BigInteger()),
        sa.Column("opposite_of", sa.BigInteger()),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("converted", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minor <> 0", name=op.f("ck_adjustments_minor")),
        sa.CheckConstraint(
            "reserved >= 0 AND paid >= 0 AND converted >= 0", name=op.f("ck_adjustments_spent")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_adjustments_enrolment_id"
        ),
        sa.ForeignKeyConstraint(
            ["opposite_of"], ["adjustments.id"], name="fk_adjustments_opposite_of"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_adjustments"),
        sa.UniqueConstraint("opposite_of", name="uq_adjustments_opposite_of"),
        sa.UniqueConstraint("request_key", name="uq_adjustments_request_key"),
    )
    op.create_index(
        "ix_adjustments_spendable",
        "adjustments",
        ["enrolment_id", "booked_at"],
        **_where("status = 'booked' AND minor - reserved - paid - converted <> 0"),
    )
    op.create_index("ix_adjustments_page", "adjustments", ["enrolment_id", "asked_at"])
    _add_parts("payout_adjustments", "payout", "adjustment")


def _add_conversions() -> None:
    op.create_table(
        "conversions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("bonus", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("bonus_rate", sa.Integer(), nullable=False),
        sa.Column("bonus_base", sa.Text(), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("converted_by", sa.BigInteger(), nullable=False),
        sa.Column("converted_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minor > 0", name=op.f("ck_conversions_minor")),
        sa.CheckConstraint("bonus >= 0", name=op.f("ck_conversions_bonus")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_conversions_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversions"),
        sa.UniqueConstraint("request_key", name="uq_conversions_request_key"),
    )
    op.create_index(
        "ix_conversions_page", "conversions", ["enrolment_id", "converted_at", "id"]
    )
    _add_parts(
        "conversion_parts",
        "conversion",
        "commission",
        sa.Column("bonus", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("bonus >= 0", name=op.f("ck_conversion_parts_bonus")),
    )
    _add_parts("conversion_adjustments", "conversion", "adjustment")


def _add_parts(table: str, whole: str, part: str, *more: Any) -> None:
    op.create_table(
        table,
        sa.Column(f"{whole}_id", sa.BigInteger(), nullable=False),
        sa.Column(f"{part}_id", sa.BigInteger(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        *more,
        sa.CheckConstraint("minor > 0", name=op.f(f"ck_{table}_minor")),
        sa.ForeignKeyConstraint([f"{whole}_id"], [f"{whole}s.id"], name=f"fk_{table}_{whole}_id"),
        sa.ForeignKeyConstraint([f"{part}_id"], [f"{part}s.id"], name=f"fk_{table}_{part}_id"),
        sa.PrimaryKeyConstraint(f"{whole}_id", f"{part}_id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_{part}_id", table, [f"{part}_id"])


def _add_credits() -> None:
    op.create_table(
        "credits",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("conversion_id", sa.BigInteger(), nullable=False),
        sa.Column("commission_id", sa.BigInteger()),
        sa.Column("payment_id", sa.Text()),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minor <> 0", name=op.f("ck_credits_minor")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_credits_enrolment_id"
        ),
        sa.ForeignKeyConstraint(
            ["conversion_id"], ["conversions.id"], name="fk_credits_conversion_id"
        ),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["commissions.id"], name="fk_credits_commission_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_credits"),
    )
    op.create_index("ix_credits_conversion_id", "credits", ["conversion_id"])
    op.create_index("ix_credits_commission_id", "credits", ["commission_id"])


def _forbid_edits() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in APPEND_ONLY:
        if is_postgresql:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
                f" ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_edit()"
            )
            continue
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_append_only_{action.lower()} BEFORE {action} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def downgrade() -> None:
    op.execute("DELETE FROM ledger_accounts WHERE kind IN ('bonuses', 'bonus_credit')")
    op.drop_column("entries", "adjustment_id")
    op.drop_column("entries", "conversion_id")
    op.drop_column("commissions", "bonus")
    for table in (
        "credits",
        "conversion_adjustments",
        "conversion_parts",
        "conversions",
        "payout_adjustments",
        "adjustments",
    ):
        op.drop_table(table)
