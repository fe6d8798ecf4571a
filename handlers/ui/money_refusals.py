"""The home of the words of refusals about conversions and corrections of balances."""

from domain.errors import DomainError
from domain.money import Money
from handlers.ui.callbacks import ConvertForm, Open
from handlers.ui.html import Html, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]
OF_THE_CONVERSION_FORM = frozenset({"conversion_above_balance"})


def money_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the buttons under a refusal about these things; none for others."""
    if refusal.code == "conversion_account_missing":
        return ((Button(language.say("✏️ Enter my account ID"), Open(screen="account")),),)
    if refusal.code == "conversion_changed":
        return ((Button(language.say("🔄 Calculate again"), Open(screen="convert")),),)
    if refusal.code == "nothing_to_convert":
        return ((Button(language.say("💰 Balance"), Open(screen="balance")),),)
    if refusal.code in OF_THE_CONVERSION_FORM:
        return ((Button(language.say("✖️ Cancel"), ConvertForm(step="cancel")),),)
    return ()


def _not_offered(language: Language, _facts: Facts) -> Html:
    return language.say(
        "This program does not turn earnings into credit. You can withdraw them: /withdraw"
    )


def _not_active(language: Language, _facts: Facts) -> Html:
    return language.say(
        "Your participation is suspended, so nothing can be converted. "
        "What you have earned stays. Please ask the vendor."
    )


def _account_missing(language: Language, _facts: Facts) -> Html:
    return language.say(
        "First tell us <b>your own account ID</b> with the vendor: that is where the credit goes. "
        "Your earnings are kept until then."
    )


def _nothing(language: Language, facts: Facts) -> Html:
    payable = facts["payable"]
    if isinstance(payable, Money) and payable.minor < 0:
        return language.say(
            "Your balance is {payable}, so there is nothing to convert. What you earn next fills "
            "the gap first; you can convert what comes after it.",
            payable=payable,
        )
    return language.say(
        "There is nothing to convert yet. You can convert any sum as soon as a commission is on "
        "your balance."
    )


def _above_balance(language: Language, facts: Facts) -> Html:
    return language.say(
        "{asked} is more than you have. You can convert up to <b>{payable}</b> now.",
        asked=facts["asked"],
        payable=facts["payable"],
    )


def _changed(language: Language, facts: Facts) -> Html:
    return language.say(
        "Something came in between, and the credit would be <b>{credit}</b> now. Nothing was "
        "converted: please look at it again.",
        credit=facts["credit"],
    )


def _bad_reason(language: Language, facts: Facts) -> Html:
    return language.say(
        "Please write the reason in {least} to {most} characters: the partner will read it.",
        least=facts["least"],
        most=facts["most"],
    )


def _own_adjustment(language: Language, _facts: Facts) -> Html:
    return language.say("You belong to this partner, so somebody else must correct its balance.")


def _adjustment_decided(language: Language, facts: Facts) -> Html:
    is_booked = facts["status"] == "booked"
    name = short(str(facts.get("by_name") or "—"), 60)
    if is_booked:
        return language.say("{name} has already confirmed it.", name=name)
    return language.say("{name} has already cancelled it. Nothing was booked.", name=name)


def _needs_another(language: Language, facts: Facts) -> Html:
    return language.say(
        "Above {limit} two people are needed: you asked for it, another person confirms it.",
        limit=facts["limit"],
    )


def _adjustment_undone(language: Language, _facts: Facts) -> Html:
    return language.say("There is nothing to undo here: this correction does not stand.")


def _undo_too_late(language: Language, facts: Facts) -> Html:
    return language.say_many(
        "Undo was possible for {count} minute only. Enter the opposite sum with /adjust.",
        "Undo was possible for {count} minutes only. Enter the opposite sum with /adjust.",
        int(str(facts["minutes"])),
    )


MONEY_REFUSALS = {
    "conversion_not_offered": _not_offered,
    "conversion_not_active": _not_active,
    "conversion_account_missing": _account_missing,
    "nothing_to_convert": _nothing,
    "conversion_above_balance": _above_balance,
    "conversion_changed": _changed,
    "bad_reason": _bad_reason,
    "own_adjustment": _own_adjustment,
    "adjustment_already_decided": _adjustment_decided,
    "adjustment_needs_another": _needs_another,
    "adjustment_undone": _adjustment_undone,
    "adjustment_undo_too_late": _undo_too_late,
}
