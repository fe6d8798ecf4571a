"""The home of joining by accepting the rules (R30)."""

import secrets
from dataclasses import dataclass, replace

from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.partner import Enrolment, EnrolmentStatus, Link, Partner
from domain.entities.people import Caller
from domain.errors import DomainError, NotAllowed, NotFound
from domain.ids import code_from
from domain.ledger.accounts import Account, AccountKind
from domain.ports.work import Work
from domain.programs.model import JoiningMode, Program
from domain.rights import MemberRole
from domain.rules.tiers import tier_at
from domain.surroundings import Surroundings

CODE_ATTEMPTS_MAX = 20


class JoinsByApplication(DomainError):
    """The program wants an application, not a press."""

    code = "joins_by_application"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What joining ended in.

    Attributes:
        enrolment: The enrolment, new or standing.
        is_new: It was made by this press.
        is_back: A partner that had left takes part again by this press.
    """

    enrolment: Enrolment
    is_new: bool
    is_back: bool = False


class AcceptRules:
    """Let a person become a partner by pressing Activate.

    - The version of the rules that was accepted is kept (R30).
    - The person becomes admin of a new partner; only an admin takes its partner into one more
      program (A04).
    - A second press finds the same enrolment.
    - A partner that left by itself takes up the same enrolment: code, clients, balance.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, program_key: str) -> Joined:
        """Return the enrolment.

        Raises:
            NotFound: there is no such program.
            JoinsByApplication: the program wants an application.
            NotAllowed: the person is a member of a partner that is not in it, and no admin.
        """
        program = self._around.programs.get(program_key)
        if program is None:
            raise NotFound(program=program_key)
        if program.joining is not JoiningMode.ACCEPT_RULES:
            raise JoinsByApplication(program=program_key)
        async with self._around.open_work() as work:
            standing = await work.people.caller(caller.person.id)
            membership = standing.membership if standing else None
            partner_id = membership.partner_id if membership else 0
            enrolments = await work.partners.enrolments_of(partner_id) if partner_id else []
            own = next((row for row in enrolments if row.program == program_key), None)
            if own is not None and own.left_at is None:
                return Joined(enrolment=own, is_new=False)
            if membership is not None and membership.role is not MemberRole.ADMIN:
                raise NotAllowed(right="partner.admin")
            partner_id = partner_id or await self._add_partner(work, caller)
            if own is not None:
                enrolment = await self._come_back(work, program, own)
            else:
                enrolment = await self._enrol(work, program, partner_id)
            await work.people.choose_enrolment(caller.person.id, partner_id, program_key)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role="partner",
                action="rules_accepted",
                subject=f"enrolment:{enrolment.id}",
                details={"program": program_key, "version": program.version},
            )
            await work.commit()
        return Joined(enrolment=enrolment, is_new=own is None, is_back=own is not None)

    async def _add_partner(self, work: Work, caller: Caller) -> int:
        now = self._around.clock()
        partner = Partner(
            id=self._around.new_id(),
            name=caller.person.name,
            vendor_account_id=None,
            created_at=now,
        )
        await work.partners.add(partner)
        await work.partners.add_member(partner.id, caller.person.id, MemberRole.ADMIN, now)
        return partner.id

    async def _come_back(self, work: Work, program: Program, left: Enrolment) -> Enrolment:
        """Take up the enrolment that was left, under the rules that hold now."""
        enrolment = replace(
            left, status=EnrolmentStatus.ACTIVE, left_at=None, terms_version=program.version
        )
        await work.enrolments.update([enrolment])
        notice = Notice(
            id=self._around.new_id(),
            recipient=STAFF_CHAT,
            kind="partner_back",
            params={"code": enrolment.code, "program": enrolment.program},
            created_at=self._around.clock(),
        )
        await work.notices.add([notice])
        return enrolment

    async def _enrol(self, work: Work, program: Program, partner_id: int) -> Enrolment:
        now = self._around.clock()
        lowest = tier_at(program.tiers, 0).level
        enrolment = Enrolment(
            id=self._around.new_id(),
            partner_id=partner_id,
            program=program.key,
            code=await self._free_code(work),
            status=EnrolmentStatus.ACTIVE,
            terms_version=program.version,
            joined_at=now,
            tier=lowest.key if lowest else None,
        )
        await work.partners.add_enrolment(enrolment)
        await work.partners.add_link(Link(code=enrolment.code, enrolment_id=enrolment.id), now)
        await work.ledger.open_accounts(
            [
                Account(
                    id=self._around.new_id(),
                    enrolment_id=enrolment.id,
                    kind=kind,
                    currency=program.currency,
                )
                for kind in AccountKind
            ]
        )
        return enrolment

    async def _free_code(self, work: Work) -> str:
        for _ in range(CODE_ATTEMPTS_MAX):
            code = code_from(secrets.token_bytes(16))
            if await work.partners.code_is_free(code):
                return code
        raise RuntimeError("no free referral code was found")
