"""The home of checking each commission against its entries and pay-outs (R13-R15, R19)."""

from storage.books.sql import Check

_BOOKS = """
SELECT 'commission ' || c.id AS subject,
'accrued ' || COALESCE(t.accrued, 0) || ', clawed back ' || COALESCE(t.clawed_back, 0)
|| '; held ' || COALESCE(t.held, 0) || ', payable ' || COALESCE(t.payable, 0)
|| ', retained ' || COALESCE(t.retained, 0) AS expected,
c.state || ', accrued ' || c.minor || ', clawed back ' || c.clawed_back AS found
FROM commissions c LEFT JOIN (
  SELECT e.commission_id, MIN(e.enrolment_id) AS first, MAX(e.enrolment_id) AS last,
  SUM(CASE WHEN e.kind = 'commission_accrued' AND p.minor > 0 THEN p.minor ELSE 0 END) AS accrued,
  SUM(CASE WHEN e.kind IN ('commission_clawed_back', 'commission_voided')
      AND a.kind IN ('clawbacks', 'collected') THEN -p.minor ELSE 0 END) AS clawed_back,
  SUM(CASE a.kind WHEN 'held' THEN -p.minor ELSE 0 END) AS held,
  SUM(CASE a.kind WHEN 'payable' THEN -p.minor ELSE 0 END) AS payable,
  SUM(CASE a.kind WHEN 'retained' THEN -p.minor ELSE 0 END) AS retained,
  MAX(CASE e.kind WHEN 'commission_released' THEN e.occurred_at END) AS released_at
  FROM entries e JOIN postings p ON p.entry_id = e.id
  JOIN ledger_accounts a ON a.id = p.account_id
  WHERE e.commission_id IS NOT NULL /*and e.commission_id*/ GROUP BY e.commission_id
) AS t ON t.commission_id = c.id
WHERE (t.accrued IS NULL OR t.accrued <> c.minor OR t.clawed_back <> c.clawed_back
OR t.first <> c.enrolment_id OR t.last <> c.enrolment_id OR t.released_at <> c.held_until
OR t.held <> c.frozen + CASE c.state WHEN 'held' THEN c.minor - c.clawed_back ELSE 0 END
OR t.payable <> CASE c.state WHEN 'payable' THEN c.minor - c.clawed_back ELSE 0 END - c.frozen
OR t.retained <> CASE c.state WHEN 'retained' THEN c.minor - c.clawed_back ELSE 0 END
OR (c.state = 'voided' AND c.minor <> c.clawed_back)) /*and c.id*/
"""

_SPENT = """
SELECT 'commission ' || c.id AS subject,
'reserved ' || COALESCE(t.reserved, 0) || ', paid ' || COALESCE(t.paid, 0)
|| ', converted ' || COALESCE(v.converted, 0) AS expected,
'reserved ' || c.reserved || ', paid ' || c.paid || ', converted ' || c.converted AS found
FROM commissions c LEFT JOIN (
  SELECT t.commission_id,
  SUM(CASE WHEN o.status IN ('requested', 'approved') THEN t.minor ELSE 0 END) AS reserved,
  SUM(CASE o.status WHEN 'done' THEN t.minor ELSE 0 END) AS paid
  FROM payout_parts t JOIN payouts o ON o.id = t.payout_id /*where t.commission_id*/
  GROUP BY t.commission_id
) AS t ON t.commission_id = c.id
LEFT JOIN (
  SELECT commission_id, SUM(minor) AS converted FROM conversion_parts /*where commission_id*/
  GROUP BY commission_id
) AS v ON v.commission_id = c.id
WHERE (c.reserved <> COALESCE(t.reserved, 0) OR c.paid <> COALESCE(t.paid, 0)
OR c.converted <> COALESCE(v.converted, 0)) /*and c.id*/
"""

_STATE = """
SELECT 'commission ' || id AS subject,
'retained if collected by the partner, spent only if payable' AS expected,
state || ', ' || settlement || ', spent ' || (reserved + paid + converted) AS found
FROM commissions WHERE ((state <> 'payable' AND reserved + paid + converted <> 0)
OR (CASE state WHEN 'retained' THEN 'via_partner' ELSE 'direct' END) <> settlement) /*and id*/
"""

_BONUS = """
SELECT 'commission ' || c.id AS subject,
'given ' || COALESCE(g.bonus, 0) || ' less ' || COALESCE(t.taken, 0)
|| ', credits of ' || COALESCE(k.minor, 0) AS expected, c.bonus AS found
FROM commissions c LEFT JOIN (
  SELECT commission_id, SUM(bonus) AS bonus FROM conversion_parts /*where commission_id*/
  GROUP BY commission_id
) AS g ON g.commission_id = c.id LEFT JOIN (
  SELECT e.commission_id, SUM(p.minor) AS taken FROM entries e
  JOIN postings p ON p.entry_id = e.id JOIN ledger_accounts a ON a.id = p.account_id
  WHERE e.kind = 'commission_bonus_clawed_back' AND a.kind = 'bonus_credit'
  /*and e.commission_id*/ GROUP BY e.commission_id
) AS t ON t.commission_id = c.id LEFT JOIN (
  SELECT commission_id, SUM(minor) AS minor FROM credits /*where commission_id*/
  GROUP BY commission_id
) AS k ON k.commission_id = c.id
WHERE (c.bonus <> COALESCE(g.bonus, 0) - COALESCE(t.taken, 0)
OR COALESCE(k.minor, 0) <> -COALESCE(t.taken, 0)) /*and c.id*/
"""

_SUSPICION = """
SELECT 'commission ' || id AS subject,
'held: all that is left and nothing below zero; confirmed: nothing left; else none' AS expected,
COALESCE(suspicion, 'no suspicion') || ', frozen ' || frozen || ', left '
|| (minor - clawed_back - reserved - paid - converted - frozen) AS found
FROM commissions WHERE (frozen < 0
OR (frozen <> 0 AND (state <> 'payable' OR COALESCE(suspicion, '') <> 'held'))
OR (state = 'payable' AND suspicion IS NOT NULL
    AND minor - clawed_back - reserved - paid - converted - frozen > 0)
OR (frozen > 0 AND minor - clawed_back - reserved - paid - converted - frozen < 0)) /*and id*/
"""

COMMISSION_CHECKS = (
    Check("commission_books", _BOOKS, of="commissions"),
    Check("commission_spent", _SPENT, of="commissions"),
    Check("commission_state", _STATE, of="commissions"),
    Check("commission_bonus", _BONUS, of="commissions"),
    Check("commission_suspicion", _SUSPICION, of="commissions"),
)
