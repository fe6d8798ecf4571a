"""The home of checking entries, postings and accounts (R17)."""

from storage.books.sql import Check

_MOVES = {
    "commission_accrued": "commissions+ collected+ held- payable- retained-",
    "commission_released": "held+ payable-",
    "commission_clawed_back": (
        "held+ held- payable+ payable- clawbacks+ clawbacks- "
        "retained+ retained- collected+ collected-"
    ),
    "commission_frozen": "payable+ held-",
    "commission_unfrozen": "held+ payable-",
    "commission_voided": "held+ payable+ clawbacks-",
    "payout_reserved": "payable+ reserved-",
    "payout_settled": "reserved+ payouts-",
    "payout_released": "reserved+ payable-",
    "payout_reopened": "payable+ reserved-",
    "payout_returned": "payouts+ payable-",
    "adjustment_booked": "adjustments+ adjustments- payable+ payable-",
    "conversion_made": "payable+ credit-",
    "conversion_bonus": "bonuses+ bonus_credit-",
    "commission_bonus_clawed_back": "bonus_credit+ bonus_credit- bonuses+ bonuses-",
}
"""Which accounts the entries of each kind may debit (+) and credit (-)."""

ACCOUNTS = (
    "commissions",
    "held",
    "payable",
    "reserved",
    "payouts",
    "credit",
    "retained",
    "collected",
    "clawbacks",
    "adjustments",
    "bonuses",
    "bonus_credit",
)
"""The accounts that every enrolment has."""

_TRIAL_BALANCE = """
SELECT currency AS subject, 0 AS expected, SUM(minor) AS found
FROM postings GROUP BY currency HAVING SUM(minor) <> 0
"""

_ENTRY_BALANCE = """
SELECT 'entry ' || e.id AS subject,
'two postings or more of one currency with sum 0' AS expected,
COUNT(p.id) || ' with sum ' || COALESCE(SUM(p.minor), 0) AS found
FROM entries e LEFT JOIN postings p ON p.entry_id = e.id /*where e.id*/ GROUP BY e.id
HAVING COUNT(p.id) < 2 OR SUM(p.minor) <> 0 OR MIN(p.currency) <> MAX(p.currency)
"""

_ENTRY_SUBJECT = """
SELECT 'entry ' || e.id AS subject, 'one subject that is there, as its kind says' AS expected,
e.kind || ' of commission ' || COALESCE(e.commission_id, 0)
|| ', pay-out ' || COALESCE(e.payout_id, 0)
|| ', conversion ' || COALESCE(e.conversion_id, 0)
|| ', adjustment ' || COALESCE(e.adjustment_id, 0) AS found FROM entries e
LEFT JOIN conversions v ON v.id = e.conversion_id
LEFT JOIN adjustments j ON j.id = e.adjustment_id
WHERE ((CASE WHEN e.kind LIKE 'commission%' THEN 1 ELSE 0 END)
<> (CASE WHEN e.commission_id IS NULL THEN 0 ELSE 1 END)
OR (CASE WHEN e.kind LIKE 'payout%' THEN 1 ELSE 0 END)
<> (CASE WHEN e.payout_id IS NULL THEN 0 ELSE 1 END)
OR (CASE WHEN e.kind LIKE 'conversion%' THEN 1 ELSE 0 END)
<> (CASE WHEN e.conversion_id IS NULL THEN 0 ELSE 1 END)
OR (CASE WHEN e.kind LIKE 'adjustment%' THEN 1 ELSE 0 END)
<> (CASE WHEN e.adjustment_id IS NULL THEN 0 ELSE 1 END)
OR (e.conversion_id IS NOT NULL AND v.id IS NULL)
OR (e.adjustment_id IS NOT NULL AND j.id IS NULL)) /*and e.id*/
"""

_POSTING_PLACE = """
SELECT 'posting ' || p.id || ' of entry ' || e.id AS subject,
'an account that ' || e.kind || ' of enrolment ' || e.enrolment_id || ' moves so' AS expected,
a.kind || ' of enrolment ' || a.enrolment_id || ' in ' || a.currency
|| ', moved by ' || p.minor || ' ' || p.currency AS found
FROM postings p JOIN entries e ON e.id = p.entry_id JOIN ledger_accounts a ON a.id = p.account_id
WHERE (a.enrolment_id <> e.enrolment_id OR a.currency <> p.currency
OR e.kind || ' ' || a.kind || CASE WHEN p.minor > 0 THEN '+' ELSE '-' END NOT IN :words)
/*and p.entry_id*/
"""

_ACCOUNT_BALANCE = """
SELECT 'account ' || a.id AS subject,
COALESCE(SUM(p.minor), 0) || ' after ' || COUNT(p.id) || ' postings' AS expected,
a.balance || ' after ' || a.version AS found
FROM ledger_accounts a LEFT JOIN postings p ON p.account_id = a.id
GROUP BY a.id, a.balance, a.version
HAVING a.balance <> COALESCE(SUM(p.minor), 0) OR a.version <> COUNT(p.id)
"""

_POSTING_CHAIN = """
SELECT 'posting ' || id || ' of account ' || account_id AS subject,
'version ' || place || ', from ' || standing || ' to ' || (standing + minor) AS expected,
'version ' || version || ', from ' || balance_before || ' to ' || balance_after AS found
FROM (
  SELECT id, account_id, minor, version, balance_before, balance_after,
  LAG(balance_after, 1, 0) OVER (PARTITION BY account_id ORDER BY version) AS standing,
  ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY version) AS place FROM postings
) AS chain
WHERE version <> place OR balance_before <> standing OR balance_after <> standing + minor
"""

_ENROLMENT_ACCOUNTS = """
SELECT 'enrolment ' || e.id AS subject, '12 accounts of one currency' AS expected,
COUNT(a.id) || ' of ' || COUNT(DISTINCT a.currency) AS found
FROM enrolments e LEFT JOIN ledger_accounts a ON a.enrolment_id = e.id AND a.kind IN :words
/*where e.id*/ GROUP BY e.id HAVING COUNT(a.id) <> 12 OR COUNT(DISTINCT a.currency) <> 1
"""

ENTRY_CHECKS = (
    Check("trial_balance", _TRIAL_BALANCE),
    Check("entry_balance", _ENTRY_BALANCE, of="entries"),
    Check("entry_subject", _ENTRY_SUBJECT, of="entries"),
    Check(
        "posting_place",
        _POSTING_PLACE,
        tuple(f"{kind} {move}" for kind, moves in _MOVES.items() for move in moves.split()),
        of="entries",
    ),
    Check("account_balance", _ACCOUNT_BALANCE),
    Check("posting_chain", _POSTING_CHAIN),
    Check("enrolment_accounts", _ENROLMENT_ACCOUNTS, ACCOUNTS, of="enrolments"),
)
