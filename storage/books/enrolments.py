"""The home of checking an enrolment's figures against its commissions, pay-outs and clients."""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books.finding import Finding, Findings
from storage.books.sql import Check, run_checks
from storage.rows import AnyRow

_FIGURES = """
SELECT e.id, e.paying_clients, e.active_clients, a.*, c.*, o.*, j.*, v.*, r.clients,
r.with_services FROM enrolments e
LEFT JOIN (
  SELECT enrolment_id,
  SUM(CASE kind WHEN 'commissions' THEN balance ELSE 0 END) AS accrued,
  SUM(CASE kind WHEN 'held' THEN -balance ELSE 0 END) AS held,
  SUM(CASE kind WHEN 'payable' THEN -balance ELSE 0 END) AS payable,
  SUM(CASE kind WHEN 'reserved' THEN -balance ELSE 0 END) AS reserved,
  SUM(CASE kind WHEN 'payouts' THEN -balance ELSE 0 END) AS paid,
  SUM(CASE kind WHEN 'credit' THEN -balance ELSE 0 END) AS converted,
  SUM(CASE kind WHEN 'retained' THEN -balance ELSE 0 END) AS retained,
  SUM(CASE kind WHEN 'collected' THEN balance ELSE 0 END) AS collected,
  SUM(CASE kind WHEN 'clawbacks' THEN -balance ELSE 0 END) AS clawed_back,
  SUM(CASE kind WHEN 'adjustments' THEN balance ELSE 0 END) AS adjusted,
  SUM(CASE kind WHEN 'bonuses' THEN balance ELSE 0 END) AS bonuses,
  SUM(CASE kind WHEN 'bonus_credit' THEN -balance ELSE 0 END) AS bonus
  FROM ledger_accounts GROUP BY enrolment_id
) AS a ON a.enrolment_id = e.id
LEFT JOIN (
  SELECT enrolment_id AS c_enrolment_id,
  SUM(CASE state WHEN 'retained' THEN 0 ELSE minor END) AS c_accrued,
  SUM(CASE state WHEN 'retained' THEN 0 ELSE clawed_back END) AS c_clawed_back,
  SUM(frozen + CASE state WHEN 'held' THEN minor - clawed_back ELSE 0 END) AS c_held,
  SUM(CASE state WHEN 'retained' THEN minor - clawed_back ELSE 0 END) AS c_retained,
  SUM(CASE WHEN state IN ('payable', 'voided')
      THEN minor - clawed_back - reserved - paid - converted - frozen ELSE 0 END) AS c_payable,
  SUM(reserved) AS c_reserved, SUM(paid) AS c_paid, SUM(converted) AS c_converted,
  SUM(bonus) AS c_bonus
  FROM commissions GROUP BY enrolment_id
) AS c ON c.c_enrolment_id = e.id
LEFT JOIN (
  SELECT enrolment_id AS o_enrolment_id,
  SUM(CASE WHEN status IN ('requested', 'approved') THEN minor ELSE 0 END) AS o_reserved,
  SUM(CASE status WHEN 'done' THEN minor ELSE 0 END) AS o_paid
  FROM payouts GROUP BY enrolment_id
) AS o ON o.o_enrolment_id = e.id
LEFT JOIN (
  SELECT enrolment_id AS j_enrolment_id, SUM(minor) AS j_adjusted,
  SUM(minor - reserved - paid - converted) AS j_payable, SUM(reserved) AS j_reserved,
  SUM(paid) AS j_paid, SUM(converted) AS j_converted
  FROM adjustments WHERE status = 'booked' GROUP BY enrolment_id
) AS j ON j.j_enrolment_id = e.id
LEFT JOIN (
  SELECT enrolment_id AS v_enrolment_id, SUM(minor) AS v_converted
  FROM conversions GROUP BY enrolment_id
) AS v ON v.v_enrolment_id = e.id
LEFT JOIN (
  SELECT enrolment_id AS r_enrolment_id,
  SUM(CASE WHEN live_payments > 0 THEN 1 ELSE 0 END) AS clients,
  SUM(CASE WHEN s.n > 0 THEN 1 ELSE 0 END) AS with_services
  FROM referrals JOIN clients k ON k.id = client_id LEFT JOIN (
    SELECT client_id AS owner_id, COUNT(*) AS n FROM services WHERE state = 'active'
    GROUP BY client_id
  ) AS s ON s.owner_id = k.id AND k.deleted_at IS NULL
  GROUP BY enrolment_id
) AS r ON r.r_enrolment_id = e.id
"""

