"""The home of checking adjustments: their entries, what was spent of them, their undoing (R17)."""

from storage.books.sql import Check

_BOOKS = """
SELECT 'adjustment ' || j.id AS subject,
'entries of ' || COALESCE(t.adjusted, 0) AS expected,
j.status || ' ' || j.minor || ' of enrolment ' || j.enrolment_id AS found
FROM adjustments j LEFT JOIN (
  SELECT e.adjustment_id, COUNT(*) AS entries, SUM(p.minor) AS adjusted,
  MIN(e.enrolment_id) AS first, MAX(e.enrolment_id) AS last, MIN(a.currency) AS currency,
  MIN(e.occurred_at) AS occurred_at
  FROM entries e JOIN postings p ON p.entry_id = e.id
  JOIN ledger_accounts a ON a.id = p.account_id AND a.kind = 'adjustments'
  WHERE e.adjustment_id IS NOT NULL /*and e.adjustment_id*/ GROUP BY e.adjustment_id
) AS t ON t.adjustment_id = j.id
WHERE (CASE WHEN j.status = 'booked'
THEN t.entries IS NULL OR t.entries <> 1 OR t.adjusted <> j.minor OR t.first <> j.enrolment_id
  OR t.last <> j.enrolment_id OR t.currency <> j.currency OR t.occurred_at <> j.booked_at
  OR j.booked_at IS NULL OR j.decided_by IS NULL
ELSE t.entries IS NOT NULL OR j.booked_at IS NOT NULL
  OR j.reserved + j.paid + j.converted <> 0 END) /*and j.id*/
"""

_SPENT = """
SELECT 'adjustment ' || j.id AS subject,
'reserved ' || COALESCE(t.reserved, 0) || ', paid ' || COALESCE(t.paid, 0)
|| ', converted ' || COALESCE(v.converted, 0) AS expected,
'reserved ' || j.reserved || ', paid ' || j.paid || ', converted ' || j.converted AS found
FROM adjustments j LEFT JOIN (
  SELECT t.adjustment_id,
  SUM(CASE WHEN o.status IN ('requested', 'approved') THEN t.minor ELSE 0 END) AS reserved,
  SUM(CASE o.status WHEN 'done' THEN t.minor ELSE 0 END) AS paid
  FROM payout_adjustments t JOIN payouts o ON o.id = t.payout_id /*where t.adjustment_id*/
  GROUP BY t.adjustment_id
) AS t ON t.adjustment_id = j.id LEFT JOIN (
  SELECT adjustment_id, SUM(minor) AS converted FROM conversion_adjustments
  /*where adjustment_id*/ GROUP BY adjustment_id
) AS v ON v.adjustment_id = j.id
WHERE (j.reserved <> COALESCE(t.reserved, 0) OR j.paid <> COALESCE(t.paid, 0)
OR j.converted <> COALESCE(v.converted, 0)
OR (j.reserved + j.paid + j.converted > 0 AND j.reserved + j.paid + j.converted > j.minor))
/*and j.id*/
"""

_OWNER = """
SELECT 'payout ' || o.id AS subject,
'adjustments of enrolment ' || o.enrolment_id || ' in ' || o.currency AS expected,
'adjustment ' || j.id || ' of ' || j.enrolment_id || ' in ' || j.currency AS found
FROM payout_adjustments t JOIN payouts o ON o.id = t.payout_id
JOIN adjustments j ON j.id = t.adjustment_id
WHERE (o.enrolment_id <> j.enrolment_id OR o.currency <> j.currency) /*and j.id*/
"""

_OPPOSITE = """
SELECT 'adjustment ' || u.id AS subject,
'the opposite of ' || j.minor || ' of enrolment ' || j.enrolment_id AS expected,
u.status || ' ' || u.minor || ' of enrolment ' || u.enrolment_id AS found
FROM adjustments u JOIN adjustments j ON j.id = u.opposite_of
WHERE (u.minor <> -j.minor OR u.enrolment_id <> j.enrolment_id
OR u.status <> 'booked' OR j.status <> 'booked' OR j.opposite_of IS NOT NULL) /*and u.id*/
"""

ADJUSTMENT_CHECKS = (
    Check("adjustment_books", _BOOKS, of="adjustments"),
    Check("adjustment_spent", _SPENT, of="adjustments"),
    Check("adjustment_owner", _OWNER, of="adjustments"),
    Check("adjustment_opposite", _OPPOSITE, of="adjustments"),
)
