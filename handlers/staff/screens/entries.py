"""The home of what staff see of payments and refunds they entered."""

from domain.entities.payment import RefundKind
from domain.money import Money
from domain.usecases.payments.enter import UNDO_MINUTES, Entered
from handlers.ui.callbacks import EntryCard
from handlers.ui.html import Html, code, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import earned_nothing
from handlers.ui.screen import Button, Screen

NAME_LENGTH = 60


def entered_screen(
    language: Language,
    entered: Entered,
    *,
    is_refund: bool,
    kind: RefundKind = RefundKind.REFUND,
) -> Screen:
    """Return what an entry of staff did, with Undo."""
    say = language.say
    name = short(entered.client_name, NAME_LENGTH)
    text = lines(
        _refund(language, kind, entered.amount, name)
        if is_refund
        else say("🧾 Payment of {amount} recorded for {name}.", amount=entered.amount, name=name),
        _commission(language, entered, is_refund=is_refund)
        if entered.commission_currency
        else say(
            "No commission: {reason}",
            reason=earned_nothing(language, entered.reason and entered.reason.value) or "—",
        ),
        say("Payment ID: {id}", id=code(entered.payment_id)),
        language.say_many(
            "Undo is possible for {count} minute.",
            "Undo is possible for {count} minutes.",
            UNDO_MINUTES,
        ),
    )
    undo = EntryCard(action="undo", entry_id=entered.entry_id)
    return Screen(text, ((Button(say("↩️ Undo"), undo),),))


def _refund(language: Language, kind: RefundKind, amount: Money, name: str) -> Html:
    say = language.say
    match kind:
        case RefundKind.CHARGEBACK:
            return say("↩️ Chargeback of {amount} recorded for {name}.", amount=amount, name=name)
        case RefundKind.CHARGEBACK_WON:
            return say("↪️ {amount} won back, recorded for {name}.", amount=amount, name=name)
        case _:
            return say("↩️ Refund of {amount} recorded for {name}.", amount=amount, name=name)


def _commission(language: Language, entered: Entered, *, is_refund: bool) -> Html:
    amount = Money(entered.commission_minor, entered.commission_currency or "")
    if is_refund:
        return language.say("The partner’s commission now: <b>{amount}</b>", amount=amount)
    return language.say("The partner’s commission: <b>{amount}</b>", amount=amount)


def undone_screen(language: Language, entered: Entered) -> Screen:
    """Return that an entry was taken back."""
    say = language.say
    left = _commission(language, entered, is_refund=True) if entered.commission_currency else None
    text = lines(
        say(
            "↩️ Undone: an opposite entry of {amount} was made.",
            amount=entered.amount,
        ),
        left,
        say("Payment ID: {id}", id=code(entered.payment_id)),
    )
    return Screen(text)
