"""The home of a client seeing and activating its promo code, and of reminding it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from domain.entities.notice import Notice
from domain.entities.people import Caller
from domain.entities.promo import Promo, PromoStatus
from domain.entities.views import ClientView
from domain.errors import NotFound
from domain.ids import encode
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.period import text_of
from domain.ports.work import Work
from domain.programs.model_offers import PromoTerms
from domain.rules.promos import PromoNotReady, days_left, lapses_at, promo_referral
from domain.rules.renewals import reminder_of
from domain.surroundings import Surroundings

PROMO_LAPSES = "promo_lapses"
"""Name of the claim of one reminder: one promo, so many days ahead."""


class NotAClient(NotFound):
    """The person is no client, so there is no promo code to see."""

    code = "promo_no_client"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPromo:
    """A client's promo code as it sees it.

    Attributes:
        promo: The promo, ``None`` while nobody has noted yet that the client gets one.
        terms: What the program gives.
        status: Where it stands.
        days: Days left, of an active one; else 0.
    """

    promo: Promo | None
    terms: PromoTerms
    status: PromoStatus
    days: int


class UsePromo:
    """Let a client see its promo code, or why it gets none, and activate it.

    - The days count from the activation; a second press changes nothing.
    - The vendor's systems are told: they add the bonuses.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def show(self, caller: Caller) -> OwnPromo:
        """Return the client's promo.

        Raises:
            NotAClient: the person is no client.
            PromoNotOffered: no active program gives any.
            PromoNotReferred: nobody brought the client.
            PromoNotForForm: its legal form gets none.
        """
        async with self._around.open_work.read() as work:
            _, promo, terms = await self._standing(work, caller)
        return self._own(promo, terms)

    async def activate(self, caller: Caller, promo_id: int) -> OwnPromo:
        """Activate it.

        Raises:
            NotAClient: the person is no client.
            NotFound: it is somebody else's, or there is none.
            PromoNotReady: the code was not given yet.
        """
        async with self._around.open_work() as work:
            client, promo, terms = await self._standing(work, caller)
            if promo is None or promo.id != promo_id:
                raise NotFound(promo=promo_id)
            if promo.given_at is None:
                raise PromoNotReady
            if promo.activated_at is not None:
                return self._own(promo, terms)
            facts = new_facts(self._around)
            expires_at = lapses_at(facts.now, terms)
            active = replace(promo, activated_at=facts.now, expires_at=expires_at)
            await work.promos.update(active)
            code = next((code for code in client.codes if code), None)
            if facts.tells_vendor:
                facts.tell_vendor(
                    "promo.activated",
                    {
                        "promo_id": encode(promo.id),
                        "client_id": client.client.shown_id,
                        "program": promo.program,
                        "partner_code": code,
                        "code": promo.code,
                        "bonuses": terms.bonuses,
                        "activated_at": text_of(facts.now),
                        "expires_at": text_of(expires_at),
                    },
                    subject=f"client:{client.client.id}",
                )
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role="client",
                action="promo_activated",
                subject=f"client:{client.client.id}",
                details={"program": promo.program},
            )
            await work.commit()
        return self._own(active, terms)

    async def _standing(
        self, work: Work, caller: Caller
    ) -> tuple[ClientView, Promo | None, PromoTerms]:
        client = await work.reports.client_of_person(caller.person.id)
        if client is None:
            raise NotAClient(person=caller.person.id)
        promo = await work.promos.of_client(client.client.id)
        program = self._around.programs.get(promo.program) if promo else None
        if promo is not None and program is not None and program.promo is not None:
            return client, promo, program.promo
        _, terms = promo_referral(client.client, client.referrals, self._around.programs)
        return client, None, terms

    def _own(self, promo: Promo | None, terms: PromoTerms) -> OwnPromo:
        now = self._around.clock()
        status = promo.status(now) if promo else PromoStatus.WAITING
        expires_at = promo.expires_at if promo else None
        return OwnPromo(
            promo=promo,
            terms=terms,
            status=status,
            days=days_left(expires_at, now) if expires_at else 0,
        )


class RemindOfPromos:
    """Remind clients of bonuses that lapse soon, so many days ahead as the program says."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many reminders were owed."""
        now = self._around.clock()
        terms = {key: one.promo for key, one in self._around.programs.items() if one.promo}
        ahead = max((max(one.remind_days, default=0) for one in terms.values()), default=0)
        if not ahead:
            return 0
        async with self._around.open_work.read() as work:
            found = await work.promos.lapsing(now=now, until=now + timedelta(days=ahead))
        owed = []
        async with self._around.open_work(books=False) as work:
            for view in found:
                promo, its = view.promo, terms.get(view.promo.program)
                left = days_left(promo.expires_at or now, now)
                days = reminder_of(its.remind_days, left) if its else None
                if its is None or days is None or view.telegram_id is None:
                    continue
                if await work.reminders.claim(PROMO_LAPSES, f"{promo.id}:{days}", "once", at=now):
                    params: dict[str, object] = {
                        "program": promo.program,
                        "days": left,
                        "expires_at": text_of(promo.expires_at or now),
                    }
                    owed.append(
                        Notice(
                            id=self._around.new_id(),
                            recipient=view.telegram_id,
                            kind="promo_lapses",
                            params=params,
                            created_at=now,
                        )
                    )
            await work.notices.add(owed)
            await work.commit()
        return len(owed)
