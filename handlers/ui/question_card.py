"""The home of the card of a question in the admin chat."""

from domain.entities.question import (
    Asker,
    Author,
    Holder,
    QuestionStatus,
    QuestionView,
)
from handlers.ui.callbacks_questions import LAST_PAGE, QuestionPress, TicketPress
from handlers.ui.claim_marks import masked
from handlers.ui.html import Html, code, lines
from handlers.ui.language import Language
from handlers.ui.question_marks import ThreadPage, question_state, thread_page
from handlers.ui.screen import Button, Rows, Screen


def question_card(language: Language, view: QuestionView, page: int = LAST_PAGE) -> Screen:
    """Return the card: who asks, where it stands, the correspondence, what can be done."""
    say, question = language.say, view.question
    shown = thread_page(language, view, Author.VENDOR, page)
    text = lines(
        say("💬 <b>Question {number}</b>", number=question.number),
        question_state(language, question.state),
        _who(language, view),
        page_line(language, shown),
        "",
        shown.text,
    )
    return Screen(text, _rows(language, view, shown))


def _who(language: Language, view: QuestionView) -> Html:
    """Return who asks; names are masked, as everybody in the chat reads the card."""
    say = language.say
    partner = say(
        "Partner: {name}, code {code}",
        name=masked(view.partner_name or ""),
        code=code(view.partner_code or "—"),
    )
    if view.question.asker is Asker.PARTNER:
        return partner
    if view.question.asker is Asker.VISITOR:
        return say("Asked by somebody who is neither partner nor client yet")
    client = say(
        "Client: {name}, ID {id}",
        name=masked(view.client_name or ""),
        id=code(view.client_shown_id or "—"),
    )
    return lines(client, partner if view.partner_code else None)


def page_line(language: Language, shown: ThreadPage) -> Html | None:
    """Return which page of a thread is shown; nothing where it has one only."""
    if shown.count == 1:
        return None
    return language.say(
        "Page {page} of {count}",
        page=language.number(shown.number + 1),
        count=language.number(shown.count),
    )


def _rows(language: Language, view: QuestionView, shown: ThreadPage) -> Rows:
    say, question = language.say, view.question

    def press(action: str, page: int = LAST_PAGE) -> TicketPress:
        return TicketPress(action=action, id=question.id, page=page)

    rows: list[tuple[Button, ...]] = []
    if question.status is not QuestionStatus.CLOSED:
        rows.append(
            (
                Button(say("✏️ Reply"), press("reply")),
                Button(say("✔️ Close"), press("close")),
            )
        )
        if view.may_pass and (
            question.holder is Holder.VENDOR or question.status is QuestionStatus.ANSWERED
        ):
            rows.append((Button(say("➡️ Hand over to the partner"), press("pass")),))
    rows += file_rows(shown, TicketPress)
    if shown.count > 1:
        turns = []
        if shown.number > 0:
            turns.append(Button(say("◀️ Earlier"), press("card", shown.number - 1)))
        if shown.number < shown.count - 1:
            turns.append(Button(say("Later ▶️"), press("card", shown.number + 1)))
        rows.append(tuple(turns))
    after = Button(say("▶️ Next question"), press("next"))
    if question.asker is Asker.VISITOR:
        return (*rows, (after,))
    return (*rows, (Button(say("🪪 Who asks"), press("who")), after))


def file_rows(
    shown: ThreadPage, kind: type[QuestionPress] | type[TicketPress]
) -> list[tuple[Button, ...]]:
    """Return the buttons of the files on a page, a few in a row."""
    buttons = [
        Button(f"📎 {number}", kind(action="file", id=line.id)) for number, line in shown.files
    ]
    return [tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)]
