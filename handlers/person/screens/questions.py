"""The home of what people see of their questions to the vendor, and of their clients' ones."""

from collections.abc import Sequence

from domain.entities.question import Author, Holder, Question, QuestionStatus, QuestionView
from domain.usecases.questions.show import PAGE_SIZE, OwnQuestion
from handlers.ui.callbacks import Open, OpenPage
from handlers.ui.callbacks_questions import LAST_PAGE, QuestionPress
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.question_card import file_rows, page_line
from handlers.ui.question_marks import (
    ThreadPage,
    author_name,
    first_words,
    question_state,
    state_mark,
    thread_page,
)
from handlers.ui.screen import Button, Rows, Screen

WORDS_LENGTH = 30
OWN, WAITING, REST = "questions", "cl_waiting", "cl_rest"
"""Names of the lists."""


def _menu(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("📋 Menu"), Open(screen="menu")),)


def _ask(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("✏️ Ask a question"), QuestionPress(action="ask")),)


def support_screen(language: Language, views: Sequence[QuestionView]) -> Screen:
    """Return a person's own questions, with the way to ask one more."""
    say = language.say
    text = lines(
        say("💬 <b>Support</b>"),
        say("Ask the vendor anything: the answer comes here, and nothing gets lost.")
        if not views
        else say("Your questions, the newest first. Press one to read the whole of it."),
    )
    rows = (_ask(language), *_list_rows(language, views, OWN, in_order=False), _menu(language))
    return Screen(text, rows)


def clients_screen(language: Language, views: Sequence[QuestionView], *, waiting: bool) -> Screen:
    """Return what clients asked their partner: what waits for it, or the rest."""
    say = language.say
    if waiting:
        text = lines(
            say("📨 <b>Clients’ questions</b>"),
            say("These wait for your answer, the longest waiting first.")
            if views
            else say("✨ No question of a client waits for you."),
        )
        other = Button(say("🗂 Answered and closed"), OpenPage(screen=REST))
    else:
        text = lines(
            say("🗂 <b>Clients’ questions: answered and closed</b>"),
            None if views else say("There are none yet."),
        )
        other = Button(say("📨 Waiting for you"), OpenPage(screen=WAITING))
    own = Button(say("💬 My own questions"), Open(screen="support"))
    name = WAITING if waiting else REST
    rows = (*_list_rows(language, views, name, in_order=waiting), (other,), (own,))
    return Screen(text, (*rows, _menu(language)))


def _list_rows(
    language: Language, views: Sequence[QuestionView], name: str, *, in_order: bool
) -> Rows:
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                f"{state_mark(view.question.state)} {view.question.number} · "
                f"{first_words(language, view, WORDS_LENGTH)}",
                QuestionPress(action="open", id=view.question.id),
            ),
        )
        for view in views[:PAGE_SIZE]
    ]
    if len(views) > PAGE_SIZE:
        last = views[PAGE_SIZE - 1].question
        at = last.waits_since if in_order else last.opened_at
        rows.append((Button(language.say("More ▶️"), OpenPage.at_instant(name, at, last.id)),))
    return tuple(rows)


def words_question(language: Language, number: int | None = None) -> Screen:
    """Return the question for the words; ``number`` names a question that stands."""
    say = language.say
    text = lines(
        say("✏️ <b>Your question to the vendor</b>")
        if number is None
        else say("✏️ <b>Your message to question {number}</b>", number=number),
        say("Write it in one message. A photo or a document with a caption will do, too."),
    )
    return Screen(text, ((Button(say("✖️ Cancel"), QuestionPress(action="leave")),),))


def question_kept(language: Language, question: Question, *, is_new: bool) -> Screen:
    """Return that the words arrived, and who answers."""
    say = language.say
    to_partner = question.holder is Holder.PARTNER
    if is_new:
        head = say("📨 <b>Question {number}</b> has arrived.", number=question.number)
        after = (
            say("Your partner answers first; if it cannot, it hands the question to the vendor.")
            if to_partner
            else say("The vendor answers questions in their order; you are told here.")
        )
    else:
        head = say("📨 Your message is in question {number}.", number=question.number)
        after = say("You are told here as soon as something happens.")
    opens = QuestionPress(action="open", id=question.id)
    row = (Button(say("📂 Open"), opens), Button(say("📋 Menu"), Open(screen="menu")))
    return Screen(lines(head, after), (row,))


def question_screen(language: Language, own: OwnQuestion, page: int = LAST_PAGE) -> Screen:
    """Return a page of the correspondence with what can be done."""
    view, question = own.view, own.view.question
    shown = thread_page(language, view, own.author, page)
    text = lines(
        language.say("💬 <b>Question {number}</b>", number=question.number),
        question_state(language, question.state),
        _asker(language, own),
        page_line(language, shown),
        "",
        shown.text,
    )
    return Screen(
        text,
        (
            *_act_rows(language, own),
            *file_rows(shown, QuestionPress),
            *_turn_rows(language, question, shown),
            _back(language, own),
        ),
    )


def _asker(language: Language, own: OwnQuestion) -> Html | None:
    if own.author is Author.ASKER:
        return None
    name = author_name(language, own.view, Author.ASKER, own.author)
    return language.say("Asked by: {name}", name=name)


def _act_rows(language: Language, own: OwnQuestion) -> Rows:
    say, question = language.say, own.view.question

    def press(action: str) -> QuestionPress:
        return QuestionPress(action=action, id=question.id)

    is_closed = question.status is QuestionStatus.CLOSED
    if own.author is Author.ASKER:
        if is_closed:
            return ((Button(say("↩️ Open it again"), press("write")),),)
        return (
            (
                Button(say("✏️ Write"), press("write")),
                Button(say("✔️ Close"), press("close")),
            ),
        )
    if is_closed:
        return ()
    acts = (
        Button(say("✏️ Reply"), press("write")),
        Button(say("✔️ Close"), press("close")),
    )
    if question.holder is not Holder.PARTNER:
        return (acts,)
    return (acts, (Button(say("➡️ Hand over to the vendor"), press("pass")),))


def _turn_rows(language: Language, question: Question, shown: ThreadPage) -> Rows:
    if shown.count == 1:
        return ()
    turns = []
    if shown.number > 0:
        earlier = QuestionPress(action="open", id=question.id, page=shown.number - 1)
        turns.append(Button(language.say("◀️ Earlier"), earlier))
    if shown.number < shown.count - 1:
        later = QuestionPress(action="open", id=question.id, page=shown.number + 1)
        turns.append(Button(language.say("Later ▶️"), later))
    return (tuple(turns),)


def _back(language: Language, own: OwnQuestion) -> tuple[Button, ...]:
    if own.author is Author.ASKER:
        return (Button(language.say("⬅️ My questions"), Open(screen="support")),)
    return (Button(language.say("⬅️ Clients’ questions"), Open(screen="tickets")),)
