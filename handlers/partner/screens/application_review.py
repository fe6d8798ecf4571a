"""The home of the screens around sending an application: checking, waiting, the answer."""

from datetime import timedelta

from domain.applying import ApplicationView
from domain.entities.application import ApplicationStatus, LineAuthor
from domain.programs.model_joining import OriginalsTerms
from handlers.partner.screens.application_parts import (
    item_line,
    items_of,
    part_name,
    parts_of,
    press,
    refusal_lines,
    title_of,
)
from handlers.partner.screens.applications import overview_screen
from handlers.ui.application_words import rejection_reason, status_words
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.legal_forms import form_title
from handlers.ui.screen import Button, Rows, Screen

TALK_LINES = 6
WORDS_LENGTH = 500


def own_screen(language: Language, view: ApplicationView) -> Screen:
    """Return an application as its applicant finds it: the form, or where it stands."""
    match view.application.status:
        case ApplicationStatus.DRAFT | ApplicationStatus.CORRECTION:
            return overview_screen(language, view)
        case ApplicationStatus.REJECTED:
            return rejected_screen(language, view)
        case ApplicationStatus.APPROVED:
            return approved_screen(language, view)
        case ApplicationStatus.REVIEW | ApplicationStatus.WITHDRAWN:
            return waiting_screen(language, view)


def review_screen(language: Language, view: ApplicationView) -> Screen:
    """Return everything that was entered, to be read once more before it is sent."""
    say, form = language.say, view.application.form
    parts = [
        lines("", bold(part_name(language, part)), *_items(language, view, part))
        for part in parts_of(view)
    ]
    text = lines(
        title_of(view, language),
        say("Legal form: {form}", form=form_title(language, form)) if form else None,
        *parts,
        "",
        say("Still needed: {count}", count=language.number(len(view.progress.open_items)))
        if view.progress.open_items
        else say("Is everything right? Press a part to change it."),
    )
    send = Button(say("📨 Send"), press(view, "ask_send"))
    go_on = Button(say("▶️ Go on"), press(view, "next"))
    buttons = [
        Button(part_name(language, part), press(view, "part", part)) for part in parts_of(view)
    ]
    changes = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    first = (go_on,) if view.progress.open_items else (send,)
    back = (Button(say("⬅️ To the form"), press(view, "show")),)
    return Screen(text, (first, *changes, back))


def _items(language: Language, view: ApplicationView, part: str) -> list[Html]:
    return [item_line(language, view, item) for item in items_of(view, part)]


def send_question(language: Language, view: ApplicationView) -> Screen:
    """Ask before an application is sent; by sending the rules are accepted (R30)."""
    say, program = language.say, view.program
    text = lines(
        say("📨 <b>Send application {number}?</b>", number=view.application.number),
        say(
            "By sending it you accept the rules of the program, version {version}, and agree "
            "that we check your answers and papers.",
            version=program.version,
        ),
        language.say_many(
            "We answer within {count} day.",
            "We answer within {count} days.",
            program.application.review_days,
        ),
    )
    rows: Rows = (
        (Button(say("✅ Yes, send it"), press(view, "send", str(program.version))),),
        (
            Button(say("📜 Rules"), press(view, "rules")),
            Button(say("⬅️ Back"), press(view, "review")),
        ),
    )
    return Screen(text, rows)


def waiting_screen(language: Language, view: ApplicationView) -> Screen:
    """Return an application that the staff have, with the talk about it."""
    say, application = language.say, view.application
    due = None
    if application.submitted_at is not None and application.status is ApplicationStatus.REVIEW:
        due = application.submitted_at + timedelta(days=view.program.application.review_days)
    text = lines(
        title_of(view, language),
        status_words(language, application.status),
        say("Sent: {at}", at=application.submitted_at) if application.submitted_at else None,
        say("The answer comes here by {at}.", at=due) if due else None,
        *_papers(language, view),
        *_originals(language, view),
        *talk_lines(language, view),
    )
    rows: list[tuple[Button, ...]] = []
    if application.status is ApplicationStatus.REVIEW:
        rows.append((Button(say("✏️ Write to the reviewer"), press(view, "write")),))
        rows.append((Button(say("🗑 Take it back"), press(view, "ask_delete")),))
    rows.append((Button(say("📋 Menu"), Open(screen="menu")),))
    return Screen(text, tuple(rows))


