"""The home of the talk between the reviewer and the applicant."""

from domain.applying import (
    ApplicationView,
    audit_by_staff,
    mend_card,
    own_view,
    staff_view,
    tell_applicant,
    view_of,
)
from domain.entities.application import (
    Application,
    ApplicationLine,
    ApplicationStatus,
    LineAuthor,
)
from domain.entities.people import Caller
from domain.errors import DomainError
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.applications import ApplicationDecided
from domain.surroundings import Surroundings

WORDS_LENGTH_MAX = 2_000
LINES_OF_APPLICANT_MAX = 20
"""Words of the applicant between two of staff: more is a flood."""


class WordsMissing(DomainError):
    """There are no words, or too many of them."""

    code = "words_missing"


class WaitsForAnswer(DomainError):
    """The applicant has written enough; staff have not answered yet."""

    code = "waits_for_answer"


def check_words(text: str) -> str:
    """Return the words without spaces around them.

    Raises:
        WordsMissing: none, or too many.
    """
    words = text.strip()
    if not words or len(words) > WORDS_LENGTH_MAX:
        raise WordsMissing(most=WORDS_LENGTH_MAX)
    return words


class TalkAboutApplication:
    """Let staff ask the applicant, and the applicant answer or ask.

    - Each side is told by a message with a button to write back.
    - One message is one line, however often it arrives.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def ask(
        self, caller: Caller, application_id: int, text: str, source: str | None = None
    ) -> ApplicationView:
        """Ask the applicant as staff; return the application.

        Raises:
            NotAllowed: the caller may not judge, or not here.
            NotFound: there is none.
            WordsMissing: none, or too many.
            ApplicationDecided: it is approved or was taken back.
        """
        words = check_words(text)
        async with self._around.open_work(books=False) as work:
            view, role = await staff_view(
                self._around, work, caller, "application.judge", application_id
            )
            _check_open(view.application)
            facts = new_facts(self._around)
            is_new = await _add(
                work, facts, view, caller, words, author=LineAuthor.STAFF, source=source
            )
            if is_new:
                tell_applicant(facts, view, "application_question", text=words)
                mend_card(facts, view.application)
                await save_facts(facts, work)
                await audit_by_staff(
                    work, facts, caller, role, "application_asked", view.application
                )
            view = await view_of(self._around, work, application_id)
            await work.commit()
        return view

    async def answer(
        self, caller: Caller, application_id: int, text: str, source: str | None = None
    ) -> ApplicationView:
        """Write to staff as the applicant; return the application.

        Raises:
            NotFound: there is none, or it is somebody else's.
            WordsMissing: none, or too many.
            WaitsForAnswer: enough was written without an answer.
            ApplicationDecided: it is approved or was taken back.
        """
        words = check_words(text)
        async with self._around.open_work(books=False) as work:
            view = await own_view(self._around, work, caller, application_id)
            _check_open(view.application)
            _check_pace(view)
            facts = new_facts(self._around)
            is_new = await _add(
                work, facts, view, caller, words, author=LineAuthor.APPLICANT, source=source
            )
            if is_new:
                facts.tell_staff(
                    "application_answered",
                    {"application_id": application_id, "number": view.application.number},
                )
                mend_card(facts, view.application)
                await save_facts(facts, work)
            view = await view_of(self._around, work, application_id)
            await work.commit()
        return view


def _check_open(application: Application) -> None:
    if not application.is_open or application.status is ApplicationStatus.DRAFT:
        raise ApplicationDecided(
            status=application.status.value, number=application.number, by_name=None
        )


def _check_pace(view: ApplicationView) -> None:
    last = view.file.lines[-LINES_OF_APPLICANT_MAX:]
    is_full = len(last) == LINES_OF_APPLICANT_MAX
    if is_full and all(line.author is LineAuthor.APPLICANT for line in last):
        raise WaitsForAnswer


async def _add(
    work: Work,
    facts: Facts,
    view: ApplicationView,
    caller: Caller,
    words: str,
    *,
    author: LineAuthor,
    source: str | None,
) -> bool:
    return await work.applications.add_line(
        ApplicationLine(
            id=facts.new_id(),
            application_id=view.application.id,
            at=facts.now,
            author=author,
            person_id=caller.person.id,
            text=words,
            source=source,
        )
    )