_REFERRALS = Check(
    "referral_live_payments",
    "SELECT 'referral ' || r.id AS subject, COUNT(p.id) AS expected, r.live_payments AS found"
    " FROM referrals r LEFT JOIN payments p ON p.client_id = r.client_id"
    " AND p.program = r.program AND p.enrolment_id = r.enrolment_id AND p.minor >"
    " COALESCE((SELECT SUM(f.minor) FROM refunds f WHERE f.payment_id = p.id), 0)"
    " GROUP BY r.id, r.live_payments HAVING r.live_payments <> COUNT(p.id)",
)

_SERVICES = Check(
    "client_active_services",
    "SELECT 'client ' || c.id AS subject, COUNT(s.service_id) AS expected,"
    " c.active_services AS found FROM clients c"
    " LEFT JOIN services s ON s.client_id = c.id AND s.state = 'active'"
    " GROUP BY c.id, c.active_services HAVING c.active_services <> COUNT(s.service_id)",
)


async def audit_enrolments(connection: AsyncConnection) -> list[Finding]:
    """Return the differences in figures of enrolments and counts of referrals (R9, R17)."""
    findings = Findings()
    findings.add(await run_checks(connection, [_REFERRALS, _SERVICES]))
    async with connection.stream(text(_FIGURES)) as rows:
        async for row in rows:
            findings.add(_differences(row))
    return findings.kept


def _differences(row: AnyRow) -> Iterator[Finding]:
    figures = {name: int(value or 0) for name, value in row._mapping.items()}  # noqa: SLF001

    def sum_of(names: str) -> int:
        """Return the signed sum of the named figures."""
        return sum(
            -figures[name[1:]] if name.startswith("-") else figures[name] for name in names.split()
        )

    for check, expected, found in _EQUATIONS:
        if sum_of(expected) != sum_of(found):
            yield Finding(
                check,
                f"enrolment {row.id}",
                f"{_worded(expected)} = {sum_of(expected)}",
                f"{_worded(found)} = {sum_of(found)}",
            )


def _worded(names: str) -> str:
    words = names.replace(" -", " - ").replace("c_", "commissions' ").replace("o_", "pay-outs' ")
    return words.replace("j_", "adjustments' ").replace("v_", "conversions' ")


_EQUATIONS = (
    ("balance_identity", "accrued -clawed_back adjusted", "held payable reserved paid converted"),
    ("accrued", "c_accrued", "accrued"),
    ("clawed_back", "c_clawed_back", "clawed_back"),
    ("held", "c_held", "held"),
    ("retained", "c_retained", "retained"),
    ("collected", "retained", "collected"),
    ("payable", "c_payable j_payable", "payable"),
    ("reserved", "c_reserved j_reserved", "reserved"),
    ("reserved_payouts", "o_reserved", "reserved"),
    ("paid", "c_paid j_paid", "paid"),
    ("paid_payouts", "o_paid", "paid"),
    ("converted", "c_converted j_converted", "converted"),
    ("converted_conversions", "v_converted", "converted"),
    ("adjusted", "j_adjusted", "adjusted"),
    ("bonus", "c_bonus", "bonus"),
    ("bonuses", "bonus", "bonuses"),
    ("paying_clients", "clients", "paying_clients"),
    ("active_clients", "with_services", "active_clients"),
)
"""Check, and two sums that must be equal: the first recomputed, the second as kept."""
