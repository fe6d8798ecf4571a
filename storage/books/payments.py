"""The home of walking payments, and of the daily figures that all of them add up to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books.arithmetic import share_of
from storage.books.bonuses import differences_of_bonuses
from storage.books.finding import Finding, Findings
from storage.books.payment import Picture, differences_of
from storage.books.pictures import pictures_of, pictures_of_all
from storage.books.reported import differences_of_report

Figures = dict[tuple[int, str], Counter[str]]
"""Figures by enrolment and code."""

_REGISTRATIONS = """
SELECT enrolment_id, COALESCE(code, '') AS code, COUNT(*) AS registrations
FROM referrals WHERE enrolment_id IS NOT NULL GROUP BY enrolment_id, COALESCE(code, '')
"""
_PAYING = """
SELECT enrolment_id, COALESCE(code, '') AS code, COUNT(*) AS paying_clients
FROM referrals WHERE enrolment_id IS NOT NULL AND live_payments > 0
GROUP BY enrolment_id, COALESCE(code, '')
"""
_CLICKS = """
SELECT enrolment_id, code, SUM(CASE source WHEN 'start' THEN 0 ELSE 1 END) AS clicks,
SUM(CASE source WHEN 'start' THEN 1 ELSE 0 END) AS starts FROM clicks GROUP BY enrolment_id, code
"""
_DAILY_STATS = """
SELECT enrolment_id, code, SUM(clicks) AS clicks, SUM(starts) AS starts,
SUM(registrations) AS registrations, SUM(paying_clients) AS paying_clients,
SUM(payments) AS payments, SUM(payments_minor) AS payments_minor,
SUM(commissions_minor) AS commissions_minor,
SUM(clawed_back_minor) AS clawed_back_minor FROM daily_stats GROUP BY enrolment_id, code
"""


async def audit_payments(connection: AsyncConnection) -> list[Finding]:
    """Return the differences of payments, refunds and commissions, and of the daily figures."""
    findings = Findings()
    facts: Figures = defaultdict(Counter)
    async for picture in pictures_of_all(connection):
        _look_at(picture, findings)
        _count(facts, picture)
    for query in (_REGISTRATIONS, _PAYING, _CLICKS):
        await _add_up(connection, query, facts)
    kept: Figures = defaultdict(Counter)
    await _add_up(connection, _DAILY_STATS, kept)
    findings.add(_differences(facts, kept))
    return findings.kept


async def audit_some_payments(
    connection: AsyncConnection, payment_ids: Iterable[int]
) -> list[Finding]:
    """Return the differences of these payments, their refunds and commissions."""
    findings = Findings()
    async for picture in pictures_of(connection, payment_ids):
        _look_at(picture, findings)
    return findings.kept


def _look_at(picture: Picture, findings: Findings) -> None:
    findings.add(differences_of(picture))
    findings.add(differences_of_bonuses(picture))
    findings.add(differences_of_report(picture))


def _count(facts: Figures, picture: Picture) -> None:
    """Add what a payment contributes to the days of its partner's link."""
    payment, enrolment = picture.payment, picture.enrolment
    if enrolment is None:
        return
    minor = share_of(payment.minor, payment.currency, enrolment.currency, payment.exchange)
    if minor is None:
        return
    earned = [row for row in picture.commissions if row.settlement != "via_partner"]
    facts[payment.enrolment_id, payment.code or ""].update(
        payments=1,
        payments_minor=minor,
        commissions_minor=sum(row.minor for row in picture.commissions),
        clawed_back_minor=sum(row.clawed_back for row in earned),
    )


async def _add_up(connection: AsyncConnection, query: str, into: Figures) -> None:
    for row in await connection.execute(sql(query)):
        figures = {
            name: int(value)
            for name, value in row._mapping.items()  # noqa: SLF001
            if name not in ("enrolment_id", "code")
        }
        into[row.enrolment_id, row.code].update(figures)


def _differences(facts: Figures, kept: Figures) -> Iterator[Finding]:
    for enrolment_id, code in sorted(facts.keys() | kept.keys()):
        expected, found = facts[enrolment_id, code], kept[enrolment_id, code]
        subject = f"enrolment {enrolment_id}, link {code or 'unknown'}"
        for name in sorted(expected.keys() | found.keys()):
            if expected[name] != found[name]:
                yield Finding(f"daily_{name}", subject, str(expected[name]), str(found[name]))
