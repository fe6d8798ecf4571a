"""The home of adjusting a balance: asking, confirming, dropping, undoing."""

from dataclasses import dataclass, replace

from domain.access import require_staff
from domain.entities.adjustment import Adjustment, AdjustmentStatus
from domain.entities.partner import Enrolment, Partner
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.load_partners import load_enrolments
from domain.intake.save import save_facts
from domain.ledger import book as books
from domain.money import Money, decimals_of
from domain.ports.work import Work
from domain.rules.adjustments import (
    AdjustmentAlreadyDecided,
    OwnAdjustment,
    book,
    check_reason,
    drop,
    needs_another,
    opposite,
    read_signed,
)
from domain.surroundings import Surroundings

RIGHT = "balance.adjust"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentView:
    """An adjustment with whose it is.

    Attributes:
        adjustment: As it stands.
        code: The partner's code.
        partner_name: Hostile text.
        payable: What the partner could ask for, before it is booked or after.
        needs_another: Another person must confirm it.
        by_name: Who decided, ``None`` while nobody has.
        is_undone: An opposite one was booked.
        asked_by_name: Who asked for it.
    """

    adjustment: Adjustment
    code: str
    partner_name: str
    payable: Money
    needs_another: bool = False
    by_name: str | None = None
    is_undone: bool = False
    asked_by_name: str | None = None

    @property
    def amount(self) -> Money:
        """The signed amount."""
        return Money(self.adjustment.minor, self.adjustment.currency)


