"""The home of what a rate table cannot show: rows that hold later or once, caps, schedules."""

from domain.programs.model import PayoutSchedule, Program
from domain.programs.model_rates import ANY
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.terms_words import row_gives, row_name, schedule_name


def notes_of(language: Language, program: Program) -> list[Html]:
    """Return what a reader has to know beside the table of a program's first months."""
    say = language.say
    found = [
        say(
            "{what} — {rate}", what=row_name(language, program, row), rate=row_gives(language, row)
        )
        for row in program.rates
        if row.from_month or row.payment != ANY or row.amount is not None
    ]
    if program.minimum_payment is not None:
        found.append(say("Payments under {amount} earn nothing.", amount=program.minimum_payment))
    if program.payment_cap is not None:
        found.append(say("One payment earns at most {amount}.", amount=program.payment_cap))
    if program.client_cap is not None:
        found.append(say("One client earns you at most {amount}.", amount=program.client_cap))
    if program.month_cap is not None:
        found.append(
            say(
                "All clients together earn you at most {amount} a month.", amount=program.month_cap
            )
        )
    if program.tax.bps:
        found.append(
            say("Your share is of the payment without its tax of {rate}.", rate=program.tax)
        )
    if program.payout_schedule is not PayoutSchedule.ON_REQUEST:
        found.append(say("Pay-outs: {schedule}", schedule=schedule_name(language, program)))
    return found
