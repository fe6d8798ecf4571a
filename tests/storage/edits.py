"""Rows to edit behind the product's back, each with the check that must name it."""

# ruff: noqa: S608 - the SQL here is all written here

from tests.storage.edit import OF_HELD, edits
from tests.storage.edits_beside import MONEY_BESIDE

HELD = "payment_id = 'p-held'"
OTHER_PAYMENT = "(SELECT id FROM payments WHERE payment_id = 'p-gift')"
OTHER_ENROLMENT = "(SELECT MAX(id) FROM enrolments)"
LAST_CLIENT = "(SELECT MAX(id) FROM clients)"
OF_PARTNER = "payment_id = (SELECT id FROM payments WHERE payment_id = 'p-partner')"
REFUND = "id = (SELECT MIN(id) FROM refunds)"
DONE = "status = 'done'"
PART = (
    "payout_id = (SELECT id FROM payouts WHERE status = 'done') AND commission_id ="
    " (SELECT MAX(commission_id) FROM payout_parts JOIN payouts ON id = payout_id"
    " WHERE status = 'done')"
)
ACCOUNT = "id = (SELECT account_id FROM postings ORDER BY id LIMIT 1)"
ACCRUAL = "id = (SELECT MIN(id) FROM entries)"
OF_PAYOUT = "id = (SELECT MIN(id) FROM entries WHERE payout_id IS NOT NULL)"
POSTING = "id = (SELECT MIN(id) FROM postings WHERE version = 2)"
DAY = "payments = 6"
REFERRAL = "client_id = (SELECT client_id FROM payments WHERE payment_id = 'p-held')"
ENROLMENT = "paying_clients = 3"

