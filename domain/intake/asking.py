"""The home of what acts on questions share: who may read, the correspondence, telling others.

Every answer is told to the other side through the outbox; the vendor's systems get
``ticket.opened`` and ``ticket.replied`` in the shape of what they send themselves.
"""

from dataclasses import dataclass

from domain.entities.partner import EnrolmentStatus
from domain.entities.people import Caller
from domain.entities.question import (
    Author,
    Holder,
    LineKind,
    Question,
    QuestionLine,
    QuestionStatus,
    Words,
)
from domain.errors import NotFound
from domain.ids import encode
from domain.intake.facts import Facts
from domain.period import text_of
from domain.ports.work import Work
from domain.rules.questions import HOUR, check_pace, subject_of


@dataclass(frozen=True, slots=True)
class Seat:
    """As what a person takes part in a question.

    Attributes:
        author: As what it writes.
        person_id: Its Telegram user id.
    """

    author: Author
    person_id: int


async def seat_of(work: Work, caller: Caller, question_id: int) -> tuple[Question, Seat]:
    """Return the question for who asked it, or for an admin of the client's partner.

    Raises:
        NotFound: there is none, or it is somebody else's: nobody can tell the two apart.
    """
    question, person_id = await work.questions.get(question_id), caller.person.id
    if question is None:
        raise NotFound(question=question_id)
    if question.asked_by == person_id:
        return question, Seat(Author.ASKER, person_id)
    if question.partner_reads and question.enrolment_id is not None:
        admins = await work.enrolments.admins([question.enrolment_id])
        if person_id in admins.get(question.enrolment_id, ()):
            return question, Seat(Author.PARTNER, person_id)
    raise NotFound(question=question_id)


async def can_answer(work: Work, enrolment_id: int | None) -> bool:
    """Test if a partner takes part and has somebody who answers."""
    if enrolment_id is None:
        return False
    found = await work.enrolments.by_ids([enrolment_id])
    if not found or found[0].status is not EnrolmentStatus.ACTIVE:
        return False
    return bool((await work.enrolments.admins([enrolment_id])).get(enrolment_id))


async def check_person_pace(work: Work, facts: Facts, person_id: int) -> None:
    """Test that a person may write once more.

    Raises:
        WritesTooOften: enough for the last hour.
    """
    check_pace(await work.questions.written_since(person_id, facts.now - HOUR))


async def add_words(
    facts: Facts, work: Work, question: Question, seat: Seat, words: Words
) -> None:
    """Add words to the correspondence, and tell the vendor's systems of them."""
    file = words.attachment
    line = QuestionLine(
        id=facts.new_id(),
        question_id=question.id,
        at=facts.now,
        author=seat.author,
        person_id=seat.person_id,
        text=words.text,
        file_kind=file.kind if file else None,
        file_id=file.file_id if file else "",
        source=words.source,
    )
    await work.questions.add_line(line)
    await _tell_vendor(facts, work, question, line)


async def add_move(
    facts: Facts, work: Work, question: Question, seat: Seat, kind: LineKind
) -> None:
    """Add what was done to the correspondence."""
    line = QuestionLine(
        id=facts.new_id(),
        question_id=question.id,
        at=facts.now,
        author=seat.author,
        person_id=seat.person_id,
        kind=kind,
    )
    await work.questions.add_line(line)


async def _tell_vendor(facts: Facts, work: Work, question: Question, line: QuestionLine) -> None:
    if not facts.tells_vendor:
        return
    view = await work.questions.view(question.id)
    if view is None:
        return
    words = [each for each in view.lines if each.kind is LineKind.WORDS]
    is_asker = line.author is Author.ASKER
    facts.tell_vendor(
        "ticket.opened" if words[0].id == line.id else "ticket.replied",
        {
            "ticket_id": encode(question.id),
            "number": question.number,
            "client_id": view.client_shown_id,
            "partner_code": view.partner_code,
            "program": question.program,
            "author": question.asker.value if is_asker else line.author.value,
            "subject": subject_of(words[0].text),
            "text": line.text,
            "has_file": line.file_kind is not None,
            "at": text_of(line.at),
        },
        subject=f"ticket:{question.id}",
        client_id=question.client_id,
    )


def about(question: Question) -> dict[str, object]:
    """Return what every notice about a question says."""
    params: dict[str, object] = {"question_id": question.id, "number": question.number}
    return params | ({"program": question.program} if question.program else {})


async def tell_partner(facts: Facts, work: Work, question: Question, what: str) -> None:
    """Tell the admins of the client's partner; the client's name is masked where it must be."""
    if question.enrolment_id is None or question.client_id is None:
        return
    (client,) = await work.clients.by_ids([question.client_id])
    params = about(question) | {"client": client.name, "client_id": client.id, "what": what}
    admins = await work.enrolments.admins([question.enrolment_id])
    for person_id in admins.get(question.enrolment_id, ()):
        if person_id != question.asked_by:
            facts.tell_person(person_id, "question_for_partner", params)


def tell_asker(facts: Facts, question: Question, what: str, by: Author, text: str = "") -> None:
    """Tell who asked what came of the question, and what was answered."""
    params = about(question) | {"by": by.value, "text": text}
    facts.tell_person(question.asked_by, f"question_{what}", params)


def waits_for_vendor(question: Question) -> bool:
    """Test if staff have something to do."""
    return question.holder is Holder.VENDOR and question.status is QuestionStatus.OPEN
