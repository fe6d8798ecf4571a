"""The home of what a partner sees of clients that it names in advance."""

from datetime import datetime

from domain.entities.page import Page
from domain.entities.pin import PinProof, PinReason, PinStatus, PinView, link_of
from domain.programs.model_pinning import Pinning
from handlers.ui.callbacks import Open, OpenPage
from handlers.ui.callbacks_pins import PinPress
from handlers.ui.claim_marks import number_of
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.links import share_link, telegram_link
from handlers.ui.pin_marks import pin_status, why_of
from handlers.ui.screen import Button, Rows, Screen

ACCOUNT_LENGTH = 40
NAME_LENGTH = 40


def account_question(language: Language, terms: Pinning) -> Screen:
    """Return the question for the client's account, with what naming it means."""
    say = language.say
    text = lines(
        say("📌 <b>Name a client</b>"),
        say("Send the ID of the client’s account with the vendor, before you install anything."),
        say("For example: {example}", example=code(terms.account_example))
        if terms.account_example
        else None,
        "",
        say("• A new client is yours at once, and the vendor’s sales team leaves it alone."),
        say("• A client that the vendor knows already is asked first."),
    )
    return Screen(text, ((Button(say("✖️ Cancel"), PinPress(action="cancel")),),))


def pins_screen(language: Language, page: Page[PinView], *, is_first: bool) -> Screen:
    """Return a page of the clients that were named; each opens by its number."""
    say = language.say
    name = (Button(say("📌 Name a client"), PinPress(action="name")),)
    menu = (Button(say("📋 Menu"), Open(screen="menu")),)
    if not page.rows and is_first:
        text = lines(
            say("📌 <b>Clients named in advance</b>"),
            say("You have named nobody yet. Name a client before you install anything for it."),
        )
        return Screen(text, (name, menu))
    rows = [
        lines("", Html(f"{number}. {_row(language, row)}"))
        for number, row in enumerate(page.rows, 1)
    ]
    opened = [
        Button(str(number), PinPress(action="card", pin_id=row.pin.id))
        for number, row in enumerate(page.rows, 1)
    ]
    numbers: Rows = tuple(tuple(opened[at : at + 4]) for at in range(0, len(opened), 4))
    more: Rows = (
        ((Button(say("Earlier ➡️"), OpenPage.after("pins", page.following)),),)
        if page.following
        else ()
    )
    text = lines(say("📌 <b>Clients named in advance</b>"), *rows)
    return Screen(text, (*numbers, *more, name, menu))


def _row(language: Language, view: PinView) -> Html:
    pin = view.pin
    return lines(
        bold(short(pin.account_id, ACCOUNT_LENGTH)),
        language.say(
            "{date} · {status}",
            date=language.date(pin.created_at),
            status=pin_status(language, pin.status),
        ),
    )


def pin_screen(language: Language, view: PinView, username: str) -> Screen:
    """Return one named client: where it stands, what that means, what can be done."""
    say, pin = language.say, view.pin
    text = lines(
        say("📌 <b>Account {id}</b>", id=short(pin.account_id, ACCOUNT_LENGTH)),
        pin_status(language, pin.status),
        why_of(language, pin),
        _meaning(language, view),
        "",
        *_client(language, view),
        say("Named: {at}", at=pin.created_at),
        say("Ended: {at}", at=pin.ended_at) if pin.ended_at else None,
        *_how_to_ask(language, view),
        say("📨 In dispute, number {number}.", number=number_of(view.claim_id))
        if view.claim_id is not None
        else None,
    )
    return Screen(text, _buttons(language, view, username))


def _meaning(language: Language, view: PinView) -> Html | None:
    say = language.say
    words = {
        PinStatus.ACTIVE: say(
            "The client is yours, and the vendor’s sales team must not contact it. Whatever it "
            "pays counts for you."
        ),
        PinStatus.COMMISSION_ONLY: say(
            "Whatever the client pays from now on counts for you, but the vendor’s sales team may "
            "contact it."
        ),
        PinStatus.REFUSED: say("Nothing has changed for you or the client."),
    }
    if view.pin.status is PinStatus.ENDED and view.pin.reason in (
        PinReason.CLIENT,
        PinReason.STAFF,
    ):
        return say("The client stays yours, and its payments go on counting for you.")
    return words.get(view.pin.status)


