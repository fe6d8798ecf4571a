"""The home of a member leaving its partner, and of what is erased then."""

from datetime import datetime

from domain.access import NotAPartner
from domain.applying import forget_applications
from domain.entities.client import ERASED_NAME
from domain.entities.people import Caller, Membership
from domain.errors import DomainError
from domain.filing import erase_own_dossiers, remove_files
from domain.giving_up import NOTHING_LEFT, MoneyLeft, money_left
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rights import MemberRole
from domain.surroundings import Surroundings


class LastAdminHasMoney(DomainError):
    """The last admin of a partner cannot go while there is money, or a debt.

    ``ways`` are what is open now; ``may_give_up`` tells that the money may be given up.
    """

    code = "last_admin_has_money"


class LastAdminHasTeam(DomainError):
    """The last admin of a partner cannot leave users without an admin."""

    code = "last_admin_has_team"


class LeavePartner:
    """Let a member leave its partner and be forgotten (A52, A63).

    - The last admin stays while the balance is not zero, or while there are users: somebody else
      becomes admin first, or the money is withdrawn.
    - Where no way to the money is open now, the last admin may give it up, in so many words: the
      sums stay in the books of the ended partner, staff are told and it is audited.
    - With its last member a partner ends: its links bring nobody any more.
    - Name, user name, settings, notices and forms go. The books, pay-outs and the audit trail
      stay as the law on accounting asks, with the number of the Telegram account only.
    - Papers of an application that led to no partner are erased; those of a partner that ends are
      kept for the configured time and then erased.
    - A partner that is named after who leaves takes the name of its oldest admin.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def check(self, caller: Caller) -> None:
        """Test if the person may leave now.

        Raises:
            NotAPartner: the person belongs to no partner.
            LastAdminHasMoney: it is the last admin, and the balance is not zero.
            LastAdminHasTeam: it is the last admin, and there are users.
        """
        async with self._around.open_work.read() as work:
            await self._may_leave(work, caller, gives_up=False)

    async def money(self, caller: Caller) -> MoneyLeft:
        """Return the money that leaving would give up; refused as ``check`` refuses without it."""
        async with self._around.open_work.read() as work:
            _, _, left = await self._may_leave(work, caller, gives_up=True)
        return left

    async def __call__(self, caller: Caller, *, give_up: int | None = None) -> None:
        """Leave; refused as ``check`` refuses.

        Args:
            caller: Who leaves.
            give_up: The mark of the money that was shown and is given up, ``None`` for none.
        """
        person_id, now = caller.person.id, self._around.clock()
        async with self._around.open_work() as work:
            partner_id, others, left = await self._may_leave(
                work, caller, gives_up=give_up is not None
            )
            if give_up is not None and left.mark != give_up:
                raise _has_money(left)
            if left.amounts:
                await self._give_up(work, partner_id, left, now)
            await work.privacy.leave(partner_id, person_id, at=now)
            await work.team.cancel_of(partner_id, person_id if others else None, now)
            if not others:
                await work.privacy.end_partner(partner_id, ERASED_NAME)
                await self._close_papers(work, partner_id)
            elif (partner := await work.partners.get(partner_id)) and (
                partner.name == caller.person.name
            ):
                admins = [name for name, role in others if role is MemberRole.ADMIN]
                await work.privacy.rename_partner(partner_id, admins[0] or ERASED_NAME)
            await work.audit.add(
                at=now,
                actor=None,
                role="partner",
                action="member_left" if others else "partner_left",
                subject=f"partner:{partner_id}",
                details={},
            )
            file_ids = await forget_applications(work, person_id, at=now, with_decided=not others)
            await self._forget(work, person_id)
            file_ids += await erase_own_dossiers(work, person_id, at=now)
            await work.commit()
        await remove_files(self._around, file_ids)
        # No index finds these: this one waits for nobody and nobody waits for it.
        async with self._around.open_work(books=False) as work:
            await work.privacy.forget_forms(person_id)
            if not others:
                ended = await work.partners.enrolments_of(partner_id)
                await work.privacy.forget_words([enrolment.code for enrolment in ended])
            await work.commit()

    async def _may_leave(
        self, work: Work, caller: Caller, *, gives_up: bool
    ) -> tuple[int, list[tuple[str, MemberRole]], MoneyLeft]:
        """Return the partner, its other members, and the money that nobody would have."""
        standing = await work.people.caller(caller.person.id)
        membership: Membership | None = standing.membership if standing else None
        if membership is None:
            raise NotAPartner
        others = list(await work.privacy.others(membership.partner_id, caller.person.id))
        is_last = membership.role is MemberRole.ADMIN and not any(
            role is MemberRole.ADMIN for _, role in others
        )
        if not is_last:
            return membership.partner_id, others, NOTHING_LEFT
        left = await money_left(self._around, work, membership.partner_id)
        if left.amounts and not (gives_up and left.may_give_up):
            raise _has_money(left)
        if others:
            raise LastAdminHasTeam(count=len(others))
        return membership.partner_id, others, left

    async def _give_up(self, work: Work, partner_id: int, left: MoneyLeft, now: datetime) -> None:
        """Tell staff whose money nobody will ask for any more."""
        facts = new_facts(self._around)
        own = await work.partners.enrolments_of(partner_id)
        amounts = [[amount.minor, amount.currency] for amount in left.amounts]
        facts.tell_staff("money_given_up", {"code": own[0].code, "amounts": amounts})
        await save_facts(facts, work)
        await work.audit.add(
            at=now,
            actor=None,
            role="partner",
            action="money_given_up",
            subject=f"partner:{partner_id}",
            details={"amounts": amounts},
        )

    async def _close_papers(self, work: Work, partner_id: int) -> None:
        partner = await work.partners.get(partner_id)
        if partner is not None and partner.dossier_id is not None:
            await work.papers.close(partner.dossier_id, at=self._around.clock())

    async def _forget(self, work: Work, person_id: int) -> None:
        await work.preferences.forget(person_id)
        await work.questions.forget_person(person_id)
        await work.notices.forget_recipient(person_id)
        await work.mails.forget_person(person_id)
        standing = await work.people.caller(person_id)
        is_more = standing is not None and (
            standing.membership or standing.staff_role or standing.client_id
        )
        if not is_more and person_id not in self._around.owners:
            await work.people.forget(person_id)


def _has_money(left: MoneyLeft) -> LastAdminHasMoney:
    return LastAdminHasMoney(
        amount=left.amounts[0] if left.amounts else None,
        amounts=left.amounts,
        ways=left.ways,
        may_give_up=left.may_give_up,
    )