class AdjustBalance:
    """Move a partner's balance by hand, with a reason (R17, R24).

    - Owner and finance may, in the admin chat; it always asks before anything moves.
    - Nobody adjusts the balance of a partner one belongs to; above the configured sum one person
      asks and another confirms.
    - It is spent in the same queue as commissions; a negative one is a debt that is covered first.
    - The partner's admins are told with the reason; every step is audited.
    - It is undone by an opposite one within a quarter of an hour.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def ask(
        self, caller: Caller, *, code: str, amount: str, reason: str, request: str
    ) -> AdjustmentView:
        """Return the adjustment that waits for a confirmation; the same command asks once.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: no partner has the code.
            OwnAdjustment: the caller belongs to the partner.
            BadAmount: the amount cannot be one.
            BadReason: the reason is missing or too long.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, RIGHT, self._around.owners)
            found = await work.partners.by_code(code.lower())
            if found is None:
                raise NotFound(code=code)
            partner, enrolment = found
            standing = await work.adjustments.by_request(request)
            if standing is not None:
                return await self._view(work, standing, partner, enrolment)
            await self._check_not_own(work, caller, partner.id)
            money = read_signed(amount, await self._currency(work, enrolment))
            adjustment = Adjustment(
                id=self._around.new_id(),
                enrolment_id=enrolment.id,
                minor=money.minor,
                currency=money.currency,
                reason=check_reason(reason),
                status=AdjustmentStatus.ASKED,
                request_key=request,
                asked_by=caller.person.id,
                asked_at=self._around.clock(),
            )
            await work.adjustments.add(adjustment)
            await self._audit(work, caller, role.value, "adjustment_asked", adjustment)
            view = await self._view(work, adjustment, partner, enrolment)
            await work.commit()
        return view

    async def confirm(self, caller: Caller, adjustment_id: int) -> AdjustmentView:
        """Return the adjustment booked.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such adjustment.
            OwnAdjustment: the caller belongs to the partner.
            AdjustmentAlreadyDecided: somebody was faster.
            AdjustmentNeedsAnother: above the sum another person must confirm.
        """
        return await self._decide(caller, adjustment_id, is_yes=True)

    async def drop(self, caller: Caller, adjustment_id: int) -> AdjustmentView:
        """Return the adjustment dropped; nothing has moved.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such adjustment.
            AdjustmentAlreadyDecided: somebody was faster.
        """
        return await self._decide(caller, adjustment_id, is_yes=False)

    async def _decide(self, caller: Caller, adjustment_id: int, *, is_yes: bool) -> AdjustmentView:
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, RIGHT, self._around.owners)
            asked = await self._get(work, adjustment_id)
            facts = new_facts(self._around)
            await load_enrolments(facts, work, [asked.enrolment_id])
            enrolment = facts.enrolments[asked.enrolment_id]
            partner = await work.partners.get(enrolment.partner_id)
            if is_yes:
                await self._check_not_own(work, caller, enrolment.partner_id)
            limit = self._limit(asked.currency)
            try:
                decided = (
                    book(asked, by=caller.person.id, at=facts.now, limit=limit)
                    if is_yes
                    else drop(asked, by=caller.person.id)
                )
            except AdjustmentAlreadyDecided as refusal:
                person = await work.people.get(asked.decided_by or 0)
                name = person.name if person else None
                raise AdjustmentAlreadyDecided(**refusal.facts, by_name=name) from None
            await work.adjustments.update([decided])
            if is_yes:
                _post(facts, decided, caller)
                _tell(facts, "adjustment", decided)
            await save_facts(facts, work)
            action = "adjustment_booked" if is_yes else "adjustment_dropped"
            await self._audit(work, caller, role.value, action, decided)
            view = await self._view(work, decided, partner, enrolment)
            await work.commit()
        return view

    async def undo(self, caller: Caller, adjustment_id: int) -> AdjustmentView:
        """Return the adjustment undone by an opposite one; a second press finds the same.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such adjustment.
            OwnAdjustment: the caller belongs to the partner.
            AdjustmentUndone: it was never booked, or is an undo itself.
            AdjustmentUndoTooLate: the time has passed.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, RIGHT, self._around.owners)
            booked = await self._get(work, adjustment_id)
            facts = new_facts(self._around)
            await load_enrolments(facts, work, [booked.enrolment_id])
            enrolment = facts.enrolments[booked.enrolment_id]
            partner = await work.partners.get(enrolment.partner_id)
            await self._check_not_own(work, caller, enrolment.partner_id)
            if await work.adjustments.undo_of(adjustment_id) is None:
                undo = opposite(booked, number=facts.new_id(), by=caller.person.id, at=facts.now)
                await work.adjustments.add(undo)
                _post(facts, undo, caller)
                _tell(facts, "adjustment_undone", undo)
                await save_facts(facts, work)
                await self._audit(work, caller, role.value, "adjustment_undone", booked)
            view = await self._view(work, booked, partner, enrolment)
            await work.commit()
        return replace(view, is_undone=True)

    async def _get(self, work: Work, adjustment_id: int) -> Adjustment:
        found = await work.adjustments.by_ids([adjustment_id])
        if not found:
            raise NotFound(adjustment=adjustment_id)
        return found[0]

    async def _check_not_own(self, work: Work, caller: Caller, partner_id: int) -> None:
        if await work.partners.role_of(caller.person.id, partner_id) is not None:
            raise OwnAdjustment

    async def _currency(self, work: Work, enrolment: Enrolment) -> str:
        """Return the currency of the balance; the program may be offered no more."""
        return (await work.ledger.accounts([enrolment.id]))[0].currency

    def _limit(self, currency: str) -> Money | None:
        limit = self._around.second_person_above
        if limit is None:
            return None
        return Money(int(limit.scaleb(decimals_of(currency))), currency)

    async def _view(
        self, work: Work, adjustment: Adjustment, partner: Partner | None, enrolment: Enrolment
    ) -> AdjustmentView:
        accounts = await work.ledger.accounts([enrolment.id])
        payable = next(row.figure for row in accounts if row.kind.value == "payable")
        person = await work.people.get(adjustment.decided_by or 0)
        asker = await work.people.get(adjustment.asked_by)
        return AdjustmentView(
            adjustment=adjustment,
            code=enrolment.code,
            partner_name=partner.name if partner else "",
            payable=Money(payable, adjustment.currency),
            needs_another=needs_another(adjustment, self._limit(adjustment.currency)),
            by_name=person.name if person else None,
            asked_by_name=asker.name if asker else None,
        )

    async def _audit(
        self, work: Work, caller: Caller, role: str, action: str, adjustment: Adjustment
    ) -> None:
        await work.audit.add(
            at=self._around.clock(),
            actor=caller.person.id,
            role=role,
            action=action,
            subject=f"adjustment:{adjustment.id}",
            details={
                "enrolment_id": adjustment.enrolment_id,
                "minor": adjustment.minor,
                "currency": adjustment.currency,
                "reason": adjustment.reason,
            },
        )


def _post(facts: Facts, adjustment: Adjustment, caller: Caller) -> None:
    facts.post(
        adjustment.enrolment_id,
        books.adjustment_booked(adjustment.minor),
        occurred_at=facts.now,
        actor=caller.person.id,
        adjustment_id=adjustment.id,
    )


def _tell(facts: Facts, kind: str, adjustment: Adjustment) -> None:
    facts.tell_admins(
        adjustment.enrolment_id,
        kind,
        {
            "minor": adjustment.minor,
            "currency": adjustment.currency,
            "reason": adjustment.reason,
            "payable_minor": facts.payable(adjustment.enrolment_id),
        },
    )
