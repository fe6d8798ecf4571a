"""The home of checking events: one status each, and an effect behind each success."""

from storage.books.sql import Check

_STATUS = """
SELECT 'event ' || id AS subject,
'applied, parked for a cause, rejected for a reason, or a duplicate' AS expected,
status || CASE WHEN applied_at IS NULL THEN '' ELSE ', applied' END
|| CASE WHEN waits_for IS NULL THEN '' ELSE ', waits' END
|| CASE WHEN error_code IS NULL THEN '' ELSE ', has an error' END AS found
FROM events WHERE NOT (
(status = 'applied' AND applied_at IS NOT NULL AND waits_for IS NULL AND error_code IS NULL)
OR (status = 'parked' AND applied_at IS NULL AND waits_for IS NOT NULL
    AND error_code IS NOT NULL)
OR (status = 'rejected' AND applied_at IS NULL AND waits_for IS NULL
    AND error_code IS NOT NULL)
OR (status = 'duplicate' AND applied_at IS NULL AND waits_for IS NULL AND error_code IS NULL))
"""

_PAYMENT = """
SELECT 'event ' || e.id AS subject, 'a payment' AS expected, 'none' AS found
FROM events e LEFT JOIN payments t ON t.payment_id = substr(e.fact, 9)
WHERE e.kind = 'payment.succeeded' AND e.status = 'applied' AND t.id IS NULL
"""

_WAITING = """
SELECT 'event ' || e.id AS subject, 'no payment of a partner' AS expected,
'payment ' || t.id || ' of enrolment ' || t.enrolment_id AS found
FROM events e JOIN payments t ON t.payment_id = substr(e.fact, 9)
WHERE e.kind = 'payment.succeeded' AND e.status = 'parked' AND t.enrolment_id IS NOT NULL
"""

_REFUND = """
SELECT 'event ' || e.id AS subject, 'a refund' AS expected, 'none' AS found
FROM events e LEFT JOIN refunds t ON t.refund_id = substr(e.fact, 8)
WHERE e.kind = 'payment.refunded' AND e.status = 'applied' AND t.id IS NULL
"""

_CLIENT = """
SELECT 'event ' || e.id AS subject, 'a client' AS expected, 'none' AS found
FROM events e LEFT JOIN client_ids t ON t.external_id = substr(e.fact, 8)
WHERE e.kind = 'client.registered' AND e.status = 'applied' AND t.client_id IS NULL
"""

EVENT_CHECKS = (
    Check("event_status", _STATUS),
    Check("event_payment", _PAYMENT),
    Check("event_waiting", _WAITING),
    Check("event_refund", _REFUND),
    Check("event_client", _CLIENT),
)