def _client(language: Language, view: PinView) -> list[Html | None]:
    if view.client_shown_id is None:
        return []
    say = language.say
    name = view.client_name or ""
    states = [
        say("registered with the vendor") if view.is_reported else say("not registered yet"),
        say("pays") if view.is_paying else None,
        say("has active services") if view.is_active else None,
        say("deleted") if view.deleted_at else None,
    ]
    return [
        say(
            "Client: {name}, ID {id}", name=short(name, NAME_LENGTH), id=code(view.client_shown_id)
        ),
        say("Known: {states}", states=", ".join(state for state in states if state)),
    ]


def _how_to_ask(language: Language, view: PinView) -> list[Html | str | None]:
    """Return how the client is asked, and until when it can answer."""
    say, pin = language.say, view.pin
    if pin.status is not PinStatus.WAITING:
        return []
    how = {
        PinProof.PERSON: say(
            "The vendor knows this client, so it confirms by itself. I have asked it here in "
            "Telegram; you can also forward the link."
        ),
        PinProof.PHONE: say(
            "The vendor knows this client, so it confirms by itself. Forward the link: the client "
            "opens it and shares the phone number that the vendor knows."
        ),
        PinProof.VENDOR: say(
            "The vendor knows this client, so it confirms by itself. The vendor hands the request "
            "on to it; you need to do nothing."
        ),
    }
    return ["", how.get(pin.proof), _until(language, pin.expires_at)]


def _until(language: Language, at: datetime | None) -> Html | None:
    return language.say("It can answer until {at}.", at=at) if at else None


def _buttons(language: Language, view: PinView, username: str) -> Rows:
    say, pin = language.say, view.pin
    rows: Rows = ()
    if pin.status is PinStatus.WAITING and view.key:
        link = telegram_link(username, link_of(pin.id, view.key))
        words = say("Please confirm that we look after your account {id}.", id=pin.account_id)
        rows = (
            (Button(say("📤 Forward to the client"), url=share_link(link, words)),),
            (Button(say("📋 Copy the link"), copy=link),),
        )
    if pin.is_disputable and view.claim_id is None:
        rows += ((Button(say("📨 Dispute this"), PinPress(action="dispute", pin_id=pin.id)),),)
    if pin.status in (PinStatus.ACTIVE, PinStatus.WAITING):
        release = (
            say("🔓 Release the client")
            if pin.status is PinStatus.ACTIVE
            else say("✖️ Withdraw the request")
        )
        rows += ((Button(release, PinPress(action="release", pin_id=pin.id)),),)
    named = Button(say("📌 Named clients"), PinPress(action="list"))
    return (*rows, (named, Button(say("📋 Menu"), Open(screen="menu"))))


def release_question(language: Language, view: PinView) -> Screen:
    """Return what a release means, with the confirmation."""
    say, pin = language.say, view.pin
    is_new = pin.status is PinStatus.ACTIVE and not view.is_reported and not view.is_paying
    text = lines(
        say("🔓 <b>Release the account {id}?</b>", id=short(pin.account_id, ACCOUNT_LENGTH)),
        _consequence(language, pin.status, is_new=is_new),
    )
    rows = (
        (Button(say("🔓 Yes, release"), PinPress(action="released", pin_id=pin.id)),),
        (Button(say("⬅️ Back"), PinPress(action="card", pin_id=pin.id)),),
    )
    return Screen(text, rows)


def _consequence(language: Language, status: PinStatus, *, is_new: bool) -> Html:
    say = language.say
    if status is PinStatus.WAITING:
        return say("The client is asked no more, and the link stops working.")
    if is_new:
        return say(
            "The vendor does not know this client yet, so it is no longer yours, and another "
            "partner can name it."
        )
    return say(
        "The vendor’s sales team may contact the client again. It stays yours and earns as before."
    )


def form_left(language: Language) -> Screen:
    """Return that the form was left."""
    return Screen(
        language.say("Cancelled."),
        ((Button(language.say("📌 Named clients"), PinPress(action="list")),),),
    )
