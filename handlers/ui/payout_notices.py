"""The home of what a partner is told of its pay-outs."""

from collections.abc import Callable
from datetime import date

from domain.money import Money
from domain.programs.model import Program
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import reject_reason, return_reason
from handlers.ui.screen import Button, Screen

Params = dict[str, object]
Words = Callable[[Language, Params, Program | None], Screen]
WORDS_LENGTH = 500


def _money(params: Params) -> Money:
    return Money(int(str(params["minor"])), str(params["currency"]))


def _words(language: Language, params: Params) -> Html | None:
    words = short(str(params["reason_text"] or ""), WORDS_LENGTH)
    return language.say("“{words}”", words=words) if words else None


def _row(language: Language, *screens: str) -> tuple[tuple[Button, ...], ...]:
    names = {
        "balance": language.say("💰 Balance"),
        "withdraw": language.say("💸 Withdraw"),
        "payouts": language.say("📤 Pay-outs"),
    }
    return (tuple(Button(names[screen], Open(screen=screen)) for screen in screens),)


def _done(language: Language, params: Params, _program: Program | None) -> Screen:
    paid_on = params.get("paid_on")
    text = lines(
        language.say("✅ Your pay-out of <b>{amount}</b> has been sent.", amount=_money(params)),
        language.say(
            "Date of the payment: {date}",
            date=language.day(date.fromisoformat(str(paid_on))),
        )
        if paid_on
        else None,
    )
    return Screen(text, _row(language, "balance", "payouts"))


def _rejected(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say(
            "❌ Your pay-out of <b>{amount}</b> was rejected: {reason}.",
            amount=_money(params),
            reason=reject_reason(language, str(params["reason_code"])),
        ),
        _words(language, params),
        language.say("The money is back on your balance; you can ask again."),
    )
    return Screen(text, _row(language, "balance", "withdraw"))


def _reopened(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say(
            "🟡 Your pay-out of <b>{amount}</b> is being processed again: the rejection was taken "
            "back.",
            amount=_money(params),
        ),
        language.say("You need not ask again; you will be told when it is paid."),
    )
    return Screen(text, _row(language, "balance", "payouts"))


def _returned(language: Language, params: Params, _program: Program | None) -> Screen:
    say, code = language.say, params["reason_code"]
    if code == "mistake":
        text = lines(
            say(
                "🟠 Your pay-out of <b>{amount}</b> was marked as sent by mistake; it was not.",
                amount=_money(params),
            ),
            _words(language, params),
            say("The money is back on your balance; you can ask again."),
        )
        return Screen(text, _row(language, "balance", "withdraw"))
    text = lines(
        say("🟠 The bank sent your pay-out of <b>{amount}</b> back.", amount=_money(params)),
        say("Reason: {reason}", reason=return_reason(language, str(code)))
        if code not in (None, "other")
        else None,
        _words(language, params),
        say("The money is back on your balance. Check the account and ask again."),
    )
    return Screen(text, _row(language, "balance", "withdraw"))


PAYOUT_WORDS: dict[str, Words] = {
    "payout_done": _done,
    "payout_rejected": _rejected,
    "payout_reopened": _reopened,
    "payout_returned": _returned,
}
