"""The home of the queue of staff."""

from domain.entities.queue import QueueLine
from domain.usecases.staff.queue import Queue
from handlers.ui.callbacks import QueueCard, StaffOpen
from handlers.ui.html import Html, bold, lines
from handlers.ui.language import Language
from handlers.ui.queues import FACES
from handlers.ui.screen import Button, Rows, Screen


def to_queue(language: Language) -> tuple[Button, ...]:
    """Return the way back to the queue."""
    return (Button(language.say("📥 Queue"), StaffOpen(screen="queue")),)


def queue_screen(language: Language, queue: Queue, more: Rows = ()) -> Screen:
    """Return what waits for staff, by kind, with the list and the next one of each."""
    say = language.say
    if not queue.lines and not more:
        return Screen(say("✨ Nothing waits for you."))
    rows = []
    for line in queue.lines:
        face = FACES[line.kind]
        row = [Button(f"{face.mark} {face.label(language)} · {line.count}", face.opens)]
        if face.has_next:
            following = QueueCard(action="next", kind=line.kind.value)
            row.append(Button(say("▶️ Next in line"), following))
        rows.append(tuple(row))
    parts = [part for line in queue.lines for part in ("", _line(language, line, queue))]
    return Screen(lines(say("📥 <b>Queue</b>"), *parts), (*rows, *more))


def _line(language: Language, line: QueueLine, queue: Queue) -> Html:
    face = FACES[line.kind]
    sums = " + ".join(language.money(amount) for amount in line.sums)
    return lines(
        Html(f"{face.mark} {face.counted(language, line.count)}"),
        bold(sums) if sums else None,
        language.say("waits longest: {age}", age=language.age(line.oldest_at, queue.seen_at)),
    )
