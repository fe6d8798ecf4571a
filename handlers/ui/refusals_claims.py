"""The home of the words of refusals about claims and fraud holds."""

from datetime import datetime

from domain.entities.claim import ClaimStatus
from domain.entities.fraud import HoldStatus
from domain.errors import DomainError
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_claims import ClaimForm
from handlers.ui.claim_marks import claim_status, number_of
from handlers.ui.fraud_marks import hold_status
from handlers.ui.html import Html, code, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]


def _when(language: Language, facts: Facts, name: str) -> str:
    at = facts[name]
    return language.instant(at) if isinstance(at, datetime) else "—"


def _unreadable(language: Language, _facts: Facts) -> Html:
    return language.say(
        "I cannot read this. Send an e-mail such as {email}, a phone number such as {phone}, "
        "a date such as {date}, or an account ID.",
        email="anna@example.com",
        phone="+359 88 123 4567",
        date="2026-11-21",
    )


def _questions(language: Language, facts: Facts) -> Html:
    return language.say(
        "You have asked {limit} times in 24 hours, which is the limit. Next time: {at}.",
        limit=facts["limit"],
        at=_when(language, facts, "possible_at"),
    )


def _claims(language: Language, facts: Facts) -> Html:
    return language.say(
        "You have opened {limit} claims in 24 hours, which is the limit. Next time: {at}.",
        limit=facts["limit"],
        at=_when(language, facts, "possible_at"),
    )


def _open(language: Language, facts: Facts) -> Html:
    return language.say(
        "Staff have this question already: number {number}, answer by {at}.",
        number=number_of(int(str(facts["number"]))),
        at=_when(language, facts, "due_at"),
    )


def _yours(language: Language, facts: Facts) -> Html:
    return language.say(
        "This client is yours already, registered {at}.", at=_when(language, facts, "since")
    )


def _not_active(language: Language, _facts: Facts) -> Html:
    return language.say("The partner does not take part now, so it can be given no client.")


def _unknown(language: Language, _facts: Facts) -> Html:
    return language.say(
        "The client is not known yet. Wait until billing reports it, or reject the claim."
    )


def _reason(language: Language, _facts: Facts) -> Html:
    return language.say("A partner would lose the client: please give a reason in words.")


def _claim_decided(language: Language, facts: Facts) -> Html:
    status = claim_status(language, ClaimStatus(str(facts["status"])))
    return _by(language, facts, status)


def _hold_decided(language: Language, facts: Facts) -> Html:
    status = hold_status(language, HoldStatus(str(facts["status"])))
    if facts["status"] == HoldStatus.OPEN.value:
        return language.say(
            "A check is open already. Its card is in /queue: release it there, or confirm it."
        )
    return _by(language, facts, status)


def _by(language: Language, facts: Facts, status: Html) -> Html:
    if facts.get("by_name"):
        return language.say(
            "Already decided by {name}: {status}.",
            name=short(str(facts["by_name"]), 60),
            status=status,
        )
    return language.say("This cannot be changed any more: {status}.", status=status)


def _nothing(language: Language, facts: Facts) -> Html:
    return language.say(
        "The payment {id} has no commission that could be put on hold.",
        id=code(short(str(facts["payment"]), 128)),
    )


def _on_hold(language: Language, facts: Facts) -> Html:
    number = number_of(int(str(facts["number"])))
    if facts.get("is_confirmed"):
        return language.say(
            "Pay-outs are closed for you after a check by the vendor. If this is wrong, please "
            "ask the vendor and name check {number}.",
            number=number,
        )
    return lines(
        language.say("The vendor checks your account, so pay-outs wait meanwhile."),
        language.say(
            "What you earned stays yours, and you go on earning. You will be told here as soon "
            "as the check is over; check {number}, since {at}.",
            number=number,
            at=_when(language, facts, "since"),
        ),
    )


REFUSALS_OF_CLAIMS = {
    "client_unreadable": _unreadable,
    "too_many_questions": _questions,
    "too_many_claims": _claims,
    "claim_already_open": _open,
    "client_is_yours": _yours,
    "claimant_not_active": _not_active,
    "claim_client_unknown": _unknown,
    "reason_needed": _reason,
    "claim_already_decided": _claim_decided,
    "hold_already_decided": _hold_decided,
    "nothing_to_hold": _nothing,
    "payout_on_hold": _on_hold,
}


def claims_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the buttons under a refusal about claims; none for others."""
    if refusal.code == "client_unreadable":
        return ((Button(language.say("✖️ Cancel"), ClaimForm(step="cancel")),),)
    if refusal.code in ("too_many_questions", "too_many_claims"):
        return ((Button(language.say("📨 My claims"), Open(screen="claims")),),)
    if refusal.code == "payout_on_hold":
        return ((Button(language.say("💰 Balance"), Open(screen="balance")),),)
    return ()
