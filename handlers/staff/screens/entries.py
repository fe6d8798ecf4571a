"""The home of what staff see of payments and refunds they enter."""

from domain.entities.client import Client
from domain.entities.entry import Entered
from domain.entities.payment import RefundKind
from domain.entities.views import PaymentRow
from domain.money import Money
from domain.usecases.payments.enter import UNDO_MINUTES
from handlers.ui.callbacks import EntryCard
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import earned_nothing
from handlers.ui.screen import Button, Screen

NAME_LENGTH = 60


def pay_question(language: Language) -> Screen:
    """Return the question for everything of a payment."""
    question = language.say(
        "Reply with the client’s ID, the amount and the currency, for example:\n"
        "<code>bot-7k3m9p2q 100.00 USD</code>\n"
        "The ID alone is enough to begin with; /client finds it."
    )
    return Screen(question, asks="bot-7k3m9p2q 100.00 USD")


def payer_question(language: Language, client: Client) -> Screen:
    """Return the question for amount and currency."""
    text = lines(
        language.say("🧾 A payment by {name}", name=bold(short(client.name, NAME_LENGTH))),
        language.say("How much was paid? Reply with the amount and the currency."),
    )
    return Screen(text, asks="100.00 USD")


def currency_question(language: Language, client: Client, amount: str) -> Screen:
    """Return the question for the currency."""
    text = lines(
        language.say("🧾 A payment by {name}", name=bold(short(client.name, NAME_LENGTH))),
        language.say("{amount} in which currency? Reply with its three letters.", amount=amount),
    )
    return Screen(text, asks="USD")


def refund_question(language: Language) -> Screen:
    """Return the question for payment and amount."""
    question = language.say(
        "Reply with the payment’s ID and the amount. The ID alone is enough to begin with; the "
        "card of the client, /client, has buttons for its last payments.\n"
        "Add <code>chargeback</code> if the client’s bank took the money, or <code>won</code> if "
        "you won it back."
    )
    return Screen(question, asks="staff-7k3m9p2q 25.00")


def refund_amount_question(language: Language, payment: PaymentRow) -> Screen:
    """Return the question for the amount of a refund."""
    say = language.say
    left = Money(payment.minor - payment.refunded, payment.currency)
    text = lines(
        say(
            "↩️ A refund of the payment of {amount} by {name}, {date}",
            amount=Money(payment.minor, payment.currency),
            name=bold(short(payment.client_name, NAME_LENGTH)),
            date=language.date(payment.paid_at),
        ),
        say("How much was given back? Reply with an amount up to {left}.", left=left),
    )
    return Screen(text, asks=str(left))


def entered_screen(
    language: Language,
    entered: Entered,
    *,
    is_refund: bool,
    kind: RefundKind = RefundKind.REFUND,
) -> Screen:
    """Return what an entry of staff did, with Undo."""
    say = language.say
    name = bold(short(entered.client_name, NAME_LENGTH))
    text = lines(
        _refund(language, kind, entered.amount, name)
        if is_refund
        else say("🧾 Payment of {amount} recorded for {name}.", amount=entered.amount, name=name),
        *_commission(language, entered, is_now=is_refund),
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


def _commission(language: Language, entered: Entered, *, is_now: bool) -> list[Html]:
    """Return what the partner earns by the payment, and which partner; or why nobody does."""
    say = language.say
    if entered.commission_currency is None:
        reason = earned_nothing(language, entered.reason and entered.reason.value) or "—"
        return [say("No commission: {reason}", reason=reason)]
    amount = Money(entered.commission_minor, entered.commission_currency)
    earned = (
        say("The partner’s commission now: <b>{amount}</b>", amount=amount)
        if is_now
        else say("The partner’s commission: <b>{amount}</b>", amount=amount)
    )
    by = say(
        "Earned by: {name}, code {code}",
        name=short(entered.partner_name or "—", NAME_LENGTH),
        code=code(entered.partner_code or "—"),
    )
    return [earned, by]


def undone_screen(language: Language, entered: Entered) -> Screen:
    """Return that an entry was taken back."""
    say = language.say
    text = lines(
        say("↩️ Undone: an opposite entry of {amount} was made.", amount=entered.amount),
        say("Client: {name}", name=short(entered.client_name, NAME_LENGTH)),
        *(_commission(language, entered, is_now=True) if entered.commission_currency else ()),
        say("Payment ID: {id}", id=code(entered.payment_id)),
    )
    return Screen(text)
