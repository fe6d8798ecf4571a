"""The home of counted clients: who pays, who is active, and the tier that follows (R9)."""

from dataclasses import replace
from datetime import datetime

from domain.entities.client import Client
from domain.entities.partner import Enrolment
from domain.entities.payment import Payment
from domain.intake.facts import Facts
from domain.programs.model import Program
from domain.rules.tiers import TierProgress, counted_clients, tier_at


def change_client(facts: Facts, after: Client) -> None:
    """Put the next state of a client, and count it where it became or ceased to be active."""
    before = facts.clients[after.id]
    facts.clients.put(after.id, after)
    if before.is_active == after.is_active:
        return
    for referral in facts.referrals_of(after.id):
        if referral.enrolment_id is not None:
            move_counts(facts, referral.enrolment_id, active=1 if after.is_active else -1)


def move_counts(
    facts: Facts, enrolment_id: int, *, paying: int = 0, active: int = 0, is_move: bool = False
) -> None:
    """Add to an enrolment's counts, move its tier up or down, and tell the partner.

    ``is_move`` tells that staff moved a client, so that the notice gives no other cause.
    """
    before = facts.enrolments[enrolment_id]
    after = replace(
        before,
        paying_clients=before.paying_clients + paying,
        active_clients=before.active_clients + active,
    )
    after = replace(after, entitled_since=_entitled_since(after, facts))
    program = facts.programs.get(before.program)
    if program is None:
        facts.enrolments.put(enrolment_id, after)
        return
    progress = tier_at(program.tiers, counted_clients(after, program.tier_basis))
    tier = progress.level.key if progress.level else None
    facts.enrolments.put(enrolment_id, replace(after, tier=tier))
    if tier != before.tier:
        _tell_tier(facts, before, program, progress, is_move=is_move)
    if program.free_products and bool(after.entitled_since) != bool(before.entitled_since):
        kind = "entitlement_started" if after.entitled_since else "entitlement_ended"
        facts.tell_admins(enrolment_id, kind, {})


def _entitled_since(enrolment: Enrolment, facts: Facts) -> datetime | None:
    """Return since when the partner has had an active client without a break (R25)."""
    return (enrolment.entitled_since or facts.now) if enrolment.active_clients > 0 else None


def tell_below_tiers(facts: Facts, payment: Payment, client: Client, terms: Program) -> None:
    """Tell the partner that a payment earned nothing, and what is missing to the first tier."""
    enrolment_id = payment.enrolment_id or 0
    count = counted_clients(facts.enrolments[enrolment_id], terms.tier_basis)
    progress = tier_at(terms.tiers, count)
    facts.tell_admins(
        enrolment_id,
        "below_tiers",
        {
            "client": client.name,
            "client_id": client.id,
            "payment_minor": payment.minor,
            "payment_currency": payment.currency,
            "following": progress.following.key if progress.following else None,
            "missing_clients": progress.missing_clients,
            "basis": terms.tier_basis.value,
        },
    )


def _tell_tier(
    facts: Facts, before: Enrolment, program: Program, progress: TierProgress, *, is_move: bool
) -> None:
    keys = [None, *(level.key for level in program.tiers)]
    tier = progress.level.key if progress.level else None
    standing = keys.index(before.tier) if before.tier in keys else 0
    facts.tell_admins(
        before.id,
        "tier_reached" if keys.index(tier) > standing else "tier_lost",
        {
            "tier": tier,
            "is_move": is_move,
            "following": progress.following.key if progress.following else None,
            "missing_clients": progress.missing_clients,
            "basis": program.tier_basis.value,
        },
    )
