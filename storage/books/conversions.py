"""The home of checking conversions: what they consumed, gave and told billing (R19, R20)."""

from storage.books.sql import Check

_PARTS = """
SELECT 'conversion ' || v.id AS subject,
COALESCE(SUM(t.minor), 0) || ' and a bonus of ' || COALESCE(SUM(t.bonus), 0) AS expected,
v.minor || ' and a bonus of ' || v.bonus AS found
FROM conversions v LEFT JOIN (
  SELECT conversion_id, minor, bonus FROM conversion_parts /*where conversion_id*/
  UNION ALL SELECT conversion_id, minor, 0 FROM conversion_adjustments /*where conversion_id*/
) AS t ON t.conversion_id = v.id /*where v.id*/
GROUP BY v.id, v.minor, v.bonus
HAVING v.minor <> COALESCE(SUM(t.minor), 0) OR v.bonus <> COALESCE(SUM(t.bonus), 0)
"""

_OWNER = """
SELECT 'conversion ' || v.id AS subject,
'parts of enrolment ' || v.enrolment_id || ' in ' || v.currency AS expected,
t.kind || t.id || ' of ' || t.enrolment_id || ' in ' || t.currency AS found
FROM conversions v JOIN (
  SELECT p.conversion_id, 'commission ' AS kind, c.id, c.enrolment_id, c.currency
  FROM conversion_parts p JOIN commissions c ON c.id = p.commission_id /*where p.conversion_id*/
  UNION ALL SELECT p.conversion_id, 'adjustment ', j.id, j.enrolment_id, j.currency
  FROM conversion_adjustments p JOIN adjustments j ON j.id = p.adjustment_id
  /*where p.conversion_id*/
) AS t ON t.conversion_id = v.id
WHERE (t.enrolment_id <> v.enrolment_id OR t.currency <> v.currency) /*and v.id*/
"""

_BOOKS = """
SELECT 'conversion ' || v.id AS subject,
'converted ' || COALESCE(t.converted, 0) || ', bonus ' || COALESCE(t.bonus, 0)
|| ', of enrolment ' || COALESCE(t.first, 0) AS expected,
v.minor || ', bonus ' || v.bonus || ', of enrolment ' || v.enrolment_id AS found
FROM conversions v LEFT JOIN (
  SELECT e.conversion_id, MIN(e.enrolment_id) AS first, MAX(e.enrolment_id) AS last,
  MIN(e.occurred_at) AS since, MAX(e.occurred_at) AS until,
  SUM(CASE e.kind WHEN 'conversion_made' THEN p.minor ELSE 0 END) AS converted,
  SUM(CASE e.kind WHEN 'conversion_bonus' THEN p.minor ELSE 0 END) AS bonus
  FROM entries e JOIN postings p ON p.entry_id = e.id AND p.minor > 0
  WHERE e.conversion_id IS NOT NULL /*and e.conversion_id*/ GROUP BY e.conversion_id
) AS t ON t.conversion_id = v.id
WHERE (t.converted IS NULL OR t.converted <> v.minor OR t.bonus <> v.bonus
OR t.first <> v.enrolment_id OR t.last <> v.enrolment_id
OR t.since <> v.converted_at OR t.until <> v.converted_at) /*and v.id*/
"""

_CREDIT = """
SELECT 'conversion ' || v.id AS subject,
'one credit of ' || (v.minor + v.bonus) || ' ' || v.currency
|| ' to ' || v.account_id AS expected,
COUNT(k.id) || ' of ' || COALESCE(SUM(k.minor), 0) || ' '
|| COALESCE(MIN(k.currency), '') || ' to ' || COALESCE(MIN(k.account_id), '') AS found
FROM conversions v
LEFT JOIN credits k ON k.conversion_id = v.id AND k.commission_id IS NULL /*where v.id*/
GROUP BY v.id, v.minor, v.bonus, v.currency, v.account_id, v.enrolment_id, v.converted_at
HAVING COUNT(k.id) <> 1 OR SUM(k.minor) <> v.minor + v.bonus OR MIN(k.currency) <> v.currency
OR MIN(k.account_id) <> v.account_id OR MIN(k.enrolment_id) <> v.enrolment_id
OR MIN(k.at) <> v.converted_at
"""

_CREDIT_OWNER = """
SELECT 'credit ' || k.id AS subject,
'as conversion ' || v.id || ' of enrolment ' || v.enrolment_id || ' in ' || v.currency AS expected,
'of enrolment ' || k.enrolment_id || ' in ' || k.currency || ' to ' || k.account_id
|| ', commission ' || COALESCE(k.commission_id, 0) AS found
FROM credits k JOIN conversions v ON v.id = k.conversion_id
LEFT JOIN conversion_parts t
ON t.conversion_id = k.conversion_id AND t.commission_id = k.commission_id
LEFT JOIN commissions c ON c.id = k.commission_id LEFT JOIN payments p ON p.id = c.payment_id
WHERE (k.enrolment_id <> v.enrolment_id OR k.currency <> v.currency
OR k.account_id <> v.account_id
OR (k.commission_id IS NOT NULL AND (
  t.commission_id IS NULL OR k.payment_id IS NULL OR k.payment_id <> p.payment_id))
OR (k.commission_id IS NULL AND k.payment_id IS NOT NULL)) /*and k.conversion_id*/
"""

CONVERSION_CHECKS = (
    Check("conversion_parts", _PARTS, of="conversions"),
    Check("conversion_owner", _OWNER, of="conversions"),
    Check("conversion_books", _BOOKS, of="conversions"),
    Check("conversion_credit", _CREDIT, of="conversions"),
    Check("credit_owner", _CREDIT_OWNER, of="conversions"),
)
