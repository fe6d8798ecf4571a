"""The home of what staff see of a broadcast that is composed: the draft and its readers."""

from domain.entities.broadcast import (
    OPEN,
    Audience,
    Broadcast,
    BroadcastStatus,
    BroadcastView,
    Segment,
)
from domain.programs.model import LANGUAGES, Programs
from handlers.ui.broadcast_card import progress_screen
from handlers.ui.callbacks import BroadcastCard
from handlers.ui.html import Html, lines, plain, short
from handlers.ui.language import FLAGS, NAMES, Language
from handlers.ui.screen import Button, Rows, Screen


def broadcast_screen(language: Language, view: BroadcastView, programs: Programs) -> Screen:
    """Return the card of a broadcast as it stands."""
    if view.broadcast.status is BroadcastStatus.DROPPED:
        return Screen(language.say("🗑 The message was thrown away. Nobody got it."))
    if view.broadcast.status in OPEN:
        return _draft(language, view, programs)
    return progress_screen(language, view.broadcast, view.figures)


def _draft(language: Language, view: BroadcastView, programs: Programs) -> Screen:
    say, broadcast = language.say, view.broadcast
    is_asked = broadcast.status is BroadcastStatus.ASKED
    blocked = sum(part.blocked for part in view.parts)
    text = lines(
        say("📣 <b>Message to many people</b>"),
        "",
        say("To: {segment}", segment=segment_words(language, broadcast.segment, programs)),
        language.say_many(
            "It goes to <b>{count} person</b>.", "It goes to <b>{count} people</b>.", view.people
        ),
        _by_language(language, view),
        language.say_many(
            "{count} more blocked the bot and gets nothing.",
            "{count} more blocked the bot and get nothing.",
            blocked,
        )
        if blocked
        else None,
        "",
        _texts_line(language, broadcast),
        say(
            "{name} asks for it. A second person must confirm.",
            name=short(view.asked_by_name or "—", 60),
        )
        if is_asked
        else None,
    )
    return Screen(text, _draft_rows(language, view, is_asked=is_asked))


def _by_language(language: Language, view: BroadcastView) -> Html | None:
    if not view.people:
        return None
    parts = (
        f"{FLAGS.get(part.language, '')} {NAMES.get(part.language, part.language)}: "
        f"{language.number(part.people)}"
        for part in view.parts
        if part.people
    )
    return lines(", ".join(parts))


def _texts_line(language: Language, broadcast: Broadcast) -> Html:
    if broadcast.fallback is None:
        return language.say("✍️ No text yet.")
    names = ", ".join(NAMES[code] for code in LANGUAGES if code in broadcast.texts)
    if len(broadcast.texts) == len(LANGUAGES):
        return language.say("✍️ Texts: {names}.", names=names)
    return language.say(
        "✍️ Texts: {names}. Readers of other languages get the one in {fallback}.",
        names=names,
        fallback=NAMES[broadcast.fallback],
    )


def _draft_rows(language: Language, view: BroadcastView, *, is_asked: bool) -> Rows:
    say, number = language.say, view.broadcast.id

    def press(action: str, value: str = "") -> BroadcastCard:
        return BroadcastCard(action=action, id=number, value=value)

    rows: list[tuple[Button, ...]] = [
        (
            Button(say("👥 Recipients"), press("people")),
            Button(say("✍️ Text"), press("texts")),
        )
    ]
    if view.broadcast.fallback is not None:
        send = language.say_many(
            "✅ Send to {count} person", "✅ Send to {count} people", view.people
        )
        rows.append((Button(say("👁 Preview"), press("preview")),))
        rows.append((Button(say("✅ Confirm and send") if is_asked else send, press("ask")),))
    rows.append(
        (
            Button(say("🗑 Throw away"), press("drop")),
            Button(say("🗂 Earlier ones"), press("list")),
        )
    )
    return tuple(rows)


def segment_words(language: Language, segment: Segment, programs: Programs) -> Html:
    """Return whom a segment means."""
    say = language.say
    program = programs.get(segment.program or "")
    first = next(iter(programs.values()), None)
    parts: list[object] = [_audience(language, segment.audience)]
    if segment.program is not None:
        title = program.text(language.code).title if program else segment.program
        parts.append(say("program “{title}”", title=title))
    if segment.tier is not None:
        naming = program or first
        tier = naming.tier_name(segment.tier, language.code) if naming else segment.tier
        parts.append(say("tier {tier}", tier=tier))
    if segment.language is not None:
        parts.append(say("readers of {language}", language=NAMES[segment.language]))
    return Html(", ".join(str(part) for part in (lines(part) for part in parts)))


