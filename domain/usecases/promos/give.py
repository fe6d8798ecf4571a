"""The home of seeing who gets a promo code, and of a manager giving it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.access import require_staff
from domain.entities.mail import Mail
from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.people import Caller
from domain.entities.promo import Promo, PromoView
from domain.errors import NotFound
from domain.ports.work import Work
from domain.rules.promos import PromoCodeUsed, PromoGiven, promo_referral, read_code
from domain.surroundings import Surroundings

LISTED = 20
AT_ONCE = 100
REGISTERED_WITHIN = timedelta(days=30)
"""A program that begins to give promo codes gives none to clients of long ago by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoLists:
    """What staff have to know of promo codes.

    Attributes:
        waiting: Clients that wait for theirs, oldest first.
        unused: Codes that were given and not activated, oldest first.
    """

    waiting: Sequence[PromoView]
    unused: Sequence[PromoView]


class OfferPromos:
    """Note which clients get a promo code, and owe staff a card for each.

    - Whichever way a client or its legal form became known, it is seen here; each is noted once.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many were noted."""
        noted = 0
        for program in self._around.programs.values():
            if program.promo is None:
                continue
            forms = [form.value for form in program.promo.legal_forms]
            since = self._around.clock() - REGISTERED_WITHIN
            async with self._around.open_work.read() as work:
                found = await work.promos.eligible(program.key, forms, since=since, limit=AT_ONCE)
            if found:
                noted += await self._note(program.key, found)
        return noted

    async def _note(self, program: str, found: Sequence[tuple[int, int]]) -> int:
        now, noted = self._around.clock(), 0
        async with self._around.open_work() as work:
            for client_id, enrolment_id in found:
                promo = Promo(
                    id=self._around.new_id(),
                    client_id=client_id,
                    program=program,
                    enrolment_id=enrolment_id,
                    eligible_at=now,
                )
                if await work.promos.add_once(promo):
                    noted += 1
                    await _tell_staff(self._around, work, promo)
            await work.commit()
        return noted


async def _tell_staff(around: Surroundings, work: Work, promo: Promo) -> None:
    view = await work.promos.get(promo.id)
    if view is None:
        return
    notice = Notice(
        id=around.new_id(),
        recipient=STAFF_CHAT,
        kind="promo_waiting",
        params={
            "promo_id": promo.id,
            "program": promo.program,
            "client": view.client_name,
            "client_id": promo.client_id,
            "shown_id": view.shown_id,
            "code": view.partner_code,
        },
        created_at=promo.eligible_at,
    )
    await work.notices.add([notice])


class GivePromo:
    """Give a client the code that a manager took from the vendor's system.

    - Only a client that came by a partner's link, of a legal form that the program names; once.
    - A code belongs to one client. It is kept encrypted.
    - The client gets it in Telegram, else by e-mail; where neither is possible staff are told.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    @property
    def sends_mail(self) -> bool:
        """Whether a client that is not in Telegram can be told by e-mail."""
        return self._around.open_work.sends_mail

    async def lists(self, caller: Caller) -> PromoLists:
        """Return who waits, and which codes were not activated.

        Raises:
            NotAllowed: the caller may not give promo codes here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "promo.give", self._around.owners)
            return PromoLists(
                waiting=await work.promos.waiting(limit=LISTED),
                unused=await work.promos.unused(limit=LISTED),
            )

    async def show(self, caller: Caller, promo_id: int) -> PromoView:
        """Return one, before its code is asked for.

        Raises:
            NotAllowed: the caller may not give promo codes here.
            NotFound: there is no such promo.
            PromoGiven: somebody was faster.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "promo.give", self._around.owners)
            view = await work.promos.get(promo_id)
        if view is None:
            raise NotFound(promo=promo_id)
        if view.promo.given_at is not None:
            raise PromoGiven(client=view.shown_id)
        return view

    async def __call__(self, caller: Caller, client: str | int, text: str) -> PromoView:
        """Give the code; return the promo with how the client is reached.

        Args:
            caller: Who gives it.
            client: Any id of the client, or, as a number, our id of the promo.
            text: The code as it was typed.

        Raises:
            NotAllowed: the caller may not give promo codes here.
            NotFound: there is no such client or promo.
            PromoNotOffered: no active program gives any.
            PromoNotReferred: nobody brought the client.
            PromoNotForForm: its legal form gets none.
            PromoGiven: it has its code.
            BadPromoCode: the text cannot be a code.
            PromoCodeUsed: another client has it.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "promo.give", self._around.owners)
            standing = await self._standing(work, client)
            code = read_code(text)
            if standing.given_at is not None:
                raise PromoGiven(client=str(client))
            if await work.promos.code_is_used(code, but=standing.id):
                raise PromoCodeUsed
            now = self._around.clock()
            given = replace(standing, code=code, given_by=caller.person.id, given_at=now)
            await work.promos.update(given)
            view = await work.promos.get(given.id)
            if view is None:
                raise NotFound(client=client)
            await self._tell(work, view)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role=role.value,
                action="promo_given",
                subject=f"client:{given.client_id}",
                details={"program": given.program},
            )
            await work.commit()
        return view

    async def _standing(self, work: Work, client: str | int) -> Promo:
        if isinstance(client, int):
            found = await work.promos.get(client)
            if found is None:
                raise NotFound(promo=client)
            return found.promo
        view = await work.reports.client(client)
        if view is None:
            raise NotFound(client=client)
        standing = await work.promos.of_client(view.client.id)
        if standing is not None:
            return standing
        referral, _ = promo_referral(view.client, view.referrals, self._around.programs)
        made = Promo(
            id=self._around.new_id(),
            client_id=view.client.id,
            program=referral.program,
            enrolment_id=referral.enrolment_id or 0,
            eligible_at=self._around.clock(),
        )
        await work.promos.add_once(made)
        return made

    async def _tell(self, work: Work, view: PromoView) -> None:
        promo, now = view.promo, self._around.clock()
        if view.telegram_id is not None:
            notice = Notice(
                id=self._around.new_id(),
                recipient=view.telegram_id,
                kind="promo_given",
                params={"program": promo.program},
                created_at=now,
            )
            await work.notices.add([notice])
            return
        terms = self._around.programs.get(promo.program)
        if view.email is None or terms is None or terms.promo is None:
            return
        mail = Mail(
            id=self._around.new_id(),
            kind="promo_given",
            recipient=view.email,
            params={
                "promo": promo.code,
                "bonuses": terms.promo.bonuses,
                "units": dict(terms.promo.unit),
                "days": terms.promo.valid_days,
                "title": {code: text.title for code, text in terms.texts.items()},
            },
            language=self._around.default_language,
            created_at=now,
            about=f"promo:{promo.id}",
        )
        await work.mails.add([mail])
