"""The home of what the buttons on the card of an application lead to."""

from collections.abc import Iterable

from domain.applying import ApplicationView, contract_mark
from domain.entities.application import (
    ApplicationStatus,
    FieldRefusal,
    PaperRefusal,
    RejectionReason,
)
from domain.entities.progress import Item, ItemState
from domain.entities.questionnaire import FieldKind, PaperKind
from handlers.ui.application_words import (
    field_name,
    field_reason,
    item_mark,
    item_name,
    paper_name,
    paper_reason,
    rejection_reason,
)
from handlers.ui.callbacks_applications import DeskPress
from handlers.ui.callbacks_papers import PaperLinkPress, PaperPress
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

WORDS_LENGTH = 300
IN_A_ROW = 4
TWO = 2


def answers_screen(language: Language, view: ApplicationView) -> Screen:
    """Return all answers in full, for one look; the way back leads to the card."""
    rows = [
        Html(f"{item_mark(item.state)} {item_name(language, item.key)}: {_full(view, item)}")
        for item in view.progress.fields
    ]
    text = lines(
        language.say(
            "🔎 <b>Application {number}: all answers</b>", number=view.application.number
        ),
        *rows,
        "",
        language.say("Who looked is in the audit trail."),
    )
    return Screen(text, (_back(language, view),))


def _full(view: ApplicationView, item: Item) -> Html:
    answer = view.file.answers.get(FieldKind(item.key))
    return bold(short(answer.value, WORDS_LENGTH)) if answer else Html("—")


def fields_screen(language: Language, view: ApplicationView) -> Screen:
    """Return which answer is refused."""
    buttons = [
        Button(
            f"{item_mark(item.state)} {item_name(language, item.key)}",
            DeskPress.of("fld", view.application.id, item.key.value),
        )
        for item in view.progress.fields
        if item.state is not ItemState.MISSING
    ]
    rows = tuple(tuple(buttons[at : at + TWO]) for at in range(0, len(buttons), TWO))
    text = language.say("Which answer of application {number} do you refuse?", number=_n(view))
    return Screen(text, (*rows, _back(language, view)))


def field_reasons(language: Language, view: ApplicationView, kind: FieldKind) -> Screen:
    """Return the reasons for refusing an answer."""
    id_, key = view.application.id, kind.value
    answer = view.file.answers.get(kind)
    rows: list[tuple[Button, ...]] = [
        (Button(field_reason(language, reason), DeskPress.of("fw", id_, key, reason.value)),)
        for reason in FieldRefusal
    ]
    if answer is not None and answer.refusal is not None:
        rows.append((Button(language.say("✅ It is right"), DeskPress.of("fok", id_, key)),))
    text = language.say(
        "Application {number}, {field}: why?",
        number=_n(view),
        field=bold(field_name(language, kind)),
    )
    return Screen(text, (*rows, _back(language, view)))


def paper_screen(
    language: Language, view: ApplicationView, kind: PaperKind, files: Iterable[tuple[int, int]]
) -> Screen:
    """Return a paper with its files, to open and to judge; ``files`` are page and paper id."""
    say, id_, key = language.say, view.application.id, kind.value
    verdict = view.file.verdicts.get(kind)
    refused = verdict.refusal if verdict else None
    listed = list(enumerate(files, start=1))
    opens = [
        Button(f"📄 {number}", PaperPress(paper_id=paper_id)) for number, (_, paper_id) in listed
    ]
    links = [
        Button(f"🔗 {number}", PaperLinkPress(paper_id=paper_id))
        for number, (_, paper_id) in listed
    ]
    text = lines(
        say("📄 <b>{paper}</b>", paper=paper_name(language, kind)),
        say("Application {number}", number=_n(view)),
        Html(f"🔴 {paper_reason(language, refused)}") if refused else None,
        say("🟢 accepted") if verdict is not None and refused is None else None,
        say(
            "Open each file: 📄 brings it into your private chat, 🔗 a link for one look in a "
            "browser. Each look is recorded."
        ),
    )
    rows: list[tuple[Button, ...]] = [
        tuple(buttons[at : at + IN_A_ROW])
        for buttons in (opens, links)
        for at in range(0, len(buttons), IN_A_ROW)
    ]
    if view.application.status is ApplicationStatus.REVIEW:
        rows.append((Button(say("✅ Accept"), DeskPress.of("pok", id_, key)),))
        rows.append((Button(say("🔴 Refuse"), DeskPress.of("pno", id_, key)),))
        if len(opens) > 1:
            rows.append((Button(say("🔴 Refuse one file"), DeskPress.of("pone", id_, key)),))
    return Screen(text, (*rows, _back(language, view)))


def which_file(language: Language, view: ApplicationView, kind: PaperKind) -> Screen:
    """Return the question which file of a paper is refused."""
    id_, key = view.application.id, kind.value
    count = view.file.pages.get(kind, 0)
    buttons = [
        Button(f"🔴 {number}", DeskPress.of("pno", id_, key, file=number))
        for number in range(1, count + 1)
    ]
    rows = [tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]
    text = language.say("{paper}: which file?", paper=bold(paper_name(language, kind)))
    return Screen(text, (*rows, _back(language, view)))


def paper_reasons(language: Language, view: ApplicationView, kind: PaperKind, file: int) -> Screen:
    """Return the reasons for refusing a paper, or one of its files."""
    id_, key = view.application.id, kind.value
    rows = [
        (Button(paper_reason(language, reason), DeskPress.of("pw", id_, key, reason.value, file)),)
        for reason in PaperRefusal
    ]
    number = language.say(" (file {number})", number=file) if file else Html("")
    text = language.say(
        "Application {number}, {paper}{file}: why?",
        number=_n(view),
        paper=bold(paper_name(language, kind)),
        file=number,
    )
    return Screen(text, (*rows, _back(language, view)))


def rejection_reasons(language: Language, view: ApplicationView) -> Screen:
    """Return the reasons for a rejection."""
    rows = [
        (
            Button(
                rejection_reason(language, reason),
                DeskPress.of("rw", view.application.id, reason=reason.value),
            ),
        )
        for reason in RejectionReason
    ]
    text = language.say("Why is application {number} rejected?", number=_n(view))
    return Screen(text, (*rows, _back(language, view)))


def approval_question(language: Language, view: ApplicationView) -> Screen:
    """Return number and day of the contract, to be confirmed or changed."""
    say, application = language.say, view.application
    day = application.contract_date
    text = lines(
        say("✅ <b>Approve application {number}?</b>", number=_n(view)),
        say(
            "Contract {number} of {date}",
            number=bold(application.contract_number or "—"),
            date=language.day(day) if day else "—",
        ),
        say("The applicant gets its link at once. This cannot be undone."),
    )
    id_, mark = application.id, contract_mark(application)
    rows: Rows = (
        (Button(say("✅ Yes, approve"), DeskPress.of("yes", id_, mark)),),
        (
            Button(say("✏️ Another number"), DeskPress.of("num", id_)),
            Button(say("📅 Another day"), DeskPress.of("day", id_)),
        ),
        _back(language, view),
    )
    return Screen(text, rows)


def _n(view: ApplicationView) -> int:
    return view.application.number


def _back(language: Language, view: ApplicationView) -> tuple[Button, ...]:
    return (Button(language.say("⬅️ Back"), DeskPress.of("card", view.application.id)),)
