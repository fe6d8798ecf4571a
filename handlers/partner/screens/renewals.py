"""The home of the list of clients' services that end soon."""

from collections.abc import Sequence
from datetime import datetime

from domain.entities.renewal import Renewal
from domain.usecases.renewals.show import RenewalList, mark_of
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_questions import RenewalPress
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language
from handlers.ui.renewal_words import forward_text
from handlers.ui.screen import Button, Rows, Screen

PAGE_SIZE = 6
NAME_LENGTH = 40
LABEL_LENGTH = 24


def renewals_screen(language: Language, found: RenewalList, page: int = 0) -> Screen:
    """Return a page of the services that end soon, each with its text to forward."""
    say = language.say
    pages = max(1, -(-len(found.rows) // PAGE_SIZE))
    number = min(max(page, 0), pages - 1)
    shown = found.rows[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    head = language.say_many(
        "♻️ <b>Renewals</b>: what ends in the next {count} day",
        "♻️ <b>Renewals</b>: what ends in the next {count} days",
        found.days,
    )
    if not shown:
        text = lines(head, say("✨ No service of your clients ends in this time."))
        return Screen(text, (_menu(language),))
    text = lines(
        head,
        *(part for row in shown for part in ("", _row(language, row, found.seen_at))),
        "",
        say("Press a client to get a text that you can forward."),
    )
    return Screen(text, (*_texts(shown), *_turns(language, number, pages), _menu(language)))


def _row(language: Language, row: Renewal, now: datetime) -> Html:
    left = row.days_left(now, language.zone)
    when = (
        language.say_many("in {count} day", "in {count} days", left)
        if left
        else language.say("today")
    )
    price = f", {language.money(row.price)}" if row.price else ""
    return lines(
        Html(f"{bold(language.date(row.renews_at))} ({when})"),
        language.say(
            "{name}: {service}{price}",
            name=short(row.client, NAME_LENGTH),
            service=short(row.service, NAME_LENGTH),
            price=price,
        ),
    )


def _texts(rows: Sequence[Renewal]) -> Rows:
    return tuple(
        (
            Button(
                f"✉️ {short(row.client, LABEL_LENGTH)} · {short(row.service, LABEL_LENGTH)}",
                RenewalPress(action="text", mark=mark_of(row)),
            ),
        )
        for row in rows
    )


def _turns(language: Language, number: int, pages: int) -> Rows:
    turns = []
    if number > 0:
        earlier = RenewalPress(action="list", page=number - 1)
        turns.append(Button(language.say("◀️ Earlier"), earlier))
    if number < pages - 1:
        later = RenewalPress(action="list", page=number + 1)
        turns.append(Button(language.say("Later ▶️"), later))
    return (tuple(turns),) if turns else ()


def _menu(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("📋 Menu"), Open(screen="menu")),)


def ready_text(language: Language, row: Renewal) -> Screen:
    """Return the text to forward, and nothing else: it is sent on as it is."""
    return Screen(forward_text(language, row.service, row.renews_at))
