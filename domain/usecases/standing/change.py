"""The home of suspending, ending and reinstating a partner."""

from dataclasses import dataclass, replace

from domain.access import require_staff
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.people import Caller
from domain.entities.question import Author, Holder, LineKind
from domain.entities.standing import (
    STANDING_REASONS,
    STANDING_RIGHTS,
    STANDING_WORDS_MAX,
    StandingChange,
    StandingMove,
    StandingView,
)
from domain.errors import NotFound
from domain.intake.asking import Seat, add_move, tell_asker
from domain.intake.facts import Facts
from domain.intake.holds import new_facts, release_in
from domain.intake.load_partners import load_enrolments
from domain.intake.save import save_facts
from domain.ledger.accounts import sheet_of
from domain.ports.work import Work
from domain.rules.questions import handed_over
from domain.rules.standing import OwnPartner, StandingUnchanged, status_after
from domain.rules.team import TeamSuspended, check_team_may_change
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingDecision:
    """One press.

    Attributes:
        enrolment_id: The enrolment.
        move: What was pressed.
        reason_code: One of ``STANDING_REASONS``; an unknown one counts as ``other``.
        words: To the partner; may be empty.
    """

    enrolment_id: int
    move: StandingMove
    reason_code: str = "other"
    words: str = ""


class ChangeStanding:
    """Suspend a partner, end its part in a program, or reinstate it (A47, A48).

    - Suspended: links go on leading to the vendor, but nobody who registers counts; payments of
      its clients earn nothing; nothing is paid, converted or invited. What is held becomes
      payable in its time. Pay-outs asked for wait. The members still see everything.
    - Ended: as that, and the links stop; what clients asked the partner goes to the vendor, and
      they are told. Pay-outs asked for go on, the rest stays on the balance.
    - Reinstating undoes either: code, clients, tier and balance are as they were. What was paid
      or registered meanwhile is not made up for by itself.
    - Nobody decides about a partner one belongs to. All members are told, and it is audited.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def show(self, caller: Caller, code: str | int, move: StandingMove) -> StandingView:
        """Return what the move would touch; refused as the move is.

        Args:
            caller: Who asks.
            code: The code of any of the partner's links, or the id of its enrolment.
            move: What is to be done.
        """
        async with self._around.open_work() as work:
            await require_staff(work, caller, STANDING_RIGHTS[move], self._around.owners)
            enrolment = await self._enrolment(work, code)
            await self._may(work, caller, enrolment, move)
            await release_in(self._around, work, [enrolment.id])
            view = await self._view(work, enrolment.id)
            await work.commit()
        return view

    async def __call__(self, caller: Caller, decision: StandingDecision) -> StandingView:
        """Decide, and return how the partner stands then.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such enrolment.
            OwnPartner: the caller belongs to the partner.
            StandingUnchanged: it stands so already.
            LeftByItself: the partner left by its own act.
            NobodyLeft: nobody belongs to the partner any more.
        """
        move = decision.move
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, STANDING_RIGHTS[move], self._around.owners)
            enrolment = await self._enrolment(work, decision.enrolment_id)
            status = await self._may(work, caller, enrolment, move)
            facts = new_facts(self._around)
            change = self._change(facts, caller, enrolment, decision)
            await work.standings.add(change)
            await load_enrolments(facts, work, [enrolment.id])
            facts.enrolments.put(enrolment.id, replace(enrolment, status=status, left_at=None))
            if move is StandingMove.END:
                await self._hand_over(facts, work, caller, enrolment)
            await self._tell(facts, work, enrolment, change)
            await save_facts(facts, work)
            await self._close_invitations(facts, work, enrolment)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role=role.value,
                action=f"standing_{move.value}",
                subject=f"enrolment:{enrolment.id}",
                details={"from": enrolment.status.value, "reason": change.reason_code},
            )
            view = await self._view(work, enrolment.id)
            await work.commit()
        return view

    async def _enrolment(self, work: Work, code: str | int) -> Enrolment:
        enrolment_id = code if isinstance(code, int) else None
        if isinstance(code, str):
            enrolment_id = (await work.enrolments.by_codes([code.lower()])).get(code.lower())
        found = await work.enrolments.by_ids([enrolment_id] if enrolment_id else [])
        if not found:
            raise NotFound(code=code)
        return found[0]

    async def _may(
        self, work: Work, caller: Caller, enrolment: Enrolment, move: StandingMove
    ) -> EnrolmentStatus:
        if await work.partners.role_of(caller.person.id, enrolment.partner_id) is not None:
            raise OwnPartner
        members = await work.team.members(enrolment.partner_id)
        try:
            return status_after(enrolment, move, members=len(members))
        except StandingUnchanged as refusal:
            last = await work.standings.last(enrolment.id)
            person = await work.people.get(last.by) if last else None
            raise StandingUnchanged(
                **refusal.facts, by_name=person.name if person else None
            ) from None

    def _change(
        self, facts: Facts, caller: Caller, enrolment: Enrolment, decision: StandingDecision
    ) -> StandingChange:
        known = STANDING_REASONS[decision.move]
        return StandingChange(
            id=facts.new_id(),
            enrolment_id=enrolment.id,
            move=decision.move,
            was=enrolment.status,
            reason_code=decision.reason_code if decision.reason_code in known else "other",
            words=decision.words.strip()[:STANDING_WORDS_MAX],
            by=caller.person.id,
            at=facts.now,
        )

    async def _hand_over(
        self, facts: Facts, work: Work, caller: Caller, enrolment: Enrolment
    ) -> None:
        """Take what clients asked the partner: nobody would answer them any more (R46)."""
        for question in await work.questions.with_partner(enrolment.id):
            after = handed_over(question, Holder.VENDOR, at=facts.now)
            await work.questions.update(after)
            seat = Seat(Author.VENDOR, caller.person.id)
            await add_move(facts, work, after, seat, LineKind.TO_VENDOR)
            tell_asker(facts, after, "passed", Author.PARTNER)
            facts.tell_staff("question_opened", {"question_id": after.id})

    async def _tell(
        self, facts: Facts, work: Work, enrolment: Enrolment, change: StandingChange
    ) -> None:
        for member in await work.team.members(enrolment.partner_id):
            facts.tell_person(
                member.person_id,
                "partner_standing",
                {
                    "program": enrolment.program,
                    "move": change.move.value,
                    "reason_code": change.reason_code,
                    "words": change.words,
                    "role": member.role.value,
                },
            )

    async def _close_invitations(self, facts: Facts, work: Work, enrolment: Enrolment) -> None:
        """Take invitations into the team back where the partner takes part nowhere any more."""
        try:
            check_team_may_change(await work.partners.enrolments_of(enrolment.partner_id))
        except TeamSuspended:
            await work.team.cancel_of(enrolment.partner_id, None, facts.now)

    async def _view(self, work: Work, enrolment_id: int) -> StandingView:
        (enrolment,) = await work.enrolments.by_ids([enrolment_id])
        partner = await work.partners.get(enrolment.partner_id)
        if partner is None:
            raise NotFound(partner=enrolment.partner_id)
        accounts = list(await work.ledger.accounts([enrolment_id]))
        last = await work.standings.last(enrolment_id)
        person = await work.people.get(last.by) if last else None
        return StandingView(
            partner=partner,
            enrolment=enrolment,
            sheet=sheet_of(accounts[0].currency, accounts),
            affected=await work.standings.affected(enrolment_id),
            last=last,
            last_by=person.name if person else None,
        )
