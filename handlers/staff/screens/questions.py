"""The home of the lists of questions in the admin chat."""

from collections.abc import Sequence
from typing import Final

from domain.entities.question import QuestionState, QuestionView
from domain.usecases.questions.show import PAGE_SIZE
from handlers.ui.callbacks import OpenPage
from handlers.ui.callbacks_questions import TicketPress
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.question_marks import first_words, question_state, state_mark
from handlers.ui.screen import Button, Rows, Screen

WORDS_LENGTH = 28
ALL = "tk_all"
LISTS: Final[dict[str, QuestionState | None]] = {
    **{f"tk_{state.value}": state for state in QuestionState},
    ALL: None,
}
"""The lists by the name in their buttons: one for each state, and one of all."""
_IN_ORDER = (QuestionState.OPEN, QuestionState.WITH_PARTNER)


def list_named(word: str) -> str:
    """Return the list that a typed word names: the open ones for no word or another one."""
    name = f"tk_{word.strip().lower().replace(' ', '_')}"
    return name if name in LISTS else f"tk_{QuestionState.OPEN.value}"


def questions_screen(language: Language, name: str, views: Sequence[QuestionView]) -> Screen:
    """Return a page of the questions in a state, with the other states to filter by."""
    say, state = language.say, LISTS[name]
    title = question_state(language, state) if state else say("all")
    text = lines(
        say("💬 <b>Questions</b>: {state}", state=title),
        _order(language, state) if views else say("✨ There are none."),
    )
    rows = [
        (
            Button(
                f"{state_mark(view.question.state)} {view.question.number} · "
                f"{first_words(language, view, WORDS_LENGTH)}",
                TicketPress(action="open", id=view.question.id),
            ),
        )
        for view in views[:PAGE_SIZE]
    ]
    if len(views) > PAGE_SIZE:
        last = views[PAGE_SIZE - 1].question
        at = last.waits_since if state in _IN_ORDER else last.opened_at
        rows.append((Button(say("More ▶️"), OpenPage.at_instant(name, at, last.id)),))
    following = (Button(say("▶️ Next question"), TicketPress(action="next")),)
    return Screen(text, (*rows, following, *_filters(language, name)))


def _order(language: Language, state: QuestionState | None) -> Html:
    if state in _IN_ORDER:
        return language.say("The longest waiting come first.")
    return language.say("The newest come first.")


def _filters(language: Language, here: str) -> Rows:
    names = [name for name in LISTS if name != here]
    buttons = []
    for name in names:
        state = LISTS[name]
        label = question_state(language, state) if state else language.say("📚 all")
        buttons.append(Button(label, OpenPage(screen=name)))
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def nothing_waits(language: Language) -> Screen:
    """Return that no question waits."""
    every = Button(language.say("📚 All questions"), OpenPage(screen=ALL))
    return Screen(language.say("✨ No question waits for you."), ((every,),))


def answer_sent(language: Language, view: QuestionView, waiting: int) -> Screen:
    """Return that the answer is on its way, and how many questions wait."""
    say = language.say
    number = view.question.number
    opens = Button(say("📂 Open"), TicketPress(action="open", id=view.question.id))
    text = say("✔️ The answer to question {number} is sent.", number=number)
    if not waiting:
        return Screen(lines(text, say("✨ No question waits for you.")), ((opens,),))
    more = language.say_many("{count} question waits.", "{count} questions wait.", waiting)
    following = Button(say("▶️ Next question"), TicketPress(action="next", id=view.question.id))
    return Screen(lines(text, more), ((following, opens),))
