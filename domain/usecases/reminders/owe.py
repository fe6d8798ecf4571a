"""The home of owing reminders: each of one subject once in its period."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from domain.entities.notice import Notice
from domain.entities.reminder import EndingReferral
from domain.period import Month, text_of
from domain.ports.work import Work
from domain.programs.model import PayoutSchedule
from domain.surroundings import Surroundings

CHUNK = 50
CLIENTS_NAMED_MAX = 10
"""More clients in one message are only counted."""
ENDING_MAX = 500
"""Of one run; what is more comes with the next."""
FORMS_FORGOTTEN_DAYS = 7
DAYTIME = range(9, 20)
"""Hours of the configured time zone in which what can wait is told."""
MINIMUM, ENDING, ACCOUNT, FORM = (
    "minimum_reached",
    "referrals_end",
    "account_missing",
    "form_unfinished",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderTerms:
    """How early and how late people are reminded; 0 switches a reminder off.

    Attributes:
        referral_ends_days: Days before a client's months of earning end.
        form_hours: Hours after a form was left.
    """

    referral_ends_days: int = 14
    form_hours: int = 24


class OweReminders:
    """Owe what people should not forget.

    - The balance came up to the minimum pay-out: once each time that it does.
    - The months in which clients earn end soon (R10): once per referral, one message for all.
    - Money waits and the account with the vendor is not named (R30): once a calendar month.
    - A form was left unfinished: once each time that it is left.
    - A reminder is taken in the transaction that owes it: replicas and repeated runs owe it once.
    """

    def __init__(self, around: Surroundings, terms: ReminderTerms) -> None:
        """Work in these surroundings, with these terms."""
        self._around = around
        self._terms = terms

    async def __call__(self) -> int:
        """Return how many reminders were owed."""
        owed = 0
        steps = [self._minimums, self._forms]
        if self._around.clock().astimezone(self._around.zone).hour in DAYTIME:
            steps += [self._endings, self._accounts]
        for step in steps:
            owed += await self._until_done(step)
        return owed

    async def _until_done(
        self, step: Callable[[Work], Awaitable[tuple[list[Notice], bool]]]
    ) -> int:
        """Do a step in transactions of its own until it finds nothing more."""
        owed, is_more = 0, True
        while is_more:
            async with self._around.open_work(books=False) as work:
                notices, is_more = await step(work)
                await work.notices.add(notices)
                await work.commit()
            owed += len(notices)
        return owed

    async def _minimums(self, work: Work) -> tuple[list[Notice], bool]:
        now, notices, is_more = self._around.clock(), [], False
        for program in self._around.programs.values():
            minimum = program.payout_minimum
            is_asked = program.payout_schedule is PayoutSchedule.ON_REQUEST
            if minimum.minor <= 0 or not is_asked:
                continue
            rows = await work.reminders.enough(MINIMUM, program.key, minimum.minor, limit=CHUNK)
            is_more = is_more or len(rows) == CHUNK
            for row in rows:
                taken = await work.reminders.claim(
                    MINIMUM, str(row.enrolment_id), row.period, at=now
                )
                if taken and row.is_reached:
                    params = {"program": program.key, "minor": row.payable}
                    more = {"currency": program.currency, "minimum_minor": minimum.minor}
                    notices += await self._tell(work, row.enrolment_id, MINIMUM, params | more)
        return notices, is_more

    async def _endings(self, work: Work) -> tuple[list[Notice], bool]:
        now = self._around.clock()
        until = now + timedelta(days=self._terms.referral_ends_days)
        rows = await work.reminders.ending(ENDING, after=now, until=until, limit=ENDING_MAX)
        taken = [
            row
            for row in rows
            if await work.reminders.claim(ENDING, str(row.referral_id), row.period, at=now)
        ]
        notices: list[Notice] = []
        for enrolment_id, group in groupby(taken, key=lambda row: row.enrolment_id):
            params = _ending_params(list(group))
            notices += await self._tell(work, enrolment_id, ENDING, params)
        return notices, len(rows) == ENDING_MAX

    async def _accounts(self, work: Work) -> tuple[list[Notice], bool]:
        now = self._around.clock()
        month = str(Month.of(now, self._around.zone))
        rows = await work.reminders.waiting(ACCOUNT, month, limit=CHUNK)
        notices: list[Notice] = []
        for row in rows:
            if await work.reminders.claim(ACCOUNT, str(row.partner_id), month, at=now):
                program = self._around.programs.get(row.program)
                params: dict[str, object] = {"program": row.program, "minor": row.payable}
                if program is not None:
                    params["currency"] = program.currency
                    notices += await self._tell(work, row.enrolment_id, ACCOUNT, params)
        return notices, len(rows) == CHUNK

    async def _forms(self, work: Work) -> tuple[list[Notice], bool]:
        if not self._terms.form_hours:
            return [], False
        now = self._around.clock()
        before = now - timedelta(hours=self._terms.form_hours)
        rows = await work.reminders.unfinished(
            FORM, after=now - timedelta(days=FORMS_FORGOTTEN_DAYS), before=before, limit=CHUNK
        )
        notices = [
            self._notice(row.person_id, FORM, {"state": row.state})
            for row in rows
            if await work.reminders.claim(FORM, row.key, row.period, at=now) and row.person_id
        ]
        return notices, len(rows) == CHUNK

    async def _tell(
        self, work: Work, enrolment_id: int, kind: str, params: dict[str, object]
    ) -> list[Notice]:
        admins = await work.enrolments.admins([enrolment_id])
        return [
            self._notice(person_id, kind, params) for person_id in admins.get(enrolment_id, ())
        ]

    def _notice(self, person_id: int, kind: str, params: dict[str, object]) -> Notice:
        return Notice(
            id=self._around.new_id(),
            recipient=person_id,
            kind=kind,
            params=params,
            created_at=self._around.clock(),
        )


def _ending_params(rows: Sequence[EndingReferral]) -> dict[str, object]:
    named = [
        {"client_id": row.client_id, "client": row.client, "until": text_of(row.earns_until)}
        for row in rows[:CLIENTS_NAMED_MAX]
    ]
    return {"program": rows[0].program, "clients": named, "count": len(rows)}