def _audience(language: Language, audience: Audience) -> Html:
    say = language.say
    match audience:
        case Audience.PARTNERS:
            return say("all partners")
        case Audience.ACTIVE:
            return say("partners active in the last 30 days")
        case Audience.PAYABLE:
            return say("partners who can ask for a pay-out")
        case Audience.CLIENTS:
            return say("clients")


def _choice(number: int, text: object, action: str, value: str, *, is_chosen: bool) -> Button:
    mark = "🔘" if is_chosen else "⚪️"
    return Button(f"{mark} {plain(text)}", BroadcastCard(action=action, id=number, value=value))


def people_screen(language: Language, view: BroadcastView, programs: Programs) -> Screen:
    """Return the choice of recipients; each press narrows or widens it and counts anew."""
    say, segment, number = language.say, view.broadcast.segment, view.broadcast.id
    rows: list[tuple[Button, ...]] = [
        (
            _choice(
                number,
                _audience(language, audience),
                "to",
                audience.value,
                is_chosen=segment.audience is audience,
            ),
        )
        for audience in Audience
    ]
    if len(programs) > 1:
        for key, program in programs.items():
            title = short(program.text(language.code).title, 40)
            rows.append((_choice(number, title, "pr", key, is_chosen=segment.program == key),))
    rows += _tiers(language, view.broadcast, programs)
    rows.append(
        tuple(
            _choice(number, FLAGS[code], "la", code, is_chosen=segment.language == code)
            for code in LANGUAGES
        )
    )
    rows.append((Button(say("✔️ Ready"), BroadcastCard(action="card", id=number)),))
    text = lines(
        say("👥 <b>Who gets it?</b>"),
        language.say_many(
            "It goes to <b>{count} person</b>.", "It goes to <b>{count} people</b>.", view.people
        ),
        _by_language(language, view),
        say("A second press on a program, tier or language takes it out again."),
    )
    return Screen(text, tuple(rows))


def _tiers(
    language: Language, broadcast: Broadcast, programs: Programs
) -> list[tuple[Button, ...]]:
    """Return the tiers of the one program that is meant."""
    segment = broadcast.segment
    key = segment.program or (next(iter(programs)) if len(programs) == 1 else "")
    program = programs.get(key)
    if program is None or segment.audience is Audience.CLIENTS:
        return []
    buttons = [
        _choice(
            broadcast.id,
            program.tier_name(tier.key, language.code),
            "ti",
            tier.key,
            is_chosen=segment.tier == tier.key,
        )
        for tier in program.tiers
    ]
    return [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]


def texts_screen(language: Language, view: BroadcastView) -> Screen:
    """Return the choice of the language to write in."""
    say, broadcast = language.say, view.broadcast
    rows = [
        (
            Button(
                f"{'✅' if code in broadcast.texts else '➕'} {FLAGS[code]} {NAMES[code]}",
                BroadcastCard(action="write", id=broadcast.id, value=code),
            ),
        )
        for code in LANGUAGES
    ]
    rows.append((Button(say("⬅️ Back"), BroadcastCard(action="card", id=broadcast.id)),))
    text = lines(
        say("✍️ <b>In which language do you write?</b>"),
        say("One text is enough: readers of other languages get the first one you write."),
    )
    return Screen(text, tuple(rows))


def text_question(language: Language, code: str, name: str) -> Screen:
    """Return the question for a text."""
    say = language.say
    question = lines(
        say("{name}, reply with the text in {language}.", name=name, language=NAMES[code]),
        say("Bold, italic, links and quotes stay as you make them. /cancel leaves it."),
    )
    return Screen(question, asks=str(say("Text of the message")))


def confirm_screen(language: Language, view: BroadcastView, programs: Programs) -> Screen:
    """Return the last question before it goes out."""
    say, number = language.say, view.broadcast.id
    text = lines(
        language.say_many(
            "📣 Send this message to <b>{count} person</b> now?",
            "📣 Send this message to <b>{count} people</b> now?",
            view.people,
        ),
        segment_words(language, view.broadcast.segment, programs),
        _by_language(language, view),
        "",
        say("What was sent cannot be called back; what waits can be stopped."),
    )
    rows = (
        (
            Button(say("✅ Yes, send"), BroadcastCard(action="send", id=number)),
            Button(say("⬅️ Back"), BroadcastCard(action="card", id=number)),
        ),
    )
    return Screen(text, rows)
