"""The home of what a partner sees of turning earnings into service credit."""

from domain.entities.conversion import Conversion
from domain.entities.page import Page
from domain.ids import encode
from domain.money import Money
from domain.usecases.conversions.offer import ConversionOffer, ConversionPreview
from handlers.ui.callbacks import ConvertForm, Open, OpenPage, Why
from handlers.ui.html import Html, code, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.why import in_rows, page_count, page_of, spent_line

ROWS_OF_PAGE = 6
ACCOUNT_LENGTH = 60


def _cancel(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("✖️ Cancel"), ConvertForm(step="cancel")),)


def _bonus_words(language: Language, offer: ConversionOffer) -> Html:
    if offer.terms.bonus_base == "payment":
        return language.say(
            "On top you get a bonus: {rate} of the client payments behind your earnings.",
            rate=offer.terms.bonus,
        )
    return language.say(
        "On top you get a bonus: {rate} of the commissions you convert.", rate=offer.terms.bonus
    )


def amount_question(language: Language, offer: ConversionOffer) -> Screen:
    """Return the question for the amount."""
    say = language.say
    text = lines(
        say("💳 <b>Convert into service credit</b>"),
        say(
            "You have <b>{payable}</b>. Credit goes to your account {account} with the vendor.",
            payable=offer.payable,
            account=code(short(offer.account_id, ACCOUNT_LENGTH)),
        ),
        _bonus_words(language, offer),
        "",
        say("How much should we convert? Send an amount up to {payable}.", payable=offer.payable),
        say("You will see what you get before anything happens."),
    )
    everything = Button(
        say("All: {amount}", amount=offer.payable),
        ConvertForm(step="amount", key=str(offer.payable)),
    )
    return Screen(text, ((everything,), _cancel(language)))


def preview_screen(
    language: Language, preview: ConversionPreview, key: str, page: int = 0
) -> Screen:
    """Return what would be converted into what, before it is confirmed."""
    say = language.say
    bonus = preview.credit - preview.amount
    numbered = list(enumerate(preview.rows, start=1))
    text = lines(
        say(
            "💳 <b>{amount} becomes {credit} of credit</b>",
            amount=preview.amount,
            credit=preview.credit,
        ),
        say("Your earnings: {amount}", amount=preview.amount),
        say("Bonus: {bonus}", bonus=bonus),
        say("Account: {account}", account=code(short(preview.offer.account_id, ACCOUNT_LENGTH))),
        "",
        say("Made of, oldest first:"),
        *(
            spent_line(language, number, row)
            for number, row in page_of(numbered, page, ROWS_OF_PAGE)
        ),
        "",
        say("It happens at once. Credit pays for the vendor’s services; it cannot be paid out."),
        say(
            "If a client gets a refund later, the commission comes off your balance and its bonus "
            "off the credit."
        ),
    )
    rows = (
        _turns(key, page, page_count(numbered, ROWS_OF_PAGE)),
        (Button(say("✅ Convert"), ConvertForm(step="confirm", key=key)),),
        (Button(say("✏️ Change the amount"), ConvertForm(step="start")), *_cancel(language)),
    )
    return Screen(text, rows)


def _turns(key: str, page: int, pages: int) -> tuple[Button, ...]:
    turns = []
    if page > 0:
        turns.append(Button("◀️", ConvertForm(step="page", key=key, page=page - 1)))
    if page + 1 < pages:
        turns.append(Button("▶️", ConvertForm(step="page", key=key, page=page + 1)))
    return tuple(turns)


def converted_screen(language: Language, conversion: Conversion) -> Screen:
    """Return that earnings became credit."""
    say = language.say
    text = lines(
        say("✅ <b>{credit}</b> of credit is yours.", credit=conversion.credit),
        say(
            "Converted: {amount}, bonus: {bonus}.",
            amount=conversion.amount,
            bonus=Money(conversion.bonus, conversion.amount.currency),
        ),
        say(
            "The vendor puts it on your account {account}. Number {number}.",
            account=code(short(conversion.account_id, ACCOUNT_LENGTH)),
            number=encode(conversion.id)[-6:],
        ),
    )
    rows = (
        (Button(say("❓ Why this sum?"), Why(what="conversion", id=conversion.id)),),
        (
            Button(say("💰 Balance"), Open(screen="balance")),
            Button(say("💳 Conversions"), Open(screen="conversions")),
        ),
    )
    return Screen(text, rows)


def conversions_screen(language: Language, page: Page[Conversion], *, is_first: bool) -> Screen:
    """Return a page of the partner's conversions."""
    say = language.say
    convert = Button(say("💳 Convert"), Open(screen="convert"))
    if not page.rows and is_first:
        text = lines(
            say("💳 <b>Conversions</b>"),
            say("Nothing was converted yet. Credit comes with a bonus on top of your earnings."),
        )
        return Screen(text, ((convert,),))
    found = [_conversion(language, number, row) for number, row in enumerate(page.rows, start=1)]
    whys = [
        Button(f"❓ {number}", Why(what="conversion", id=row.id))
        for number, row in enumerate(page.rows, start=1)
    ]
    turns = []
    if not is_first:
        turns.append(Button(say("⏮ Newest"), OpenPage.after("conversions", None)))
    if page.following is not None:
        turns.append(Button(say("Older ▶️"), OpenPage.after("conversions", page.following)))
    rows: Rows = (
        *in_rows(whys),
        tuple(turns),
        (convert, Button(say("💰 Balance"), Open(screen="balance"))),
    )
    head = (say("💳 <b>Conversions</b>"), say("Press a number: why this sum?"))
    return Screen(lines(*head, *(part for row in found for part in ("", row))), rows)


def _conversion(language: Language, number: int, row: Conversion) -> Html:
    return lines(
        language.say(
            "{number}. {amount} became <b>{credit}</b>",
            number=number,
            amount=row.amount,
            credit=row.credit,
        ),
        language.say(
            "{date} · account {account}",
            date=language.date(row.converted_at),
            account=short(row.account_id, ACCOUNT_LENGTH),
        ),
    )


def form_cancelled(language: Language) -> Screen:
    """Return that the form was left."""
    return Screen(
        language.say("Cancelled. Nothing was converted."),
        ((Button(language.say("📋 Menu"), Open(screen="menu")),),),
    )


def form_gone(language: Language) -> Screen:
    """Return that a button belongs to a form that is no longer open."""
    return Screen(
        language.say("This form is closed. Start again if you still want to convert."),
        ((Button(language.say("💳 Convert"), Open(screen="convert")),),),
    )