def _papers(language: Language, view: ApplicationView) -> list[Html | str]:
    shown = [
        item_line(language, view, item)
        for item in view.progress.papers
        if item.key in view.file.pages
    ]
    return ["", *shown] if shown else []


def _originals(language: Language, view: ApplicationView) -> list[Html | str]:
    terms = view.program.application.originals
    if terms is None or not view.progress.are_scans_accepted:
        return []
    if view.application.originals_at is not None:
        return ["", language.say("📦 The originals have arrived.")]
    return ["", originals_text(language, terms)]


def originals_text(language: Language, terms: OriginalsTerms) -> Html:
    """Return how the originals travel (R33)."""
    say = language.say
    return lines(
        say("📦 <b>Now the originals, please</b>"),
        say("By electronic documents, our operator ID: {id}", id=code(terms.operator_id))
        if terms.operator_id
        else None,
        say("By courier or post: {address}", address=bold(terms.address))
        if terms.address
        else None,
        say("For: {name}", name=bold(terms.receiver)) if terms.receiver else None,
        say("The decision waits for them.")
        if terms.before_approval
        else say("The decision does not wait for them."),
    )


def talk_lines(language: Language, view: ApplicationView) -> list[Html | str]:
    """Return the end of the talk, oldest first."""
    shown = view.file.lines[-TALK_LINES:]
    if not shown:
        return []
    found: list[Html | str] = []
    for line in shown:
        is_staff = line.author is LineAuthor.STAFF
        who = language.say("Reviewer") if is_staff else language.say("You")
        found += [
            "",
            Html(f"💬 {bold(who)} · {language.instant(line.at)}"),
            short(line.text, WORDS_LENGTH),
        ]
    return found


def rejected_screen(language: Language, view: ApplicationView) -> Screen:
    """Return why an application was rejected, and when it can be sent again (R34)."""
    say, application = language.say, view.application
    reason = application.reason_code
    text = lines(
        title_of(view, language),
        status_words(language, application.status),
        say("Reason: {reason}", reason=rejection_reason(language, reason)) if reason else None,
        short(application.reason, 1000) if application.reason else None,
        *refusal_lines(language, view),
        "",
        say("You can correct it and send it again from {at}.", at=view.possible_at)
        if view.possible_at and view.program.application.reapply_days
        else say("You can correct it and send it again."),
        *talk_lines(language, view),
    )
    rows: Rows = (
        (Button(say("✏️ Correct it"), press(view, "edit")),),
        (Button(say("💬 Write to the reviewer"), press(view, "write")),),
        (
            Button(say("🗑 Delete"), press(view, "ask_delete")),
            Button(say("📋 Menu"), Open(screen="menu")),
        ),
    )
    return Screen(text, rows)


def approved_screen(language: Language, view: ApplicationView) -> Screen:
    """Return the contract and how to start."""
    say, application = language.say, view.application
    day = application.contract_date
    text = lines(
        title_of(view, language),
        status_words(language, application.status),
        say(
            "Contract {number} of {date}",
            number=bold(application.contract_number or "—"),
            date=language.day(day) if day else "—",
        ),
        *_originals(language, view),
        "",
        say("Share your link; everything else is in the menu."),
    )
    rows: Rows = (
        (
            Button(say("🔗 My link"), Open(screen="link")),
            Button(say("📋 Menu"), Open(screen="menu")),
        ),
    )
    return Screen(text, rows)


def write_question(language: Language, view: ApplicationView) -> Screen:
    """Return the question for words to the reviewer."""
    text = language.say(
        "✏️ Your message about application {number}. Send it in one message.",
        number=view.application.number,
    )
    back = Button(language.say("⬅️ Back"), press(view, "show"))
    return Screen(text, ((back,),))


def written_screen(language: Language, view: ApplicationView) -> Screen:
    """Return that the words are with the reviewer."""
    text = language.say("👍 The reviewer has your message. The answer comes here.")
    return Screen(text, ((Button(language.say("📝 My application"), press(view, "show")),),))
