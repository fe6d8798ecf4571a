"""The home of the words of notices about corrections, conversions and their bonuses."""

from domain.programs.model import Program
from handlers.ui.callbacks import Open, Why
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.notice_params import NAME_LENGTH, client_of, money_of
from handlers.ui.screen import Button, Screen

Params = dict[str, object]
REASON_LENGTH = 500


def _balance(language: Language) -> Button:
    return Button(language.say("💰 Balance"), Open(screen="balance"))


def why_button(language: Language, params: Params) -> tuple[Button, ...]:
    """Return the way to the story of the notice's commission; older notices do not name it."""
    number = params.get("commission_id")
    if number is None:
        return ()
    why = Why(what="commission", id=int(str(number)))
    return (Button(language.say("❓ Why this sum?"), why),)


def _adjusted(language: Language, params: Params, _program: Program | None) -> Screen:
    amount = money_of(params)
    say = language.say
    head = (
        say("⚖️ The vendor added <b>{amount}</b> to your balance.", amount=amount)
        if amount.minor > 0
        else say("⚖️ The vendor took <b>{amount}</b> off your balance.", amount=-amount)
    )
    return _with_reason(language, params, head)


def _undone(language: Language, params: Params, _program: Program | None) -> Screen:
    amount = money_of(params)
    say = language.say
    head = (
        say("⚖️ A correction was taken back: <b>{amount}</b> more for you.", amount=amount)
        if amount.minor > 0
        else say("⚖️ A correction was taken back: <b>{amount}</b> less for you.", amount=-amount)
    )
    return _with_reason(language, params, head)


def _with_reason(language: Language, params: Params, head: Html) -> Screen:
    say, payable = language.say, money_of(params, "payable_minor")
    text = lines(
        head,
        say("Reason: {reason}", reason=short(str(params["reason"]), REASON_LENGTH)),
        say("Payable now: {amount}", amount=payable),
        say("What you earn next fills the gap first.") if payable.minor < 0 else None,
    )
    return Screen(text, ((_balance(language),),))


def _converted(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "💳 {name} converted {amount} into <b>{credit}</b> of credit.",
        name=short(str(params["by"]), NAME_LENGTH),
        amount=money_of(params),
        credit=money_of(params, "credit_minor"),
    )
    why = Why(what="conversion", id=int(str(params["conversion_id"])))
    return Screen(text, ((Button(language.say("❓ Why this sum?"), why), _balance(language)),))


def _credit_reduced(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "💳 {name} got a refund for a payment whose commission you had converted. Its bonus of "
        "<b>{amount}</b> was taken off your credit.",
        name=client_of(params),
        amount=money_of(params),
    )
    return Screen(text, ((*why_button(language, params), _balance(language)),))


def _credit_restored(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "💳 {name}’s payment stands again: the bonus of <b>{amount}</b> is back on your credit.",
        name=client_of(params),
        amount=money_of(params),
    )
    return Screen(text, ((*why_button(language, params), _balance(language)),))


MONEY_WORDS = {
    "adjustment": _adjusted,
    "adjustment_undone": _undone,
    "conversion": _converted,
    "credit_reduced": _credit_reduced,
    "credit_restored": _credit_restored,
}
