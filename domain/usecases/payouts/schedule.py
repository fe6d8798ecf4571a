"""The home of pay-outs that a program makes by itself after a month or a quarter."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from domain.entities.notice import Notice
from domain.entities.partner import Enrolment
from domain.entities.payout import Payout, PayoutStatus
from domain.entities.requisites import Details
from domain.entities.terms import PayoutAccount
from domain.errors import DomainError
from domain.intake.documenting import make_documents, requisites_for
from domain.intake.facts import Facts
from domain.intake.holds import new_facts, release_in
from domain.intake.load_partners import load_enrolments
from domain.intake.paying import request_key
from domain.intake.requesting import reserve_payout, suspect_payout
from domain.intake.save import save_facts
from domain.money import Money
from domain.ports.work import Work
from domain.programs.model import Program
from domain.rules.legal_forms import check_paid_out
from domain.rules.payout_documents import gives_receipt
from domain.rules.payout_schedule import PREPARE_DAYS, PayoutPeriod, next_period, period_due
from domain.rules.payouts import check_hold, check_partner
from domain.rules.terms import check_terms
from domain.surroundings import Surroundings

CHUNK = 100
COMING, MADE, PAPERS = "payout_coming", "payout_scheduled", "payout_papers"


class MakeScheduledPayouts:
    """Make the pay-outs of a period when its day has come.

    - Every active partner with the minimum or more is paid all that is payable; less is carried
      over to the next period.
    - What is missing (where to pay, its own account with the vendor, accepted terms) is told a
      week ahead, once; a partner without it is carried over, too.
    - Its documents go to each admin of the partner by themselves.
    - A request goes to the same staff queue as one that a partner made (R18).
    - One request for a partner and period, whatever runs and however often: its key is unique.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many pay-outs were made."""
        made = 0
        today = self._around.clock().astimezone(self._around.zone).date()
        for program in self._around.programs.values():
            period = period_due(program, today)
            if period is not None:
                made += await self._pay(program, period, today)
            coming = next_period(program, today)
            if coming is not None and coming.due - today <= timedelta(days=PREPARE_DAYS):
                await self._prepare(program, coming)
        return made

    async def _pay(self, program: Program, period: PayoutPeriod, today: date) -> int:
        job, made = f"payouts:{program.key}", 0
        async with self._around.open_work.read() as work:
            last = await work.jobs.last(job)
        if last is not None and last >= period.due.isoformat():
            return 0
        # A schedule that was just begun pays on its next day, not for a day before it.
        is_past = last is None and period.due < today
        if not is_past and _held_then(program, period):
            for row in await self._enrolments(program):
                made += await self._pay_one(program, period, row)
        async with self._around.open_work() as work:
            await work.jobs.claim(job, period.due.isoformat(), at=self._around.clock())
            await work.commit()
        return made

    async def _enrolments(self, program: Program) -> Sequence[Enrolment]:
        found: list[Enrolment] = []
        async with self._around.open_work.read() as work:
            while True:
                last = found[-1].id if found else 0
                rows = await work.terms.after(program.key, last, limit=CHUNK)
                found += rows
                if len(rows) < CHUNK:
                    return found

    async def _pay_one(self, program: Program, period: PayoutPeriod, row: Enrolment) -> bool:
        async with self._around.open_work() as work:
            # Read anew: staff may have stopped the partner since the run began.
            (row,) = await work.enrolments.by_ids([row.id])
            key = request_key(row, f"schedule:{program.key}:{period.key}")
            if await work.payouts.by_request(key) is not None:
                return False
            if await self._missing(work, program, row):
                return False
            details = await requisites_for(self._around, work, row)
            named = await work.terms.payout_account(row.id)
            account = details.account if details else named.account if named else None
            if account is None:
                return False
            facts = await self._facts(work, row)
            payable = facts.payable(row.id)
            if payable < program.payout_minimum.minor:
                return False
            payout = Payout(
                id=self._around.new_id(),
                enrolment_id=row.id,
                amount=Money(payable, program.currency),
                status=PayoutStatus.REQUESTED,
                account=account,
                comment="",
                request_key=key,
                requested_by=await self._asker(work, row, named),
                requested_at=facts.now,
            )
            hold = await suspect_payout(self._around, work, row, payout)
            if hold is None:
                await self._reserve(facts, work, payout, period)
                await self._document(work, payout, row, details)
            await work.commit()
        return hold is None

    async def _document(
        self, work: Work, payout: Payout, row: Enrolment, details: Details | None
    ) -> None:
        """Make the documents out in the asker's language, and owe them to each admin (R22)."""
        if details is None:
            return
        asker = await work.people.get(payout.requested_by)
        language = asker.language if asker else ""
        made = await make_documents(
            self._around,
            work,
            payout,
            row,
            details=details,
            language=language or self._around.default_language,
        )
        if not made:
            return
        params: dict[str, object] = {
            "program": row.program,
            "payout_id": payout.id,
            "minor": payout.amount.minor,
            "currency": payout.amount.currency,
            "needs_signed": self._needs_signed(row),
            "is_receipt": gives_receipt(made[0]),
        }
        admins = await work.enrolments.admins([row.id])
        await work.notices.add(
            [self._notice(PAPERS, person, params) for person in admins.get(row.id, ())]
        )

    def _needs_signed(self, row: Enrolment) -> bool:
        terms = self._around.programs[row.program].payout_documents
        return terms is not None and terms.needs_signed

    async def _asker(self, work: Work, row: Enrolment, named: PayoutAccount | None) -> int:
        """Return the member in whose name the request is made: who named the account."""
        if named is not None:
            return named.named_by
        admins = await work.enrolments.admins([row.id])
        return min(admins.get(row.id, ()), default=0)

    async def _facts(self, work: Work, row: Enrolment) -> Facts:
        await release_in(self._around, work, [row.id])
        facts = new_facts(self._around)
        await load_enrolments(facts, work, [row.id])
        return facts

    async def _reserve(
        self, facts: Facts, work: Work, payout: Payout, period: PayoutPeriod
    ) -> None:
        await reserve_payout(facts, work, payout)
        params: dict[str, object] = {
            "minor": payout.amount.minor,
            "currency": payout.amount.currency,
            "payout_id": payout.id,
            "period": period.key,
        }
        facts.tell_admins(payout.enrolment_id, MADE, params)
        await save_facts(facts, work)
        await work.audit.add(
            at=facts.now,
            actor=None,
            role="schedule",
            action="payout_scheduled",
            subject=f"payout:{payout.id}",
            details={"minor": payout.amount.minor, "period": period.key},
        )

    async def _missing(self, work: Work, program: Program, row: Enrolment) -> list[str]:
        """Return what keeps a partner from being paid, as codes of refusals."""
        partner = await work.partners.get(row.partner_id)
        missing: list[str] = []
        try:
            check_terms(row, program, self._around.clock())
        except DomainError as refusal:
            missing.append(refusal.code)
        try:
            check_partner(row, partner.vendor_account_id if partner else None)
            check_hold(await work.fraud.bar(row.id))
        except DomainError as refusal:
            missing.append(refusal.code)
        try:
            check_paid_out(program, partner.legal_form if partner else None)
            details = await requisites_for(self._around, work, row)
        except DomainError as refusal:
            return [*missing, refusal.code]
        if details is None and await work.terms.payout_account(row.id) is None:
            missing.append("payout_account_missing")
        return missing

    async def _prepare(self, program: Program, period: PayoutPeriod) -> None:
        """Tell each partner with enough money, once a period, what it has to do until its day."""
        for row in await self._enrolments(program):
            async with self._around.open_work() as work:
                facts = new_facts(self._around)
                await load_enrolments(facts, work, [row.id])
                payable = facts.payable(row.id)
                if payable < program.payout_minimum.minor:
                    continue
                missing = await self._missing(work, program, row)
                # What only the vendor can mend is no task for the partner.
                own = [code for code in missing if code in PARTNERS_TASKS]
                if not own or len(own) < len(missing):
                    continue
                now = self._around.clock()
                day = period.due.isoformat()
                if not await work.reminders.claim(COMING, str(row.id), day, at=now):
                    continue
                admins = await work.enrolments.admins([row.id])
                params: dict[str, object] = {
                    "program": program.key,
                    "due": period.due.isoformat(),
                    "minor": payable,
                    "currency": program.currency,
                    "missing": own,
                }
                await work.notices.add(
                    [self._notice(COMING, person, params) for person in admins.get(row.id, ())]
                )
                await work.commit()

    def _notice(self, kind: str, person_id: int, params: dict[str, object]) -> Notice:
        return Notice(
            id=self._around.new_id(),
            recipient=person_id,
            kind=kind,
            params=params,
            created_at=self._around.clock(),
        )


PARTNERS_TASKS = (
    "terms_not_accepted",
    "vendor_account_missing",
    "payout_account_missing",
    "requisites_missing",
)


def _held_then(program: Program, period: PayoutPeriod) -> bool:
    """Test if the program had this schedule on the day already: it begins with its terms."""
    then = program.at(datetime.combine(period.due, time(), UTC))
    return then.payout_schedule is program.payout_schedule
