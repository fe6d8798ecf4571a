"""The home of what a partner is told of its pay-outs."""

from collections.abc import Callable
from datetime import date

from domain.programs.model import Program
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_documents import OwnDocuments, StaffDocuments
from handlers.ui.document_marks import signed_reason
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import reject_reason, return_reason
from handlers.ui.notice_params import money_of
from handlers.ui.payout_card import number_of
from handlers.ui.screen import Button, Screen

Params = dict[str, object]
Words = Callable[[Language, Params, Program | None], Screen]
WORDS_LENGTH = 500


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
        language.say("✅ Your pay-out of <b>{amount}</b> has been sent.", amount=money_of(params)),
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
            amount=money_of(params),
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
            amount=money_of(params),
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
                amount=money_of(params),
            ),
            _words(language, params),
            say("The money is back on your balance; you can ask again."),
        )
        return Screen(text, _row(language, "balance", "withdraw"))
    text = lines(
        say("🟠 The bank sent your pay-out of <b>{amount}</b> back.", amount=money_of(params)),
        say("Reason: {reason}", reason=return_reason(language, str(code)))
        if code not in (None, "other")
        else None,
        _words(language, params),
        say("The money is back on your balance. Check the account and ask again."),
    )
    return Screen(text, _row(language, "balance", "withdraw"))


def _copy_accepted(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "🟢 The vendor accepted the documents of your pay-out of <b>{amount}</b>. It will be paid "
        "now.",
        amount=money_of(params),
    )
    return Screen(text, _row(language, "payouts"))


def _copy_refused(language: Language, params: Params, _program: Program | None) -> Screen:
    payout_id = int(str(params["payout_id"]))
    text = lines(
        language.say(
            "🔴 The vendor refused what you sent for your pay-out of <b>{amount}</b>: {reason}.",
            amount=money_of(params),
            reason=signed_reason(language, str(params["reason_code"])),
        ),
        _words(language, params),
        language.say("The pay-out still waits: please send it again."),
    )
    send = Button(
        language.say("📎 Send it again"), OwnDocuments(action="send", payout_id=payout_id)
    )
    return Screen(text, ((send,), *_row(language, "payouts")))


def _copy_came(language: Language, params: Params, _program: Program | None) -> Screen:
    payout_id = int(str(params["payout_id"]))
    text = language.say(
        "📎 A signed copy came for the pay-out {number}.", number=number_of(payout_id)
    )
    see = Button(language.say("📎 Check it"), StaffDocuments(action="copy", payout_id=payout_id))
    return Screen(text, ((see,),))


PAYOUT_WORDS: dict[str, Words] = {
    "payout_done": _done,
    "payout_rejected": _rejected,
    "payout_reopened": _reopened,
    "payout_returned": _returned,
    "signed_copy_accepted": _copy_accepted,
    "signed_copy_refused": _copy_refused,
    "signed_copy_came": _copy_came,
}
