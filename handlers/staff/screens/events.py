"""The home of what staff see of events that took no effect."""

import json
from collections.abc import Iterator, Mapping

from domain.entities.event import EventCounts, EventRecord, EventShelf, EventStatus, short_digest
from domain.programs.model import Program
from domain.rights import StaffRole, may
from domain.usecases.events.listing import EventCard, EventPage
from handlers.ui.earnings import category_name
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import event_problem
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.vendor_callbacks import event_press, events_after

ROWS_OF_DATA_MAX = 20
VALUE_LENGTH_MAX = 100
CHOICES_MAX = 40


def event_rows(language: Language, counts: EventCounts) -> Rows:
    """Return the buttons of the queue that open the lists of events."""
    shelves = (
        (EventShelf.FOR_STAFF, counts.for_staff),
        (EventShelf.WAITING, counts.waiting),
        (EventShelf.REJECTED, counts.rejected),
    )
    return tuple(
        (Button(f"{shelf_name(language, shelf)} · {count}", events_after(shelf)),)
        for shelf, count in shelves
        if count
    )


def shelf_name(language: Language, shelf: EventShelf) -> Html:
    """Return the name of a list of events."""
    say = language.say
    return {
        EventShelf.FOR_STAFF: say("🅿️ Parked for you"),
        EventShelf.WAITING: say("⏳ Waiting for other events"),
        EventShelf.REJECTED: say("🚫 Rejected"),
    }.get(shelf, say("🅿️ Parked for you"))


def events_screen(language: Language, shelf: EventShelf, page: EventPage) -> Screen:
    """Return a list of events without effect."""
    say = language.say
    head = Html(f"<b>{shelf_name(language, shelf)}</b>")
    if not page.rows:
        return Screen(lines(head, say("✨ There is nothing here.")))
    rows = [
        (Button(f"{_label(record)} · {short(_problem(language, record), 40)}", press),)
        for record in page.rows
        for press in [event_press("show", record)]
    ]
    if page.following is not None:
        rows.append((Button(say("Older ▶️"), events_after(shelf, page.rows[-1])),))
    return Screen(lines(head, _explained(language, shelf)), tuple(rows))


def _explained(language: Language, shelf: EventShelf) -> Html:
    say = language.say
    if shelf is EventShelf.WAITING:
        return say(
            "These apply by themselves when billing sends what they wait for. "
            "Old ones are worth asking billing about."
        )
    if shelf is EventShelf.REJECTED:
        return say("These are final. Billing sends a corrected event under a new ID.")
    return say("These need you: press one, fix the cause, run it again.")


def _label(record: EventRecord) -> str:
    return record.kind


def _problem(language: Language, record: EventRecord) -> str:
    return str(event_problem(language, record.error.code if record.error else ""))


def event_screen(language: Language, card: EventCard, role: StaffRole | None) -> Screen:
    """Return an event with its data, what is wrong with it, and what can be done."""
    say, record, error = language.say, card.record, card.record.error
    text = lines(
        say(
            "{mark} <b>{kind}</b> {id}",
            mark=_mark(record.status),
            kind=record.kind,
            id=code(short(record.id, 128)),
        ),
        say("Status: {status}", status=_status(language, record)),
        say("Problem: {problem}", problem=event_problem(language, error.code)) if error else None,
        say("Field: {field}", field=code(error.field)) if error and error.field else None,
        say("For engineers: {message}", message=code(short(error.message, 300)))
        if error
        else None,
        say("Waits for: {cause}", cause=code(short(record.waits_for, 150)))
        if record.status is EventStatus.PARKED and record.waits_for
        else None,
        say("Received: {at}", at=record.received_at),
        "",
        *_data_lines(language, card.data),
        *_conflict_lines(language, card),
        _advice(language, record),
    )
    return Screen(text, _actions(language, card, role))


def _mark(status: EventStatus) -> str:
    marks = {EventStatus.PARKED: "🅿️", EventStatus.REJECTED: "🚫", EventStatus.APPLIED: "✅"}
    return marks.get(status, "♻️")


def _status(language: Language, record: EventRecord) -> Html:
    say = language.say
    return {
        EventStatus.PARKED: say("🟡 parked"),
        EventStatus.REJECTED: say("🔴 rejected"),
        EventStatus.APPLIED: say("🟢 applied"),
        EventStatus.DUPLICATE: say("⚪️ duplicate"),
    }[record.status]


