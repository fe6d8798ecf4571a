"""The home of checking pay-outs: what they consumed, and what their entries moved (R18, R19)."""

from storage.books.sql import Check

_PARTS = """
SELECT 'payout ' || o.id AS subject, COALESCE(SUM(t.minor), 0) AS expected, o.minor AS found
FROM payouts o LEFT JOIN (
  SELECT payout_id, minor FROM payout_parts /*where payout_id*/
  UNION ALL SELECT payout_id, minor FROM payout_adjustments /*where payout_id*/
) AS t ON t.payout_id = o.id /*where o.id*/
GROUP BY o.id, o.minor HAVING o.minor <> COALESCE(SUM(t.minor), 0)
"""

_OWNER = """
SELECT 'payout ' || o.id AS subject,
'commissions of enrolment ' || o.enrolment_id || ' in ' || o.currency AS expected,
'commission ' || c.id || ' of ' || c.enrolment_id || ' in ' || c.currency AS found
FROM payout_parts t JOIN payouts o ON o.id = t.payout_id
JOIN commissions c ON c.id = t.commission_id
WHERE (o.enrolment_id <> c.enrolment_id OR o.currency <> c.currency) /*and t.payout_id*/
"""

_BOOKS = """
SELECT 'payout ' || o.id AS subject,
'reserved ' || COALESCE(t.reserved, 0) || ', settled ' || COALESCE(t.settled, 0)
|| ', released ' || COALESCE(t.released, 0)
|| ', reopened ' || COALESCE(t.reopened, 0)
|| ', returned ' || COALESCE(t.returned, 0) AS expected,
o.status || ' ' || o.minor AS found
FROM payouts o LEFT JOIN (
  SELECT e.payout_id, MIN(e.enrolment_id) AS first, MAX(e.enrolment_id) AS last,
  SUM(CASE e.kind WHEN 'payout_reserved' THEN p.minor ELSE 0 END) AS reserved,
  SUM(CASE e.kind WHEN 'payout_settled' THEN p.minor ELSE 0 END) AS settled,
  SUM(CASE e.kind WHEN 'payout_released' THEN p.minor ELSE 0 END) AS released,
  SUM(CASE e.kind WHEN 'payout_reopened' THEN p.minor ELSE 0 END) AS reopened,
  SUM(CASE e.kind WHEN 'payout_returned' THEN p.minor ELSE 0 END) AS returned
  FROM entries e JOIN postings p ON p.entry_id = e.id AND p.minor > 0
  WHERE e.payout_id IS NOT NULL /*and e.payout_id*/ GROUP BY e.payout_id
) AS t ON t.payout_id = o.id
WHERE (t.reserved IS NULL OR t.first <> o.enrolment_id OR t.last <> o.enrolment_id
OR t.reserved <> o.minor
OR t.settled <> CASE WHEN o.status IN ('done', 'returned') THEN o.minor ELSE 0 END
OR t.released - t.reopened
  <> CASE WHEN o.status IN ('rejected', 'cancelled') THEN o.minor ELSE 0 END
OR t.returned <> CASE WHEN o.status = 'returned' THEN o.minor ELSE 0 END) /*and o.id*/
"""

PAYOUT_CHECKS = (
    Check("payout_parts", _PARTS, of="payouts"),
    Check("payout_owner", _OWNER, of="payouts"),
    Check("payout_books", _BOOKS, of="payouts"),
)
