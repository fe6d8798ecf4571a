"""The home of what staff see of broadcasts on their way: how far, what came of them, the list."""

from collections.abc import Sequence

from domain.entities.broadcast import (
    Broadcast,
    BroadcastFigures,
    BroadcastStatus,
    BroadcastView,
)
from handlers.ui.callbacks import BroadcastCard
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen

BAR_LENGTH = 12


def progress_screen(language: Language, broadcast: Broadcast, figures: BroadcastFigures) -> Screen:
    """Return how far a broadcast is, with Stop while it runs."""
    say = language.say
    done = broadcast.total - figures.waiting
    full = BAR_LENGTH * done // broadcast.total if broadcast.total else BAR_LENGTH
    is_running = broadcast.ended_at is None
    status = {
        (BroadcastStatus.SENDING, True): say("📤 <b>Being sent</b>"),
        (BroadcastStatus.STOPPED, True): say("✋ <b>Being stopped</b>"),
        (BroadcastStatus.STOPPED, False): say("✋ <b>Stopped</b>"),
    }.get((broadcast.status, is_running), say("✅ <b>Sent</b>"))
    text = lines(
        status,
        Html(f"{'▰' * full}{'▱' * (BAR_LENGTH - full)} ")
        + say(
            "{done} of {total}", done=language.number(done), total=language.number(broadcast.total)
        ),
        "",
        *figure_lines(language, figures),
        say("Ended: {at}", at=broadcast.ended_at) if broadcast.ended_at else None,
    )
    stop = Button(say("✋ Stop"), BroadcastCard(action="stop", id=broadcast.id))
    renew = Button(say("🔄 Refresh"), BroadcastCard(action="card", id=broadcast.id))
    can_stop = broadcast.status is BroadcastStatus.SENDING and is_running
    return Screen(text, ((stop, renew),) if can_stop else ())


def figure_lines(language: Language, figures: BroadcastFigures) -> list[Html]:
    """Return what came of it, one figure a line; what is zero is left out, but not the first."""
    say, number = language.say, language.number
    shown = (
        (say("🟢 delivered: {count}", count=number(figures.sent)), True),
        (say("🟡 waiting: {count}", count=number(figures.waiting)), figures.waiting),
        (say("⚪️ blocked the bot: {count}", count=number(figures.blocked)), figures.blocked),
        (say("🔕 switched news off: {count}", count=number(figures.muted)), figures.muted),
        (say("🔴 failed: {count}", count=number(figures.failed)), figures.failed),
        (
            say("🟠 unclear, not sent twice: {count}", count=number(figures.unclear)),
            figures.unclear,
        ),
        (say("✋ not sent, stopped: {count}", count=number(figures.stopped)), figures.stopped),
    )
    return [text for text, is_shown in shown if is_shown]


def list_screen(language: Language, views: Sequence[BroadcastView]) -> Screen:
    """Return the latest broadcasts."""
    say = language.say
    if not views:
        return Screen(say("Nothing has been sent to many people yet. /broadcast begins."))
    rows = []
    for view in views:
        broadcast = view.broadcast
        words = short(_plain_start(broadcast), 28)
        at = language.date(broadcast.started_at or broadcast.created_at)
        card = BroadcastCard(action="card", id=broadcast.id)
        rows.append((Button(f"{_mark(broadcast)} {at} · {words}", card),))
    return Screen(say("🗂 <b>Messages to many people</b>"), tuple(rows))


def _mark(broadcast: Broadcast) -> str:
    if broadcast.ended_at is None:
        return "🟡"
    return "🟢" if broadcast.status is BroadcastStatus.SENT else "✋"


def _plain_start(broadcast: Broadcast) -> str:
    """Return the beginning of the text without its mark-up."""
    return Html(broadcast.texts.get(broadcast.fallback or "", "")).plain