def _advice(language: Language, record: EventRecord) -> Html | None:
    if record.status is not EventStatus.PARKED or not _is_for_staff(record):
        return None
    return language.say(
        "Fix the cause, then run it again. If billing sends the same fact under a new ID, "
        "that one takes its place."
    )


def _is_for_staff(record: EventRecord) -> bool:
    return (record.waits_for or "").startswith("staff:")


def _data_lines(language: Language, data: Mapping[str, object]) -> list[Html]:
    rows = [
        language.say("{name}: {value}", name=name, value=code(short(value, VALUE_LENGTH_MAX)))
        for name, value in _flat(data, "")
    ]
    if len(rows) > ROWS_OF_DATA_MAX:
        rest = len(rows) - ROWS_OF_DATA_MAX
        more = language.say_many("… and {count} more field", "… and {count} more fields", rest)
        return [*rows[:ROWS_OF_DATA_MAX], more]
    return rows


def _flat(data: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict):
            yield from _flat(value, f"{path}.")
        elif isinstance(value, list):
            for number, item in enumerate(value):
                inside = item if isinstance(item, dict) else {"": item}
                yield from _flat(inside, f"{path}[{number}].")
        else:
            shown = value if isinstance(value, str) else json.dumps(value)
            yield short(path.removesuffix("."), 40), shown


def _conflict_lines(language: Language, card: EventCard) -> list[Html]:
    return [
        language.say(
            "⚠️ Another body came under this ID on {at} and is kept: {kind}.",
            at=conflict.received_at,
            kind=code(conflict.kind),
        )
        for conflict in card.conflicts[:3]
    ]


def _actions(language: Language, card: EventCard, role: StaffRole | None) -> Rows:
    say, record = language.say, card.record
    if record.status is not EventStatus.PARKED or not may(role, "event.rerun"):
        return ()
    rows = []
    if card.choices:
        choose = event_press("choose", record)
        rows.append((Button(say("🏷 Say what it counts as"), choose),))
    if _is_for_staff(record):
        rows.append((Button(say("🔁 Run again"), event_press("run", record)),))
    rows.append((Button(say("🗑 Drop it"), event_press("drop", record)),))
    return tuple(rows)


def map_question(
    language: Language, card: EventCard, chosen: str, program: Program | None
) -> Screen:
    """Return the question before a category counts as another one for good."""
    say = language.say

    def named(category: str) -> Html:
        if not category:
            return say("no category")
        shown = category_name(language, program, category) if program else category
        return Html(f"{bold(shown)} ({code(category)})")

    text = lines(
        say(
            "🏷 Payments for {category} will count as {counts_as}.",
            category=named(card.category or ""),
            counts_as=named(chosen),
        ),
        say(
            "It holds for every later payment of this category, and runs all payments that wait "
            "for it again. It cannot be taken back here."
        ),
    )
    yes = event_press("mapped", card.record, short_digest(chosen)[:8])
    rows = (
        (Button(say("✅ Yes, it counts so"), yes),),
        (Button(say("⬅️ Back"), event_press("choose", card.record)),),
    )
    return Screen(text, rows)


def choices_screen(language: Language, card: EventCard) -> Screen:
    """Return the categories that an unknown one may be mapped to."""
    say = language.say
    rows = [
        (Button(short(choice, 60), event_press("map", card.record, short_digest(choice)[:8])),)
        for choice in card.choices[:CHOICES_MAX]
    ]
    rows.append((Button(say("⬅️ Back"), event_press("show", card.record)),))
    error = card.record.error
    text = lines(
        say("🏷 <b>What does it count as?</b>"),
        code(short(error.message, 300)) if error else None,
        say(
            "Your choice holds for every later payment of this category, and runs all payments "
            "that wait for it again. What was earned before stays."
        ),
    )
    return Screen(text, tuple(rows))


def drop_question(language: Language, card: EventCard) -> Screen:
    """Return the question before an event is dropped."""
    say = language.say
    text = say(
        "🗑 Drop event {id}? It will never take effect. Billing can still send the fact again "
        "under a new ID.",
        id=code(short(card.record.id, 128)),
    )
    rows = (
        (Button(say("🗑 Yes, drop it"), event_press("dropped", card.record)),),
        (Button(say("⬅️ Back"), event_press("show", card.record)),),
    )
    return Screen(text, rows)
