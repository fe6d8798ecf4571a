"""The home of a month of money in words: as a notice, and when it is asked for."""

from domain.entities.statement import Statement
from domain.money import Money
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_person import StatementCard
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen


def statement_screen(language: Language, statement: Statement, title: str) -> Screen:
    """Return a month with its figures; what did not happen is left out."""
    say = language.say

    def money(minor: int) -> Money:
        return Money(minor, statement.currency)

    def line(words: str, minor: int) -> str | None:
        return words if minor else None

    text = lines(
        say("🗓 <b>Statement: {month}</b>", month=language.month(statement.month)),
        title,
        None if statement.is_over else say("The month is not over: these are its figures so far."),
        "",
        say("Opening balance: {amount}", amount=money(statement.opening)),
        say("Earned: {amount}", amount=money(statement.accrued)),
        line(
            say("Taken back after refunds: {amount}", amount=money(-statement.clawed_back)),
            statement.clawed_back,
        ),
        line(say("Adjusted: {amount}", amount=money(statement.adjusted)), statement.adjusted),
        line(say("Paid: {amount}", amount=money(-statement.paid)), statement.paid),
        line(
            say("Converted into credit: {amount}", amount=money(-statement.converted)),
            statement.converted,
        ),
        say("<b>Closing balance: {amount}</b>", amount=money(statement.closing)),
        line(
            say(
                "Kept by you from what clients paid you: {amount}",
                amount=money(statement.retained),
            ),
            statement.retained,
        ),
        "",
        say("New clients: {count}", count=language.number(statement.registrations)),
        say("Payments of clients: {count}", count=language.number(statement.payments)),
        say("Nothing happened this month. Your link is waiting: /link")
        if statement.is_empty
        else None,
    )
    month = str(statement.month)
    rows = (
        (
            Button(say("📄 As a file"), StatementCard(action="file", month=month)),
            Button(say("🗓 Other month"), Open(screen="statements")),
        ),
        (
            Button(say("💰 Balance"), Open(screen="balance")),
            Button(say("📋 Menu"), Open(screen="menu")),
        ),
    )
    return Screen(text, rows)
