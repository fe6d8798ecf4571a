"""The home of the words of statements and reminders."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from domain.entities.statement import Statement
from domain.money import Money
from domain.period import Month
from domain.programs.model import Program
from handlers.ui.callbacks import Open
from handlers.ui.forms import form_of, unfinished_screen
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen
from handlers.ui.statement import statement_screen

Params = dict[str, object]
NAME_LENGTH = 60


def _whole(params: Params, name: str) -> int:
    return int(str(params[name]))


def _money(params: Params, name: str = "minor") -> Money:
    return Money(_whole(params, name), str(params["currency"]))


def _statement(language: Language, params: Params, program: Program | None) -> Screen:
    month = Month.read(str(params["month"]))
    figures = {
        name: _whole(params, name)
        for name in Statement.__dataclass_fields__
        if name not in ("month", "currency", "is_over")
    }
    statement = Statement(
        month=month or Month(1, 1), currency=str(params["currency"]), is_over=True, **figures
    )
    title = program.text(language.code).title if program else ""
    return statement_screen(language, statement, title)


def _minimum_reached(language: Language, params: Params, _program: Program | None) -> Screen:
    say = language.say
    text = lines(
        say("🎉 You can withdraw <b>{amount}</b> now.", amount=_money(params)),
        say("Pay-outs start at {minimum}.", minimum=_money(params, "minimum_minor")),
    )
    rows = (
        (
            Button(say("💸 Withdraw"), Open(screen="withdraw")),
            Button(say("💰 Balance"), Open(screen="balance")),
        ),
    )
    return Screen(text, rows)


def _referrals_end(language: Language, params: Params, _program: Program | None) -> Screen:
    clients = cast("Sequence[Mapping[str, object]]", params["clients"])
    count = _whole(params, "count")
    more = count - len(clients)
    text = lines(
        language.say_many(
            "⌛ Soon you will earn nothing more from {count} client:",
            "⌛ Soon you will earn nothing more from {count} clients:",
            count,
        ),
        *(_ending(language, client) for client in clients),
        language.say_many("… and {count} more.", "… and {count} more.", more) if more else None,
        "",
        language.say("Payments before that day still count. New clients bring new months: /link"),
    )
    rows = (
        (
            Button(language.say("👥 Referrals"), Open(screen="referrals")),
            Button(language.say("🔗 My link"), Open(screen="link")),
        ),
    )
    return Screen(text, rows)


def _ending(language: Language, client: Mapping[str, object]) -> Html:
    until = datetime.fromisoformat(str(client["until"]))
    name = bold(short(str(client["client"]), NAME_LENGTH))
    return language.say("• {name}: until {date}", name=name, date=language.date(until))


def _account_missing(language: Language, params: Params, _program: Program | None) -> Screen:
    say = language.say
    text = lines(
        say("✏️ <b>{amount}</b> is waiting for you.", amount=_money(params)),
        say("Before a pay-out we need your own account ID with the vendor. It takes one message."),
    )
    return Screen(text, ((Button(say("✏️ Enter my account ID"), Open(screen="account")),),))


def _form_unfinished(language: Language, params: Params, _program: Program | None) -> Screen:
    form = form_of(str(params["state"]))
    if form is not None:
        return unfinished_screen(language, form)
    text = language.say("⏳ You began a form and did not finish it. /cancel forgets it.")
    return Screen(text, ((Button(language.say("📋 Menu"), Open(screen="menu")),),))


WORDS_OF_COMFORT = {
    "statement": _statement,
    "minimum_reached": _minimum_reached,
    "referrals_end": _referrals_end,
    "account_missing": _account_missing,
    "form_unfinished": _form_unfinished,
}
