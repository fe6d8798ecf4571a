"""The home of what staff see of who named a client in advance."""

from collections.abc import Sequence

from domain.entities.pin import PinProof, PinStatus, PinView, link_of
from domain.rights import may
from domain.usecases.clients.find import ClientFile
from handlers.ui.callbacks import FoundCard
from handlers.ui.callbacks_pins import StaffPin
from handlers.ui.html import Html, bold, code, lines
from handlers.ui.language import Language
from handlers.ui.pin_marks import pin_status, refused_pin
from handlers.ui.screen import Button, Rows, Screen


def pin_lines(language: Language, views: Sequence[PinView]) -> list[Html | str]:
    """Return who named the client, a line each, with a warning where it is protected."""
    if not views:
        return []
    say = language.say
    protected = any(view.pin.protects for view in views)
    return [
        "",
        bold(say("Named in advance")),
        *(_row(language, view) for view in views),
        *([say("🛡 Sales must not contact this client.")] if protected else []),
    ]


def _row(language: Language, view: PinView) -> Html:
    pin = view.pin
    words = language.say(
        "{date} · account {id} by {code} · {status}",
        date=language.date(pin.created_at),
        id=code(pin.account_id),
        code=code(view.code),
        status=pin_status(language, pin.status),
    )
    return words if pin.reason is None else Html(f"{words} · {refused_pin(language, pin.reason)}")


def pin_buttons(language: Language, file: ClientFile) -> Rows:
    """Return what the reader may do about pins from a client's card."""
    say, client_id = language.say, file.view.client.id
    rows: Rows = ()
    for view in file.pins:
        pin = view.pin
        if pin.protects and may(file.role, "pin.end"):
            ask = StaffPin(action="ask", pin_id=pin.id, client_id=client_id)
            rows += ((Button(say("🔓 End the protection"), ask),),)
        is_ours = pin.status is PinStatus.WAITING and pin.proof is PinProof.VENDOR
        if is_ours and not file.is_masked:
            link = StaffPin(action="link", pin_id=pin.id, client_id=client_id)
            rows += ((Button(say("🔗 Link for the client to confirm"), link),),)
    return rows


def end_question(language: Language, press: StaffPin) -> Screen:
    """Return what ending the protection means, with the confirmation."""
    say = language.say
    text = lines(
        say("🔓 <b>End the protection of this client?</b>"),
        say(
            "Do it when the client asked to work with you directly. Its partner is told; it keeps "
            "the client and earns as before."
        ),
    )
    yes = StaffPin(action="end", pin_id=press.pin_id, client_id=press.client_id)
    back = FoundCard(what="c", id=press.client_id)
    return Screen(
        text,
        ((Button(say("🔓 Yes, end it"), yes),), (Button(say("⬅️ Back"), back),)),
    )


def link_screen(language: Language, view: PinView, username: str) -> Screen:
    """Return the link that the vendor hands on to the client, and to nobody else."""
    say = language.say
    link = f"https://t.me/{username}?start={link_of(view.pin.id, view.key)}"
    text = lines(
        say("🔗 Send this link to the client, and to nobody else: who opens it answers for it."),
        code(link),
    )
    return Screen(text, ((Button(say("📋 Copy the link"), copy=link),),))
