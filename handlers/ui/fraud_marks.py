"""The home of the words for signals of fraud, holds and their reasons."""

from collections.abc import Callable

from domain.entities.fraud import HoldScope, HoldStatus, Signal, SignalKind
from domain.money import Money
from handlers.ui.html import Html, safe
from handlers.ui.language import Language


def hold_status(language: Language, status: HoldStatus) -> Html:
    """Return mark and word of a hold's status."""
    say = language.say
    match status:
        case HoldStatus.NOTED:
            return say("👀 noted, nothing is held")
        case HoldStatus.OPEN:
            return say("🟠 on hold")
        case HoldStatus.RELEASED:
            return say("🟢 released")
        case HoldStatus.CONFIRMED:
            return say("🔴 confirmed as fraud")


def hold_title(language: Language, scope: HoldScope) -> Html:
    """Return what a hold is about."""
    say = language.say
    match scope:
        case HoldScope.REGISTRATION:
            return say("a registration that may be the partner itself")
        case HoldScope.COMMISSION:
            return say("a commission")
        case HoldScope.ENROLMENT:
            return say("all pay-outs of a partner")


def trait_name(language: Language, trait: str) -> Html:
    """Return what a client and a partner have in common."""
    say = language.say
    names = {
        "telegram": say("the same person in Telegram"),
        "email": say("the same e-mail"),
        "phone": say("the same phone number"),
        "tax_id": say("the same tax number"),
        "account": say("made from the partner’s own account"),
    }
    return names.get(trait) or safe(trait)


def _figure(signal: Signal, name: str) -> int:
    return int(str(signal.details.get(name, 0)))


def _money(signal: Signal, name: str) -> Money:
    return Money(_figure(signal, name), str(signal.details.get("currency", "USD")))


def signal_words(language: Language, signal: Signal) -> Html:
    """Return what looked wrong, with its figures."""
    return _SIGNALS[signal.kind](language, signal)


def _self_referral(language: Language, signal: Signal) -> Html:
    traits = signal.details.get("traits")
    names = traits if isinstance(traits, list) else []
    told = Html(", ".join(trait_name(language, str(trait)) for trait in names))
    return language.say("The client looks like the partner itself: {traits}", traits=told)


def _shared_account(language: Language, signal: Signal) -> Html:
    return language.say_many(
        "{count} other partner is paid to the same account",
        "{count} other partners are paid to the same account",
        _figure(signal, "partners"),
    )


def _takeover(language: Language, signal: Signal) -> Html:
    return language.say_many(
        "A new account to pay to and a new member within {count} hour of the request",
        "A new account to pay to and a new member within {count} hours of the request",
        _figure(signal, "hours"),
    )


def _velocity(language: Language, signal: Signal) -> Html:
    return language.say(
        "The first pay-out is {amount}; half of the others began with {median} or less",
        amount=_money(signal, "minor"),
        median=_money(signal, "median"),
    )


def _flood(language: Language, signal: Signal) -> Html:
    return language.say_many(
        "{count} visit in a day, and what came of them: {came}",
        "{count} visits in a day, and what came of them: {came}",
        _figure(signal, "clicks"),
        came=language.number(_figure(signal, "came")),
    )


def _last_second(language: Language, signal: Signal) -> Html:
    return language.say_many(
        "A client clicked {count} second before its first payment",
        "A client clicked {count} seconds before its first payment",
        _figure(signal, "seconds"),
    )


def _refund_rate(language: Language, _signal: Signal) -> Html:
    return language.say("Refunds take far more of its commissions than of other partners’")


def _refunded(language: Language, signal: Signal) -> Html:
    return language.say(
        "A client was refunded after the pay-out: {amount}", amount=_money(signal, "minor")
    )


_SIGNALS: dict[SignalKind, Callable[[Language, Signal], Html]] = {
    SignalKind.SELF_REFERRAL: _self_referral,
    SignalKind.SHARED_ACCOUNT: _shared_account,
    SignalKind.PAYOUT_TAKEOVER: _takeover,
    SignalKind.VELOCITY: _velocity,
    SignalKind.CLICK_FLOOD: _flood,
    SignalKind.LAST_SECOND: _last_second,
    SignalKind.REFUND_RATE: _refund_rate,
    SignalKind.REFUNDED_AFTER_PAYOUT: _refunded,
}


def release_reason(language: Language, code: str | None) -> Html:
    """Return the words of a coded reason of a release."""
    say = language.say
    words = {
        "explained": say("the partner explained it"),
        "mistake": say("it was a false alarm"),
        "verified": say("the details were verified"),
    }
    return words.get(code or "") or say("other")


def confirm_reason(language: Language, code: str | None) -> Html:
    """Return the words of a coded reason of a confirmation."""
    say = language.say
    words = {
        "self_dealing": say("the client is the partner itself"),
        "fake_clients": say("the clients are not real"),
        "stolen_account": say("somebody else acts in the partner’s name"),
        "rules": say("forbidden ways of promotion"),
    }
    return words.get(code or "") or say("other")
