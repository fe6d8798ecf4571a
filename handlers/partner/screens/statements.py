"""The home of the choice of a month, and of a month as a file."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.entities.statement import Movement
from domain.ids import encode
from domain.money import Money
from domain.period import Month
from domain.usecases.statements.show import MonthFile, MonthList
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_person import StatementCard
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen
from handlers.ui.tables import Cell, open_table

MONTHS_SHOWN = 12
IN_A_ROW = 3
PAYOUT_NUMBER_LENGTH = 6


def months_screen(language: Language, months: MonthList, last: Month | None) -> Screen:
    """Return the choice of a month: the newest first, older ones by pages.

    Args:
        language: The reader's.
        months: Which months there are.
        last: The newest of this page, ``None`` for the newest of all.
    """
    say = language.say
    newest = min(last or months.now, months.now)
    shown: list[Month] = []
    month = newest
    while month >= months.first and len(shown) < MONTHS_SHOWN:
        shown.append(month)
        month = month.plus(-1)
    buttons = [
        Button(language.month(each, is_short=True), StatementCard(action="show", month=str(each)))
        for each in shown
    ]
    rows = tuple(tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))
    turning = (
        *_turn(say("⬅️ Later"), newest.plus(MONTHS_SHOWN), wanted=newest < months.now),
        *_turn(say("Earlier ➡️"), month, wanted=month >= months.first),
    )
    home = (
        Button(say("💰 Balance"), Open(screen="balance")),
        Button(say("📋 Menu"), Open(screen="menu")),
    )
    text = lines(
        say("🗓 <b>Statements</b>"),
        say("What was on your balance, what came and what went. Choose a month."),
    )
    return Screen(text, (*rows, turning, home))


def _turn(words: Html, month: Month, *, wanted: bool) -> tuple[Button, ...]:
    return (Button(words, StatementCard(action="list", month=str(month))),) if wanted else ()


def file_name(file: MonthFile) -> str:
    """Return the name of the file."""
    return f"statement-{file.view.program.key}-{file.view.statement.month}.csv"


def file_caption(language: Language, file: MonthFile) -> Html:
    """Return what is said under the file."""
    statement = file.view.statement
    return lines(
        language.say("🗓 <b>Statement: {month}</b>", month=language.month(statement.month)),
        language.say("The file has the first {count} movements only.", count=len(file.movements))
        if file.is_cut
        else None,
    )


def month_csv(language: Language, file: MonthFile) -> bytes:
    """Return the month as CSV: opening, each movement, closing; not for the event loop."""
    say, statement = language.say, file.view.statement
    headings = [
        say("Booked"),
        say("What"),
        say("Amount"),
        say("Balance"),
        say("Currency"),
        say("Client"),
        say("Payment"),
        say("Pay-out"),
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "statement.csv"
        table = open_table(path, headings, sheet="", zone=language.zone)
        balance = statement.opening
        table.add([_total(say("Opening balance"), balance, file)])
        for movement in file.movements:
            balance += movement.minor
            table.add([_row(language, movement, balance, file)])
        table.add([_total(say("Closing balance"), statement.closing, file)])
        table.close()
        return path.read_bytes()


def _decimal(minor: int, file: MonthFile) -> Decimal:
    return Money(minor, file.view.statement.currency).decimal


def _total(words: str, balance: int, file: MonthFile) -> list[Cell]:
    currency = file.view.statement.currency
    return [None, str(words), None, _decimal(balance, file), currency, None, None, None]


def _row(language: Language, movement: Movement, balance: int, file: MonthFile) -> list[Cell]:
    number = encode(movement.payout_id)[-PAYOUT_NUMBER_LENGTH:] if movement.payout_id else None
    return [
        movement.booked_at,
        str(_kind(language, movement.kind)),
        _decimal(movement.minor, file),
        _decimal(balance, file),
        file.view.statement.currency,
        movement.client,
        movement.payment_id,
        number,
    ]


def _kind(language: Language, kind: str) -> str:
    say = language.say
    names = {
        "commission_accrued": say("Commission"),
        "commission_clawed_back": say("Taken back after a refund"),
        "payout_settled": say("Pay-out"),
        "payout_returned": say("Pay-out returned by the bank"),
        "adjustment_booked": say("Adjustment"),
        "conversion_made": say("Converted into credit"),
    }
    return names.get(kind, kind.replace("_", " "))
