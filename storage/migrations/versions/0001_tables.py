"""Make the tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

TABLES = (
    "postings",
    "payout_parts",
    "entries",
    "refunds",
    "commissions",
    "referrals",
    "payouts",
    "payments",
    "links",
    "ledger_accounts",
    "daily_stats",
    "clicks",
    "members",
    "enrolments",
    "client_ids",
    "client_accounts",
    "staff",
    "settings",
    "people",
    "partners",
    "notices",
    "jobs",
    "invitations",
    "inbox",
    "events",
    "event_conflicts",
    "conversations",
    "clients",
    "cards",
    "audit",
)
"""In the order in which they may be dropped."""


def _where(condition: str) -> dict[str, Any]:
    """Return the condition of a partial index, for both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.BigInteger()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_table(
        "cards",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_cards"),
    )
    op.create_table(
        "clients",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shown_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger()),
        sa.Column("reason", sa.Text()),
        sa.Column("pending_click_id", sa.Text()),
        sa.Column("made_in_bot", sa.Boolean(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger()),
        sa.Column("visitor_id", sa.Text()),
        sa.Column("email", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("phone_digits", sa.Text()),
        sa.Column("owner_account_id", sa.Text()),
        sa.Column("legal_form", sa.Text()),
        sa.Column("tax_id", sa.Text()),
        sa.Column("platform", sa.Text()),
        sa.Column("department", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_clients"),
    )
    op.create_index("ix_clients_pending_click_id", "clients", ["pending_click_id"])
    op.create_index("ix_clients_phone_digits", "clients", ["phone_digits"])
    op.create_index("ix_clients_telegram_id", "clients", ["telegram_id"])
    op.create_table(
        "conversations",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text()),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("update_id", sa.BigInteger()),
        sa.Column("before", sa.LargeBinary()),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_conversations"),
    )
    op.create_index("ix_conversations_update_id", "conversations", ["update_id"])
    op.create_table(
        "event_conflicts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event_conflicts"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("error_code", sa.Text()),
        sa.Column("error_field", sa.Text()),
        sa.Column("error_message", sa.Text()),
        sa.Column("waits_for", sa.Text()),
        sa.Column("applied_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_fact", "events", ["fact"])
    op.create_index("ix_events_waits_for", "events", ["waits_for"])
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("handled_at", sa.BigInteger()),
        sa.Column("parked_at", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    op.create_index(
        "ix_inbox_open",
        "inbox",
        ["update_id"],
        **_where("handled_at IS NULL AND parked_at IS NULL"),
    )
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_by", sa.BigInteger()),
        sa.Column("used_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("token_hash", name="pk_invitations"),
    )
    op.create_table(
        "jobs",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("job", "period", name="pk_jobs"),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("recipient", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("dead_at", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.create_index(
        "ix_notices_due", "notices", ["due_at"], **_where("sent_at IS NULL AND dead_at IS NULL")
    )
    op.create_index(
        "ix_notices_recipient",
        "notices",
        ["recipient", "id"],
        **_where("sent_at IS NULL AND dead_at IS NULL"),
    )
    op.create_table(
        "partners",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("vendor_account_id", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_partners"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("username", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("blocked_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
    op.create_table(
        "staff",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("person_id", name="pk_staff"),
    )
    op.create_table(
        "client_accounts",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name="fk_client_accounts_client_id"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_client_accounts"),
    )
    op.create_index("ix_client_accounts_client_id", "client_accounts", ["client_id"])
    op.create_table(
        "client_ids",
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_client_ids_client_id"),
        sa.PrimaryKeyConstraint("external_id", name="pk_client_ids"),
    )
    op.create_table(
        "enrolments",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("paying_clients", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Text()),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name="fk_enrolments_partner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolments"),
        sa.UniqueConstraint("partner_id", "program", name="uq_enrolments_partner_id_program"),
    )
    op.create_table(
        "members",
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name="fk_members_partner_id"),
        sa.PrimaryKeyConstraint("partner_id", "person_id", name="pk_members"),
    )
    op.create_index("ix_members_person_id", "members", ["person_id"])
    op.create_table(
        "clicks",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("clicked_at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("click_id", sa.Text()),
        sa.Column("visitor_id", sa.Text()),
        sa.Column("person_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_clicks_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clicks"),
        sa.UniqueConstraint("click_id", name="uq_clicks_click_id"),
    )
    op.create_index("ix_clicks_person_id", "clicks", ["person_id"])
    op.create_index("ix_clicks_visitor_id", "clicks", ["visitor_id"])
    op.create_table(
        "daily_stats",
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("clicks", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("registrations", sa.Integer(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("payments_minor", sa.BigInteger(), nullable=False),
        sa.Column("commissions_minor", sa.BigInteger(), nullable=False),
        sa.Column("clawed_back_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_daily_stats_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "day", "code", name="pk_daily_stats"),
    )
    op.create_table(
        "ledger_accounts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_ledger_accounts_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_accounts"),
        sa.UniqueConstraint("enrolment_id", "kind", name="uq_ledger_accounts_enrolment_id_kind"),
    )
    op.create_table(
        "links",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name="fk_links_enrolment_id"),
        sa.PrimaryKeyConstraint("code", name="pk_links"),
    )
    op.create_index("ix_links_enrolment_id", "links", ["enrolment_id"])
    op.create_table(
        "payments",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("payment_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.Text()),
        sa.Column("enrolment_id", sa.BigInteger()),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("exchange", sa.Text()),
        sa.Column("paid_at", sa.BigInteger(), nullable=False),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text()),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("has_lines", sa.Boolean(), nullable=False),
        sa.Column("refunded_by_line", sa.Boolean()),
        sa.Column("chargebacks", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minor > 0", name=op.f("ck_payments_minor")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_payments_client_id"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_payments_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
        sa.UniqueConstraint("payment_id", name="uq_payments_payment_id"),
    )
    op.create_index("ix_payments_client_id", "payments", ["client_id"])
    op.create_index("ix_payments_page", "payments", ["enrolment_id", "paid_at", "id"])
    op.create_table(
        "payouts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.BigInteger(), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("approved_by", sa.BigInteger()),
        sa.Column("settled_by", sa.BigInteger()),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("reason_code", sa.Text()),
        sa.Column("reason_text", sa.Text(), nullable=False),
        sa.CheckConstraint("minor > 0", name=op.f("ck_payouts_minor")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_payouts_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_payouts"),
        sa.UniqueConstraint("request_key", name="uq_payouts_request_key"),
    )
    op.create_index("ix_payouts_page", "payouts", ["enrolment_id", "requested_at", "id"])
    op.create_index("ix_payouts_status", "payouts", ["status", "requested_at", "id"])
    op.create_table(
        "referrals",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger()),
        sa.Column("reason", sa.Text()),
        sa.Column("code", sa.Text()),
        sa.Column("first_click_at", sa.BigInteger()),
        sa.Column("registered_at", sa.BigInteger(), nullable=False),
        sa.Column("earns_until", sa.BigInteger()),
        sa.Column("live_payments", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_referrals_client_id"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_referrals_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_referrals"),
        sa.UniqueConstraint("client_id", "program", name="uq_referrals_client_id_program"),
    )
    op.create_index("ix_referrals_page", "referrals", ["enrolment_id", "registered_at", "id"])
    op.create_table(
        "commissions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Text()),
        sa.Column("category", sa.Text()),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("clawed_back", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("converted", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("held_until", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "clawed_back >= 0 AND clawed_back <= minor", name=op.f("ck_commissions_clawed_back")
        ),
        sa.CheckConstraint("minor > 0", name=op.f("ck_commissions_minor")),
        sa.CheckConstraint(
            "reserved >= 0 AND paid >= 0 AND converted >= 0", name=op.f("ck_commissions_spent")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_commissions_client_id"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_commissions_enrolment_id"
        ),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name="fk_commissions_payment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_commissions"),
        sa.UniqueConstraint("payment_id", "line", name="uq_commissions_payment_id_line"),
    )
    op.create_index(
        "ix_commissions_held",
        "commissions",
        ["enrolment_id", "held_until"],
        **_where("state = 'held'"),
    )
    op.create_index("ix_commissions_page", "commissions", ["enrolment_id", "created_at", "id"])
    op.create_index(
        "ix_commissions_spendable",
        "commissions",
        ["enrolment_id", "created_at"],
        **_where("state = 'payable' AND minor - clawed_back - reserved - paid - converted <> 0"),
    )
    op.create_table(
        "refunds",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("refund_id", sa.Text(), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("refunded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name="fk_refunds_payment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_refunds"),
        sa.UniqueConstraint("refund_id", name="uq_refunds_refund_id"),
    )
    op.create_index("ix_refunds_payment_id", "refunds", ["payment_id"])
    op.create_table(
        "entries",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger(), nullable=False),
        sa.Column("occurred_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("commission_id", sa.BigInteger()),
        sa.Column("payout_id", sa.BigInteger()),
        sa.Column("actor", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["commissions.id"], name="fk_entries_commission_id"
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_entries_enrolment_id"
        ),
        sa.ForeignKeyConstraint(["payout_id"], ["payouts.id"], name="fk_entries_payout_id"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
    )
    op.create_index("ix_entries_enrolment_id", "entries", ["enrolment_id", "recorded_at"])
    op.create_table(
        "payout_parts",
        sa.Column("payout_id", sa.BigInteger(), nullable=False),
        sa.Column("commission_id", sa.BigInteger(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minor > 0", name=op.f("ck_payout_parts_minor")),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["commissions.id"], name="fk_payout_parts_commission_id"
        ),
        sa.ForeignKeyConstraint(["payout_id"], ["payouts.id"], name="fk_payout_parts_payout_id"),
        sa.PrimaryKeyConstraint("payout_id", "commission_id", name="pk_payout_parts"),
    )
    op.create_index("ix_payout_parts_commission_id", "payout_parts", ["commission_id"])
    op.create_table(
        "postings",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("balance_before", sa.BigInteger(), nullable=False),
        sa.Column("balance_after", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "balance_after = balance_before + minor", name=op.f("ck_postings_balance")
        ),
        sa.CheckConstraint("minor <> 0", name=op.f("ck_postings_minor")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["ledger_accounts.id"], name="fk_postings_account_id"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_postings_entry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_postings"),
        sa.UniqueConstraint("account_id", "version", name="uq_postings_account_id_version"),
    )
    op.create_index("ix_postings_entry_id", "postings", ["entry_id"])


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
