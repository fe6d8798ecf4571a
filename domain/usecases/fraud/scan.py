"""The home of the job that looks at daily figures for signs of fraud."""

from datetime import timedelta

from domain.entities.fraud import RefundShare, SignalKind
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.load_partners import load_enrolments
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.fraud import (
    FLOOD_CLICKS_MIN,
    PATTERN_DAYS,
    is_flood,
    is_refund_rate_high,
)
from domain.surroundings import Surroundings

JOB = "scan_for_fraud"


class ScanForFraud:
    """Look for floods of clicks and for refunds out of proportion.

    - Once an hour, whichever replica is first; a flood is found once a day, a refund rate once a
      month.
    - The books are only read; what is found is kept, and opens a hold by the program's rules.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many signs were news."""
        now = self._around.clock()
        async with self._around.open_work() as work:
            if not await work.jobs.claim(JOB, f"{now:%Y-%m-%dT%H}", at=now):
                return 0
            facts = new_facts(self._around)
            await self._look_for_floods(facts, work)
            await self._look_at_refunds(facts, work)
            await load_enrolments(facts, work, {row.enrolment_id for row in facts.signals})
            await save_facts(facts, work)
            await work.commit()
        return len(facts.signals)

    async def _look_for_floods(self, facts: Facts, work: Work) -> None:
        today = facts.now.astimezone(self._around.zone).date()
        for day in (today - timedelta(days=1), today):
            for traffic in await work.fraud.traffic(day, clicks_min=FLOOD_CLICKS_MIN):
                if is_flood(traffic):
                    facts.suspect(
                        SignalKind.CLICK_FLOOD,
                        traffic.enrolment_id,
                        f"day:{day.isoformat()}",
                        details={
                            "clicks": traffic.clicks,
                            "came": traffic.starts + traffic.registrations,
                        },
                    )

    async def _look_at_refunds(self, facts: Facts, work: Work) -> None:
        since = facts.now.astimezone(self._around.zone).date() - timedelta(days=PATTERN_DAYS)
        by_program: dict[str, list[RefundShare]] = {}
        for row in await work.fraud.refund_shares(since):
            by_program.setdefault(row.program, []).append(row)
        for rows in by_program.values():
            whole = _added_up(rows)
            for own in rows:
                if is_refund_rate_high(own, [_without(whole, own)]):
                    facts.suspect(
                        SignalKind.REFUND_RATE,
                        own.enrolment_id,
                        f"month:{facts.now:%Y-%m}",
                        details={"earned": own.earned, "clawed_back": own.clawed_back},
                    )


def _added_up(rows: list[RefundShare]) -> RefundShare:
    return RefundShare(
        enrolment_id=0,
        program=rows[0].program,
        payments=sum(row.payments for row in rows),
        earned=sum(row.earned for row in rows),
        clawed_back=sum(row.clawed_back for row in rows),
    )


def _without(whole: RefundShare, own: RefundShare) -> RefundShare:
    return RefundShare(
        enrolment_id=0,
        program=whole.program,
        payments=whole.payments - own.payments,
        earned=whole.earned - own.earned,
        clawed_back=whole.clawed_back - own.clawed_back,
    )
