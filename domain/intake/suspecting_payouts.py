"""The home of what looks wrong about a pay-out request, before any money is set aside."""

from domain.entities.fraud import SignalKind
from domain.entities.partner import Enrolment
from domain.entities.payout import Payout
from domain.intake.facts import Facts
from domain.ports.work import Work
from domain.rules.fraud import RequestPicture, signals_of_request


async def suspect_request(facts: Facts, work: Work, enrolment: Enrolment, payout: Payout) -> None:
    """Keep the signals of a request; saving the facts opens what they ask for.

    The account is compared by a keyed digest and remembered, so that the next request knows it.
    A signal that staff have decided about is not found again for the same account.
    """
    use = await work.fraud.use_account(enrolment.partner_id, payout.account, at=facts.now)
    cohort, is_first = await work.fraud.first_payouts(enrolment.program, but=enrolment.id)
    picture = RequestPicture(
        at=facts.now,
        minor=payout.amount.minor,
        use=use,
        joined=await work.fraud.joined(enrolment.partner_id),
        is_first=is_first,
        cohort=cohort,
    )
    for kind, details in signals_of_request(picture).items():
        is_first = kind is SignalKind.VELOCITY
        subject = "first" if is_first else f"account:{int(use.first_used_at.timestamp())}"
        figures = details | {"currency": payout.amount.currency} if is_first else details
        facts.suspect(kind, enrolment.id, subject, details=figures)