EDITS = [
    *MONEY_BESIDE,
    *edits(
        "payments",
        HELD,
        **{
            "minor = minor + 1": "payment_lines",
            "lines = '[[null, 25001, 0]]'": "payment_lines",
            "lines = 'no JSON'": "payment_lines",
            "lines = '[[null]]'": "payment_lines",
            "lines = '[[null, 25000, 1]]'": "payment_refunds",
            "lines = '[[null, 30000, 0], [null, -5000, 0]]'": "refund_lines",
            "currency = 'EUR'": "payment_report",
            "exchange = '1'": "payment_report",
            "paid_at = paid_at + 1000000": "payment_report",
            "account_id = 'other'": "payment_report",
            "settlement = 'via_partner'": "payment_report",
            f"client_id = {LAST_CLIENT}": "payment_report",
            "payment_id = 'p-unheard'": "event_payment",
            "enrolment_id = NULL": "commission_line",
            f"enrolment_id = {OTHER_ENROLMENT}": "payment_partner",
            "program = 'flat'": "payment_program",
            "chargebacks = 1": "chargebacks",
            "reason = 'zero_rate'": "payment_reason",
        },
    ),
    *edits("payments", "payment_id = 'p-gift'", **{"reason = NULL": "payment_reason"}),
    *edits(
        "payments",
        "payment_id = 'p-converted'",
        **{
            "exchange = '150'": "commission_amount",
            "exchange = NULL": "commission_amount",
            "exchange = 'much'": "commission_amount",
            "currency = '???'": "commission_amount",
        },
    ),
    *edits(
        "refunds",
        REFUND,
        **{
            "minor = minor + 1": "payment_refunds",
            "minor = -minor": "refund_sign",
            "kind = 'chargeback'": "chargebacks",
            "refunded_at = refunded_at + 1000000": "refund_report",
            f"payment_id = {OTHER_PAYMENT}": "payment_refunds",
            "refund_id = 'unheard'": "event_refund",
            "DELETE": "event_refund",
        },
    ),
    *edits(
        "commissions",
        OF_HELD,
        **{
            "minor = minor + 1": "commission_amount",
            "rate = rate + 1": "commission_amount",
            "clawed_back = 1": "commission_clawback",
            "reserved = 1": "commission_spent",
            "paid = 1": "commission_spent",
            "converted = 1": "converted",
            "state = 'payable'": "commission_books",
            "state = 'voided'": "commission_books",
            "state = 'retained'": "commission_state",
            "line = 1": "commission_line",
            "settlement = 'via_partner'": "commission_state",
            "category = 'gift'": "commission_owner",
            "currency = 'EUR'": "commission_owner",
            f"client_id = {LAST_CLIENT}": "commission_owner",
            f"enrolment_id = {OTHER_ENROLMENT}": "commission_owner",
            f"payment_id = {OTHER_PAYMENT}": "payment_reason",
        },
    ),
    *edits("commissions", OF_PARTNER, **{"minor = minor + 1": "retained"}),
    *edits(
        "commissions",
        "paid = 600",
        **{
            "held_until = held_until + 1": "commission_books",
            "paid = paid - 1": "paid",
            "reserved = reserved + 1": "reserved",
            "state = 'held'": "commission_state",
        },
    ),
    *edits(
        "payouts",
        DONE,
        **{
            "minor = minor + 1": "payout_parts",
            "currency = 'EUR'": "payout_owner",
            f"enrolment_id = {OTHER_ENROLMENT}": "payout_owner",
            "status = 'returned'": "payout_books",
            "status = 'rejected'": "payout_books",
            "status = 'approved'": "reserved_payouts",
        },
    ),
    *edits("payouts", "status = 'rejected'", **{"status = 'done'": "paid_payouts"}),
    *edits("payouts", "status = 'returned'", **{"status = 'requested'": "commission_spent"}),
    *edits(
        "payout_parts",
        PART,
        **{
            "minor = minor + 1": "commission_spent",
            f"commission_id = (SELECT id FROM commissions WHERE {OF_HELD})": "commission_spent",
            "payout_id = (SELECT id FROM payouts WHERE status = 'requested')": "payout_owner",
            "DELETE": "payout_parts",
        },
    ),
    *edits(
        "ledger_accounts",
        ACCOUNT,
        **{
            "balance = balance + 1": "account_balance",
            "version = version + 1": "account_balance",
            "currency = 'EUR'": "posting_place",
            "kind = 'suspense'": "enrolment_accounts",
        },
    ),
    *edits(
        "entries",
        ACCRUAL,
        **{
            "kind = 'commission_released'": "posting_place",
            "kind = 'gift'": "posting_place",
            "commission_id = NULL": "entry_subject",
            f"commission_id = (SELECT id FROM commissions WHERE {OF_HELD})": "commission_books",
            f"enrolment_id = {OTHER_ENROLMENT}": "posting_place",
        },
    ),
    *edits(
        "entries",
        OF_PAYOUT,
        **{
            "payout_id = NULL": "entry_subject",
            "payout_id = (SELECT MAX(id) FROM payouts)": "payout_books",
            "kind = 'payout_released'": "posting_place",
        },
    ),
    *edits(
        "postings",
        POSTING,
        **{
            "minor = minor + 1, balance_after = balance_after + 1": "entry_balance",
            "minor = -minor, balance_after = balance_before - minor": "account_balance",
            "balance_before = balance_before + 1, balance_after = balance_after + 1": (
                "posting_chain"
            ),
            "version = version + 1000": "posting_chain",
            "currency = 'EUR'": "trial_balance",
            "entry_id = (SELECT MAX(id) FROM entries)": "entry_balance",
            "account_id = (SELECT MAX(id) FROM ledger_accounts WHERE version = 0)": (
                "posting_place"
            ),
            "DELETE": "account_balance",
        },
    ),
    *edits(
        "daily_stats",
        DAY,
        **{
            f"{name} = {name} + 1": f"daily_{name}"
            for name in (
                "clicks",
                "starts",
                "registrations",
                "paying_clients",
                "payments",
                "payments_minor",
                "commissions_minor",
                "clawed_back_minor",
            )
        },
        **{
            f"enrolment_id = {OTHER_ENROLMENT}": "daily_payments",
            "code = 'other'": "daily_payments",
            "DELETE": "daily_payments",
        },
    ),
    *edits(
        "referrals",
        REFERRAL,
        **{
            "live_payments = live_payments + 1": "referral_live_payments",
            "live_payments = 0": "paying_clients",
            f"enrolment_id = {OTHER_ENROLMENT}": "payment_partner",
            "enrolment_id = NULL": "payment_partner",
            "program = 'flat'": "payment_partner",
            "code = 'other'": "daily_registrations",
        },
    ),
    *edits(
        "enrolments",
        ENROLMENT,
        **{
            "paying_clients = paying_clients + 1": "paying_clients",
            "active_clients = active_clients + 1": "active_clients",
            "program = 'other'": "payment_program",
        },
    ),
    *edits(
        "clients",
        "shown_id = 'cid'",
        **{
            "active_services = active_services - 1": "client_active_services",
        },
    ),
    *edits(
        "services",
        "service_id = 's-dan'",
        **{
            "state = 'cancelled'": "client_active_services",
            "DELETE": "active_clients",
        },
    ),
    *edits(
        "events",
        "fact = 'payment:p-held'",
        **{
            "status = 'done'": "event_status",
            "status = 'rejected'": "event_status",
            "applied_at = NULL": "event_status",
            "status = 'parked', waits_for = 'staff:category'": "event_waiting",
            "fact = 'payment:p-unheard'": "payment_report",
            "data = '{}'": "payment_report",
            "data = replace(data, '250.00', '250.01')": "payment_report",
            "data = replace(data, '250.00', 'much')": "payment_report",
            "data = replace(data, '2026', 'soon')": "payment_report",
            "data = 'no JSON'": "payment_report",
            "data = '[]'": "payment_report",
            "data = replace(data, 'cid', 'dan')": "payment_report",
            "DELETE": "payment_report",
        },
    ),
]
