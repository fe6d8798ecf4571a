"""The home of what keeps a payment from counting until people have mended it (R7, R12)."""

from collections.abc import Sequence

from domain.entities.client import Referral
from domain.events.types import PaymentSucceeded
from domain.intake.facts import Facts
from domain.intake.pinned import client_for, referrals_once_settled
from domain.intake.verdict import Verdict, waits_for_staff, wrong_exchange
from domain.money import SAME_CURRENCY
from domain.programs.model import Program
from domain.rules.commission import knows_category


def referral_for(own: Sequence[Referral], program: str | None) -> Referral | None:
    """Return the referral that a payment counts for: of its program, else the oldest (R5)."""
    if program is not None:
        return next((referral for referral in own if referral.program == program), None)
    attributed = [referral for referral in own if referral.enrolment_id is not None]
    return next(iter(attributed or own), None)


def obstacle_of(facts: Facts, event: PaymentSucceeded, program: Program) -> Verdict | None:
    """Return what people must mend before the payment can count, or why it never can."""
    if event.currency == program.currency:
        if event.exchange not in (None, SAME_CURRENCY):
            return wrong_exchange(program.currency)
    elif event.exchange is None:
        return waits_for_staff(
            "exchange_rate",
            "data.exchange_rate",
            f"is required: {event.currency} is not the program's currency {program.currency}",
        )
    unknown = unmapped(facts, event, program)
    if unknown:
        return waits_for_staff(
            "category",
            "data.lines" if event.has_lines else "data.category",
            f"the program has no rate for {unknown[0] or 'a payment without category'}",
        )
    return None


def unmapped(facts: Facts, event: PaymentSucceeded, program: Program) -> list[str | None]:
    """Return the categories that no rate row speaks of and nobody has mapped (R7)."""
    rates = program.at(event.paid_at).rates
    return [
        line.category
        for line in event.lines
        if rates and not knows_category(rates, facts.category_for(program.key, line.category))
    ]


def program_of(facts: Facts, event: PaymentSucceeded) -> Program | None:
    """Return the program that a payment would earn in, ``None`` for no partner's client."""
    client = client_for(facts, event.client_id, event.account_id)
    own = referrals_once_settled(facts, client, event.account_id) if client else []
    referral = referral_for(own, event.program)
    if referral is None or referral.enrolment_id is None:
        return None
    return facts.programs.get(referral.program)
