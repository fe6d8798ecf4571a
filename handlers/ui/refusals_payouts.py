"""The home of the words of refusals about pay-outs."""

from domain.entities.payout import PayoutStatus
from domain.errors import DomainError
from domain.money import Money
from handlers.ui.callbacks import Open, PayoutForm
from handlers.ui.html import Html, bold, short
from handlers.ui.language import Language
from handlers.ui.marks import staff_payout_status
from handlers.ui.screen import Button, Rows
from handlers.ui.standing_words import own_partner

Facts = dict[str, object]
_OF_THE_PAYOUT_FORM = frozenset(
    {"payout_below_minimum", "payout_above_balance", "bad_payout_account"}
)


def _has_enough(facts: Facts) -> bool:
    """Test if the balance reaches the minimum, so that only the asked amount was too small."""
    payable, minimum = facts["payable"], facts["minimum"]
    return (
        isinstance(payable, Money)
        and isinstance(minimum, Money)
        and payable.minor >= minimum.minor
    )


def _below_minimum(language: Language, facts: Facts) -> Html:
    asked, minimum, payable = (facts[name] for name in ("asked", "minimum", "payable"))
    if isinstance(payable, Money) and isinstance(minimum, Money) and not _has_enough(facts):
        return language.say(
            "Pay-outs start at <b>{minimum}</b>. You have <b>{payable}</b>, so <b>{missing}</b> "
            "more is needed. It becomes possible as soon as the balance reaches the minimum.",
            minimum=minimum,
            payable=payable,
            missing=minimum - payable,
        )
    return language.say(
        "{asked} is less than the minimum of <b>{minimum}</b>. "
        "You can ask for any sum from {minimum} to {payable}.",
        asked=asked,
        minimum=minimum,
        payable=payable,
    )


def _above_balance(language: Language, facts: Facts) -> Html:
    return language.say(
        "{asked} is more than you have. You can ask for up to <b>{payable}</b> now.",
        asked=facts["asked"],
        payable=facts["payable"],
    )


def _not_active(language: Language, facts: Facts) -> Html:
    if facts.get("by_vendor"):
        return language.say(
            "Your participation was ended by the vendor, so nothing can be asked for. What you "
            "have earned stays. Please ask the vendor: /support"
        )
    if facts.get("status") == "ended":
        return language.say(
            "You have left this program. What you have earned stays; accept the rules again, "
            "and you can ask for it: /join"
        )
    return language.say(
        "Your participation is suspended, so pay-outs are stopped. "
        "What you have earned stays. Please ask the vendor."
    )


def _account_missing(language: Language, _facts: Facts) -> Html:
    return language.say(
        "First tell us <b>your own account ID</b> with the vendor. "
        "Your earnings are kept, but pay-outs need it: it shows that you do not refer yourself."
    )


def _bad_account_id(language: Language, facts: Facts) -> Html:
    return language.say(
        "This cannot be an account ID. Send 1 to {limit} letters, digits or signs on one line.",
        limit=facts["limit"],
    )


def _bad_payout_account(language: Language, facts: Facts) -> Html:
    say = language.say
    match facts["why"]:
        case "iban_country":
            return say(
                "This looks like an IBAN, but no country has the letters {country}. Check it and "
                "send it again.",
                country=bold(str(facts["country"])),
            )
        case "iban_length":
            return say(
                "This looks like an IBAN, but one that begins with {country} has {length} "
                "characters, and this one has {given}. Check it and send it again.",
                country=bold(str(facts["country"])),
                length=facts["length"],
                given=facts["given"],
            )
        case "iban_check":
            return say(
                "This looks like an IBAN, but its check digits do not fit: a character is wrong "
                "or two are exchanged. Check it and send it again."
            )
        case "digits":
            return say(
                "Nobody can pay to this. Send the number of an account, card or wallet, or the "
                "e-mail address of an account with a payment service."
            )
        case _:
            return say(
                "This cannot be an account to pay to. Send {least} to {most} characters, for "
                "example an IBAN or a card number with the holder’s name.",
                least=facts["least"],
                most=facts["most"],
            )


def _already_decided(language: Language, facts: Facts) -> Html:
    status = staff_payout_status(language, PayoutStatus(str(facts["status"])))
    if facts.get("by_name"):
        return language.say(
            "Already decided by {name}: {status}.",
            name=short(str(facts["by_name"]), 60),
            status=status,
        )
    return language.say("This pay-out cannot be changed any more: {status}.", status=status)


def _second_person(language: Language, facts: Facts) -> Html:
    if facts.get("is_approved"):
        return language.say(
            "Above {limit} two people are needed: you approved it, another person presses Done.",
            limit=facts["limit"],
        )
    return language.say(
        "Above {limit} two people are needed: one approves, another presses Done.",
        limit=facts["limit"],
    )


REFUSALS_OF_PAYOUTS = {
    "payout_below_minimum": _below_minimum,
    "payout_above_balance": _above_balance,
    "partner_not_active": _not_active,
    "vendor_account_missing": _account_missing,
    "bad_account_id": _bad_account_id,
    "bad_payout_account": _bad_payout_account,
    "payout_already_decided": _already_decided,
    "second_person_needed": _second_person,
    "own_payout": own_partner,
}


def payouts_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the buttons under a refusal about pay-outs; none for others."""
    if refusal.code == "vendor_account_missing":
        return ((Button(language.say("✏️ Enter my account ID"), Open(screen="account")),),)
    if refusal.code == "payout_below_minimum" and not _has_enough(refusal.facts):
        return ((Button(language.say("🔗 My link"), Open(screen="link")),),)
    if refusal.code in _OF_THE_PAYOUT_FORM:
        return ((Button(language.say("✖️ Cancel"), PayoutForm(step="cancel")),),)
    return ()
