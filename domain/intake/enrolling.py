"""The home of what every way of joining ends in: partner, enrolment, link, accounts (R30)."""

import secrets
from dataclasses import replace

from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.partner import Enrolment, EnrolmentStatus, LegalForm, Link, Partner
from domain.ids import code_from
from domain.ledger.accounts import Account, AccountKind
from domain.ports.work import Work
from domain.programs.model import Program
from domain.rights import MemberRole
from domain.rules.tiers import tier_at
from domain.surroundings import Surroundings

CODE_ATTEMPTS_MAX = 20


async def add_partner(
    around: Surroundings,
    work: Work,
    person_id: int,
    name: str,
    legal_form: LegalForm | None = None,
) -> int:
    """Make a partner with the person as its admin (R35); return its id."""
    now = around.clock()
    partner = Partner(
        id=around.new_id(),
        name=name,
        vendor_account_id=None,
        created_at=now,
        legal_form=legal_form,
    )
    await work.partners.add(partner)
    await work.partners.add_member(partner.id, person_id, MemberRole.ADMIN, now)
    return partner.id


async def come_back(
    around: Surroundings, work: Work, program: Program, left: Enrolment
) -> Enrolment:
    """Take up the enrolment that was left, under the rules that hold now."""
    enrolment = replace(
        left, status=EnrolmentStatus.ACTIVE, left_at=None, terms_version=program.version
    )
    await work.enrolments.update([enrolment])
    notice = Notice(
        id=around.new_id(),
        recipient=STAFF_CHAT,
        kind="partner_back",
        params={"code": enrolment.code, "program": enrolment.program},
        created_at=around.clock(),
    )
    await work.notices.add([notice])
    return enrolment


async def enrol(
    around: Surroundings,
    work: Work,
    program: Program,
    partner_id: int,
    *,
    accepted: int | None = None,
) -> Enrolment:
    """Let a partner take part in a program: code, link and accounts are made.

    Args:
        around: The surroundings.
        work: The transaction of the effect.
        program: The program.
        partner_id: The partner.
        accepted: Version of the rules that was accepted, ``None`` for the present one.
    """
    now = around.clock()
    lowest = tier_at(program.tiers, 0).level
    enrolment = Enrolment(
        id=around.new_id(),
        partner_id=partner_id,
        program=program.key,
        code=await _free_code(work),
        status=EnrolmentStatus.ACTIVE,
        terms_version=accepted or program.version,
        joined_at=now,
        tier=lowest.key if lowest else None,
    )
    await work.partners.add_enrolment(enrolment)
    await work.partners.add_link(Link(code=enrolment.code, enrolment_id=enrolment.id), now)
    await work.ledger.open_accounts(
        [
            Account(
                id=around.new_id(),
                enrolment_id=enrolment.id,
                kind=kind,
                currency=program.currency,
            )
            for kind in AccountKind
        ]
    )
    return enrolment


async def _free_code(work: Work) -> str:
    for _ in range(CODE_ATTEMPTS_MAX):
        code = code_from(secrets.token_bytes(16))
        if await work.partners.code_is_free(code):
            return code
    raise RuntimeError("no free referral code was found")
