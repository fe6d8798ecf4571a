"""Rows of adjustments, conversions and their credit to edit, each with the check that names it."""

# ruff: noqa: S608 - the SQL here is all written here

from tests.storage.edit import OF_HELD, edits

FIRST_ENROLMENT = "(SELECT MIN(id) FROM enrolments)"

BOOKED = "status = 'booked' AND opposite_of IS NULL AND minor = 640"
UNDO = "opposite_of IS NOT NULL"
DROPPED = "status = 'dropped'"
OTHER_ADJUSTMENT = "(SELECT id FROM adjustments WHERE opposite_of IS NOT NULL)"
FIRST_CONVERSION = "(SELECT MIN(id) FROM conversions)"
SECOND_CONVERSION = "(SELECT MAX(id) FROM conversions)"
OTHER_COMMISSION = f"(SELECT id FROM commissions WHERE {OF_HELD})"
CONVERTED = "converted = 500"
GRANT = f"conversion_id = {FIRST_CONVERSION} AND commission_id IS NULL"
REDUCTION = "commission_id IS NOT NULL"
OF_ADJUSTMENT = "id = (SELECT MIN(id) FROM entries WHERE kind = 'adjustment_booked')"
OF_CONVERSION = "id = (SELECT MIN(id) FROM entries WHERE kind = 'conversion_made')"
OF_BONUS = "id = (SELECT MIN(id) FROM entries WHERE kind = 'conversion_bonus')"
OF_BONUS_BACK = "kind = 'commission_bonus_clawed_back'"

MONEY_BESIDE = [
    *edits(
        "adjustments",
        BOOKED,
        **{
            "minor = minor + 1": "adjustment_books",
            "currency = 'EUR'": "adjustment_owner",
            f"enrolment_id = {FIRST_ENROLMENT}": "adjustment_books",
            "status = 'asked'": "adjustment_books",
            "status = 'dropped'": "adjusted",
            "booked_at = booked_at + 1": "adjustment_books",
            "decided_by = NULL": "adjustment_books",
            "reserved = reserved + 1": "adjustment_spent",
            "paid = 1": "adjustment_spent",
            "converted = converted + 1": "adjustment_spent",
        },
    ),
    *edits(
        "adjustments",
        UNDO,
        **{
            "minor = minor - 1": "adjustment_opposite",
            "status = 'dropped'": "adjustment_opposite",
            "opposite_of = (SELECT id FROM adjustments WHERE status = 'dropped')": (
                "adjustment_opposite"
            ),
        },
    ),
    *edits("adjustments", DROPPED, **{"status = 'booked'": "adjustment_books"}),
    *edits(
        "payout_adjustments",
        "minor > 0",
        **{
            "minor = minor + 1": "adjustment_spent",
            f"adjustment_id = {OTHER_ADJUSTMENT}": "adjustment_spent",
            "payout_id = (SELECT id FROM payouts WHERE status = 'done')": "payout_parts",
            "DELETE": "payout_parts",
        },
    ),
    *edits(
        "conversions",
        f"id = {FIRST_CONVERSION}",
        **{
            "minor = minor + 1": "conversion_parts",
            "bonus = bonus + 1": "conversion_parts",
            "currency = 'EUR'": "conversion_owner",
            f"enrolment_id = {FIRST_ENROLMENT}": "conversion_owner",
            "bonus_rate = bonus_rate - 100": "bonus_stands",
            "bonus_base = 'amount'": "bonus_stands",
            "account_id = 'other'": "conversion_credit",
            "converted_at = converted_at + 1": "conversion_books",
        },
    ),
    *edits(
        "conversion_parts",
        f"conversion_id = {FIRST_CONVERSION}",
        **{
            "minor = minor + 1": "commission_spent",
            "bonus = bonus + 1": "commission_bonus",
            f"commission_id = {OTHER_COMMISSION}": "conversion_owner",
            f"conversion_id = {SECOND_CONVERSION}": "conversion_parts",
            "DELETE": "conversion_parts",
        },
    ),
    *edits(
        "conversion_adjustments",
        "minor > 0",
        **{
            "minor = minor + 1": "adjustment_spent",
            f"adjustment_id = {OTHER_ADJUSTMENT}": "adjustment_spent",
            f"conversion_id = {FIRST_CONVERSION}": "conversion_parts",
            "DELETE": "conversion_parts",
        },
    ),
    *edits(
        "credits",
        GRANT,
        **{
            "minor = minor + 1": "conversion_credit",
            "currency = 'EUR'": "conversion_credit",
            "account_id = 'other'": "conversion_credit",
            f"enrolment_id = {FIRST_ENROLMENT}": "conversion_credit",
            "payment_id = 'p-credit'": "credit_owner",
            "at = at + 1": "conversion_credit",
            f"commission_id = (SELECT id FROM commissions WHERE {CONVERTED})": "commission_bonus",
            f"conversion_id = {SECOND_CONVERSION}": "conversion_credit",
            "DELETE": "conversion_credit",
        },
    ),
    *edits(
        "credits",
        REDUCTION,
        **{
            "minor = minor + 1": "commission_bonus",
            "commission_id = NULL": "commission_bonus",
            f"commission_id = {OTHER_COMMISSION}": "commission_bonus",
            "payment_id = 'p-held'": "credit_owner",
            "payment_id = NULL": "credit_owner",
            f"conversion_id = {SECOND_CONVERSION}": "credit_owner",
            "account_id = 'other'": "credit_owner",
            "DELETE": "commission_bonus",
        },
    ),
    *edits(
        "commissions",
        CONVERTED,
        **{
            "converted = converted - 1": "commission_spent",
            "bonus = bonus + 1": "bonus_stands",
            "bonus = 0": "bonus",
        },
    ),
    *edits("commissions", OF_HELD, **{"bonus = 1": "bonus_stands"}),
    *edits(
        "entries",
        OF_ADJUSTMENT,
        **{
            "adjustment_id = NULL": "entry_subject",
            "adjustment_id = 404": "entry_subject",
            f"adjustment_id = {OTHER_ADJUSTMENT}": "adjustment_books",
            "occurred_at = occurred_at + 1": "adjustment_books",
            "kind = 'conversion_made'": "posting_place",
        },
    ),
    *edits(
        "entries",
        OF_CONVERSION,
        **{
            "conversion_id = NULL": "entry_subject",
            "conversion_id = 404": "entry_subject",
            f"conversion_id = {SECOND_CONVERSION}": "conversion_books",
            "occurred_at = occurred_at + 1": "conversion_books",
            "kind = 'payout_reserved'": "posting_place",
        },
    ),
    *edits(
        "entries",
        OF_BONUS,
        **{
            f"conversion_id = {SECOND_CONVERSION}": "conversion_books",
            "kind = 'conversion_made'": "posting_place",
        },
    ),
    *edits(
        "entries",
        OF_BONUS_BACK,
        **{
            "commission_id = NULL": "entry_subject",
            f"commission_id = {OTHER_COMMISSION}": "commission_bonus",
        },
    ),
]
"""Adjustments, conversions and their credit."""
