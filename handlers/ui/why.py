"""The home of "Why this sum?": how a commission, pay-out or conversion came to be, in words."""

from collections.abc import Sequence
from typing import TypeVar

from domain.entities.client import ERASED_NAME
from domain.entities.payout import PayoutStatus
from domain.entities.stories import ConversionStory, PayoutStory, SpentRow
from domain.ids import encode
from domain.money import Money
from handlers.ui.callbacks import Open, Why
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import payout_status
from handlers.ui.screen import Button, Rows, Screen

NAME_LENGTH = 40
REASON_LENGTH = 80
ROWS_OF_PAGE = 8
BUTTONS_OF_ROW = 4
T = TypeVar("T")


def page_of(rows: Sequence[T], page: int, size: int = ROWS_OF_PAGE) -> Sequence[T]:
    """Return the rows of a page; a page that is not there any more is the last one."""
    page = min(page, page_count(rows, size) - 1)
    return rows[page * size : (page + 1) * size]


def page_count(rows: Sequence[T], size: int = ROWS_OF_PAGE) -> int:
    """Return how many pages the rows fill; at least one."""
    return max(1, -(-len(rows) // size))


def in_rows(buttons: Sequence[Button]) -> Rows:
    """Return small buttons a few in a row."""
    return tuple(
        tuple(buttons[start : start + BUTTONS_OF_ROW])
        for start in range(0, len(buttons), BUTTONS_OF_ROW)
    )


def client_name(language: Language, name: str) -> str:
    """Return a client's name; one that withdrew its data is said so."""
    return language.say("Erased client") if name == ERASED_NAME else short(name, NAME_LENGTH)


def spent_line(language: Language, number: int, row: SpentRow) -> Html:
    """Return one commission or adjustment with how much of it was taken."""
    taken, whole = Money(row.taken, row.currency), Money(row.whole, row.currency)
    if row.client_name is None:
        return language.say(
            "{number}. Correction of {date}, {reason}: {taken} of {whole}",
            number=number,
            date=language.date(row.at),
            reason=short(row.reason or "", REASON_LENGTH),
            taken=taken,
            whole=whole,
        )
    values = {
        "number": number,
        "client": client_name(language, row.client_name),
        "date": language.date(row.at),
        "taken": taken,
        "whole": whole,
    }
    if row.bonus:
        return language.say(
            "{number}. {client}, paid {date}: {taken} of {whole}, bonus {bonus}",
            bonus=Money(row.bonus, row.currency),
            **values,
        )
    return language.say("{number}. {client}, paid {date}: {taken} of {whole}", **values)


def payout_why(language: Language, story: PayoutStory, value: Why) -> Screen:
    """Return what a pay-out is made of."""
    say, payout = language.say, story.payout
    gave_back = payout.status in {
        PayoutStatus.REJECTED,
        PayoutStatus.CANCELLED,
        PayoutStatus.RETURNED,
    }
    head = (
        say("❓ <b>Why {amount}?</b>", amount=payout.amount),
        say(
            "Pay-out {number} of {date}: {status}.",
            number=encode(payout.id)[-6:],
            date=language.date(payout.requested_at),
            status=payout_status(language, payout.status),
        ),
        say("The money is back on the balance; these were set aside for it:")
        if gave_back
        else say("It is made of these commissions, oldest first:"),
    )
    return _made_of(language, head, story.rows, value, "payouts")


def conversion_why(language: Language, story: ConversionStory, value: Why) -> Screen:
    """Return what a conversion is made of, and the bonus of each part."""
    say, conversion = language.say, story.conversion
    currency = conversion.amount.currency
    is_of_payment = conversion.bonus_base == "payment"
    head = (
        say("❓ <b>Why {amount}?</b>", amount=conversion.credit),
        say(
            "On {date} you converted {amount}, and the vendor added {bonus}.",
            date=language.date(conversion.converted_at),
            amount=conversion.amount,
            bonus=Money(conversion.bonus, currency),
        ),
        say(
            "Bonus: {rate} of each client payment less its refunds, in proportion to the part of "
            "the commission that was converted.",
            rate=conversion.bonus_rate,
        )
        if is_of_payment
        else say("Bonus: {rate} of the converted commissions.", rate=conversion.bonus_rate),
        say("Rules version {version}.", version=conversion.terms_version),
        say(
            "After refunds {amount} of the bonus was taken back from the credit.",
            amount=Money(story.taken_back, currency),
        )
        if story.taken_back
        else None,
        "",
        say("It is made of these commissions, oldest first:"),
    )
    return _made_of(language, head, story.rows, value, "conversions")


def _made_of(
    language: Language,
    head: Sequence[object],
    rows: Sequence[SpentRow],
    value: Why,
    back: str,
) -> Screen:
    numbered = page_of(list(enumerate(rows, start=1)), value.page)
    buttons = [
        Button(f"❓ {number}", Why(what="commission", id=row.commission_id, side=value.side))
        for number, row in numbered
        if row.commission_id is not None
    ]
    text = lines(*head, *(spent_line(language, number, row) for number, row in numbered))
    pages = page_count(rows)
    return Screen(
        text, (*in_rows(buttons), turns(value, pages), *ways_back(language, value, back))
    )


def turns(value: Why, pages: int) -> tuple[Button, ...]:
    """Return the buttons that turn the pages of a story."""
    buttons = []
    if value.page > 0:
        buttons.append(Button("◀️", value.model_copy(update={"page": value.page - 1})))
    if value.page + 1 < pages:
        buttons.append(Button("▶️", value.model_copy(update={"page": value.page + 1})))
    return tuple(buttons)


def ways_back(language: Language, value: Why, screen: str) -> Rows:
    """Return the buttons that lead a partner on; staff have their card above."""
    if value.side != "p":
        return ()
    names = {
        "payouts": language.say("📤 Pay-outs"),
        "conversions": language.say("💳 Conversions"),
        "payments": language.say("🧾 Payments"),
    }
    return (
        (
            Button(names[screen], Open(screen=screen)),
            Button(language.say("💰 Balance"), Open(screen="balance")),
        ),
    )
