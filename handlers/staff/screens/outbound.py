"""The home of what staff see of webhooks and messages that did not arrive."""

from collections.abc import Sequence

from domain.entities.notice import Notice
from domain.entities.outbound import OutboundEvent
from domain.ids import encode
from domain.rights import StaffRole, may
from domain.usecases.outbound.undelivered import OutboundState
from handlers.ui.html import Html, code, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.vendor_callbacks import LostPress, OutboundPress


def stopped_row(language: Language, state: OutboundState) -> Rows:
    """Return the button of the queue that says that webhooks are sent no more."""
    text = language.say("⛔️ Webhooks have stopped")
    return ((Button(f"{text} · {state.counts.waiting}", OutboundPress(action="show")),),)


def outbound_screen(language: Language, state: OutboundState, role: StaffRole | None) -> Screen:
    """Return the webhooks that the vendor's systems did not take."""
    say, counts = language.say, state.counts
    head = say("📡 <b>Webhooks to your systems</b>")
    waiting = language.say_many(
        "{count} waits to be sent.", "{count} wait to be sent.", counts.waiting
    )
    stopped = say(
        "⛔️ The address answered 410 Gone, so nothing more is sent there. Set another "
        "outbound_url, or send again when it is back."
    )
    if not counts.undelivered:
        text = lines(head, stopped if state.is_stopped else say("✅ Nothing is stuck."), waiting)
        rows = (
            ((Button(say("▶️ Send again"), OutboundPress(action="all")),),)
            if state.is_stopped and may(role, "outbound.retry")
            else ()
        )
        return Screen(text, rows)
    text = lines(
        head,
        stopped if state.is_stopped else None,
        language.say_many(
            "{count} was tried for a day and not taken:",
            "{count} were tried for a day and not taken:",
            counts.undelivered,
        ),
        *(_line(language, event) for event in state.undelivered),
        waiting if counts.waiting else None,
        say("Each is sent under its own webhook-id again, so nothing counts twice."),
    )
    return Screen(text, _buttons(language, state, role))


def _line(language: Language, event: OutboundEvent) -> Html:
    return language.say(
        "• {type} {id}, {at}: {error}",
        type=code(event.type),
        id=code(encode(event.id)),
        at=event.created_at,
        error=short(event.error or "—", 60),
    )


def _buttons(language: Language, state: OutboundState, role: StaffRole | None) -> Rows:
    say, rows = language.say, []
    if may(role, "outbound.retry"):
        rows.append((Button(say("🔁 Send all again"), OutboundPress(action="all")),))
        rows += [
            (
                Button(
                    f"🔁 {event.type} {encode(event.id)}",
                    OutboundPress(action="one", id=event.id),
                ),
            )
            for event in state.undelivered
        ]
    if state.has_more:
        last = state.undelivered[-1].id
        rows.append((Button(say("More ▶️"), OutboundPress(action="show", id=last)),))
    return tuple(rows)


def lost_screen(language: Language, lost: Sequence[Notice], role: StaffRole | None) -> Screen:
    """Return the messages that this chat never got."""
    say = language.say
    if not lost:
        return Screen(say("✨ There is nothing here."))
    text = lines(
        say("✉️ <b>Messages that never came</b>"),
        say(
            "Telegram refused them for half a day. /queue and the lists show what they were about."
        ),
        *(
            say(
                "• {kind}, {at}: {error}",
                kind=code(notice.kind),
                at=notice.created_at,
                error=code(short(notice.error or "—", 100)),
            )
            for notice in lost
        ),
    )
    if not may(role, "notice.resend"):
        return Screen(text)
    rows = (
        (
            Button(say("🔁 Send all again"), LostPress(action="again")),
            Button(say("✔️ Put away"), LostPress(action="away")),
        ),
    )
    return Screen(text, rows)
