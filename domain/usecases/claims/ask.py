"""The home of "why is my client not here?"."""

from datetime import date, datetime, time, timedelta

from domain.access import own_enrolment
from domain.entities.claim import Explanation, NamedBy, NamedClient, OwnDay, Whereabouts
from domain.entities.client import Client
from domain.entities.partner import Enrolment
from domain.entities.people import Caller
from domain.intake.claiming import client_named, referral_in
from domain.intake.evidence import first_of, traces_of
from domain.ports.work import Work
from domain.rules.claims import (
    DAY,
    QUESTIONS_PER_DAY,
    ClientPicture,
    TooManyQuestions,
    check_often,
    may_claim,
    read_named,
    where_is,
)
from domain.rules.self_referral import same_as
from domain.surroundings import Surroundings

_TELLS_DATES = (Whereabouts.BEFORE_CLICK, Whereabouts.OUTSIDE_WINDOW)


class AskAboutClient:
    """Tell a partner why a client is not among its own (R1-R5).

    - Only what concerns the partner's own links is told; of another partner, only that there is
      one; a name is never told.
    - Each question is counted, so that nobody can go through a list of addresses.
    - A day shows what came through the partner's own links.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, named: NamedClient) -> Explanation | OwnDay:
        """Return the answer.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            TooManyQuestions: enough for today; the facts say until when.
        """
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            enrolment = await own_enrolment(work, caller)
            asked = await work.claims.asked_since(enrolment.id, now - DAY)
            check_often(asked, limit=QUESTIONS_PER_DAY, refusal=TooManyQuestions)
            if named.by is NamedBy.DATE:
                answer: Explanation | OwnDay = await self._day(work, enrolment, named.value)
                outcome = "day"
            else:
                answer = await self._explain(work, enrolment, named, now)
                outcome = answer.where.value
            await work.claims.ask(enrolment.id, at=now, outcome=outcome, id_=self._around.new_id())
            await work.commit()
        return answer

    async def _day(self, work: Work, enrolment: Enrolment, text: str) -> OwnDay:
        day = date.fromisoformat(text)
        begin = datetime.combine(day, time(), self._around.zone)
        return await work.claims.day(enrolment.id, day, begin, begin + timedelta(days=1))

    async def _explain(
        self, work: Work, own: Enrolment, named: NamedClient, now: datetime
    ) -> Explanation:
        client = await client_named(work, named, own.id)
        picture = await self._picture(work, own, named, client, now)
        where = where_is(picture)
        key = work.claims.key_of(named)
        standing = await work.claims.open_of(
            own.id, name_key=key, client_id=client.id if client else None
        )
        first, referral = picture.first_click_at, picture.referral
        is_own = referral is not None and referral.enrolment_id == own.id
        tells = client is not None and (is_own or where in _TELLS_DATES)
        days = picture.window_days
        return Explanation(
            where=where,
            client_id=client.id if client else None,
            first_click_at=first,
            registered_at=client.registered_at if client and tells else None,
            window_ends_at=first + timedelta(days=days) if first and days else None,
            earns_until=referral.earns_until if referral and is_own else None,
            claim=standing,
            may_claim=may_claim(where, own, standing),
        )

    async def _picture(
        self,
        work: Work,
        own: Enrolment,
        named: NamedClient,
        client: Client | None,
        now: datetime,
    ) -> ClientPicture:
        if client is None:
            is_parked = named.by is NamedBy.ACCOUNT and await work.claims.parked_about(
                [named.value]
            )
            return ClientPicture(client=None, own=own, is_parked=is_parked, at=now)
        traces = await traces_of(work, client, self._around.tokens)
        first = first_of(traces, own.id)
        identities = await work.enrolments.identities([own.id])
        is_self = first is not None and bool(same_as(client, identities[own.id]))
        return ClientPicture(
            client=client,
            own=own,
            referral=await referral_in(work, client.id, own.program),
            first_click_at=first.at if first else None,
            is_self=is_self,
            is_parked=await work.claims.parked_about(await work.clients.ids_of(client.id)),
            window_days=self._around.programs[own.program].window_days,
            at=now,
        )


def read_client(text: str) -> NamedClient:
    """Return what a typed text names.

    Raises:
        ClientUnreadable: it names nothing.
    """
    return read_named(text)
