"""The home of moving a client by staff: history stays, from then on another partner earns (R5)."""

from dataclasses import dataclass

from domain.entities.client import Client, NotAttributed, Referral, ReferralMove
from domain.intake.activity import move_counts
from domain.intake.facts import Facts
from domain.intake.protecting import end_others
from domain.programs.model import Program
from domain.rules.commission import earns_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A decision of staff about whose a client is.

    Attributes:
        to: The enrolment that has it from now on; ``None`` for nobody.
        actor: Telegram user id of who moved it: a member of staff, the client itself, or the
            member who pinned its account.
        reason_code: Coded reason.
        reason_text: The words of staff; may be empty.
        claim_id: The claim that it decides, or ``None``.
        is_final: Clicks decide nothing any more; not so where a mistyped account is released.
    """

    to: int | None
    actor: int
    reason_code: str
    reason_text: str = ""
    claim_id: int | None = None
    is_final: bool = True


def attach(facts: Facts, client: Client, program: Program, attachment: Attachment) -> int | None:
    """Give the client to a partner; return the enrolment that had it before, or ``None``.

    What was paid before stays with the old partner; it loses the client from its count of paying
    clients, and the new one gains it with the first payment that counts for it.
    """
    before = facts.referrals.get((client.id, program.key))
    had = before.enrolment_id if before else None
    if before is not None and had == attachment.to:
        return had
    end_others(facts, client.id, attachment.to)
    after = _after(facts, client, program, before, attachment)
    if before is None:
        facts.referrals.add((client.id, program.key), after)
    else:
        facts.referrals.put((client.id, program.key), after)
    _count(facts, client, before, -1)
    _count(facts, client, after, 1)
    facts.moves.append(
        ReferralMove(
            id=facts.new_id(),
            client_id=client.id,
            program=program.key,
            from_enrolment_id=had,
            to_enrolment_id=attachment.to,
            at=facts.now,
            actor=attachment.actor,
            reason_code=attachment.reason_code,
            reason_text=attachment.reason_text,
            claim_id=attachment.claim_id,
        )
    )
    return had


def _count(facts: Facts, client: Client, referral: Referral | None, by: int) -> None:
    """Add the client to the figures of its partner, or take it away."""
    if referral is None or referral.enrolment_id is None:
        return
    pays, works = by * bool(referral.live_payments), by * client.is_active
    day = facts.count(referral.enrolment_id, referral.code, referral.registered_at)
    day.registrations += by
    day.paying_clients += pays
    if pays or works:
        move_counts(facts, referral.enrolment_id, paying=pays, active=works, is_move=True)


def _after(
    facts: Facts,
    client: Client,
    program: Program,
    before: Referral | None,
    attachment: Attachment,
) -> Referral:
    to = attachment.to
    own = [row for row in facts.payments_of(client.id) if to and row.enrolment_id == to]
    return Referral(
        id=before.id if before else facts.new_id(),
        client_id=client.id,
        program=program.key,
        enrolment_id=to,
        reason=None if to else NotAttributed.DETACHED,
        code=facts.enrolments[to].code if to else None,
        first_click_at=None,
        registered_at=before.registered_at if before else client.registered_at,
        earns_until=earns_until(program.at(client.registered_at), client.registered_at)
        if to
        else None,
        live_payments=sum(row.is_live for row in own),
        by_staff=attachment.is_final,
    )
