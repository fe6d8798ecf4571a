"""The home of what looks wrong about events: rules are asked, signals are kept with the facts."""

from collections.abc import Mapping

from domain.entities.client import Client, Referral
from domain.entities.fraud import SignalKind
from domain.entities.payment import Commission, Payment
from domain.intake.facts import Facts
from domain.rules.fraud import is_last_second, is_refunded_after_payout


def note_self_referral(facts: Facts, client: Client, same: Mapping[int, tuple[str, ...]]) -> None:
    """Keep that a client is the partner by whose link it came (R4); it earns nothing."""
    for enrolment_id, traits in same.items():
        if traits:
            facts.suspect(
                SignalKind.SELF_REFERRAL,
                enrolment_id,
                f"client:{client.id}",
                client_id=client.id,
                details={"traits": list(traits)},
            )


def note_last_second(
    facts: Facts, commission: Commission, payment: Payment, referral: Referral
) -> None:
    """Keep that a client clicked right before its first payment."""
    standing = facts.referrals[referral.client_id, referral.program]
    seconds = is_last_second(standing, payment.paid_at)
    if seconds is not None:
        facts.suspect(
            SignalKind.LAST_SECOND,
            commission.enrolment_id,
            f"client:{referral.client_id}",
            client_id=referral.client_id,
            commission_id=commission.id,
            details={"seconds": seconds},
        )


def note_refund_after_payout(facts: Facts, commission: Commission, clawback: int) -> None:
    """Keep that a client got its money back after its partner was paid for it."""
    if is_refunded_after_payout(commission, clawback):
        facts.suspect(
            SignalKind.REFUNDED_AFTER_PAYOUT,
            commission.enrolment_id,
            f"commission:{commission.id}",
            client_id=commission.client_id,
            commission_id=commission.id,
            details={"minor": clawback, "currency": commission.currency},
        )
