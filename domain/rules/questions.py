"""The home of the rules of questions: who may do what with one, and its next state (R46)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.entities.question import (
    Asker,
    Holder,
    Question,
    QuestionStatus,
    Words,
)
from domain.errors import DomainError

TEXT_LENGTH_MAX = 4_000
OPEN_MAX = 5
OPEN_MAX_OF_VISITOR = 1
"""Whoever is neither partner nor client yet waits for the answer first."""
MESSAGES_PER_HOUR = 30
HOUR = timedelta(hours=1)
SUBJECT_LENGTH = 80


class QuestionEmpty(DomainError):
    """Neither words nor a photo nor a document came."""

    code = "question_empty"


class QuestionTooLong(DomainError):
    """The words are too many."""

    code = "question_too_long"


class TooManyOpenQuestions(DomainError):
    """The person has enough questions that are not closed."""

    code = "too_many_open_questions"


class WritesTooOften(DomainError):
    """The person has written enough in the last hour."""

    code = "writes_too_often"


class QuestionClosed(DomainError):
    """The question is closed."""

    code = "question_closed"


class NobodyToHandTo(DomainError):
    """There is no partner that could answer."""

    code = "nobody_to_hand_to"


class AlreadyHandedOver(DomainError):
    """The other side has the question already."""

    code = "already_handed_over"


def check_words(words: Words) -> Words:
    """Return the words without spaces around them.

    Raises:
        QuestionEmpty: nothing is there.
        QuestionTooLong: more than the limit.
    """
    text = words.text.strip()
    if not text and words.attachment is None:
        raise QuestionEmpty
    if len(text) > TEXT_LENGTH_MAX:
        raise QuestionTooLong(most=TEXT_LENGTH_MAX, length=len(text))
    return replace(words, text=text)


def check_open(count: int, *, is_known: bool = True) -> None:
    """Test that a person may have one more question that is not closed.

    Raises:
        TooManyOpenQuestions: it has enough.
    """
    limit = OPEN_MAX if is_known else OPEN_MAX_OF_VISITOR
    if count >= limit:
        raise TooManyOpenQuestions(most=limit)


def check_pace(written: Sequence[datetime]) -> None:
    """Test that a person may write once more; ``written`` are its lines of the last hour.

    Raises:
        WritesTooOften: enough for now; the facts say when it is possible again.
    """
    if len(written) >= MESSAGES_PER_HOUR:
        raise WritesTooOften(
            limit=MESSAGES_PER_HOUR, possible_at=written[-MESSAGES_PER_HOUR] + HOUR
        )


def subject_of(text: str) -> str:
    """Return the beginning of the words, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SUBJECT_LENGTH else f"{line[: SUBJECT_LENGTH - 1]}…"


def asked_again(question: Question, *, at: datetime) -> Question:
    """Return the question after the asker wrote: open again, at the end of the queue.

    One that waits already keeps its place: whoever adds something does not lose its turn.
    """
    is_waiting = question.status is QuestionStatus.OPEN
    return replace(
        question,
        status=QuestionStatus.OPEN,
        waits_since=question.waits_since if is_waiting else at,
        closed_at=None,
    )


def answered(question: Question) -> Question:
    """Return the question after an answer.

    Raises:
        QuestionClosed: it is closed.
    """
    check_not_closed(question)
    return replace(question, status=QuestionStatus.ANSWERED)


def closed(question: Question, *, at: datetime) -> Question:
    """Return the question closed.

    Raises:
        QuestionClosed: it is closed already.
    """
    check_not_closed(question)
    return replace(question, status=QuestionStatus.CLOSED, closed_at=at)


def handed_over(question: Question, to: Holder, *, at: datetime) -> Question:
    """Return the question with somebody else to answer it, last in that one's queue.

    Raises:
        QuestionClosed: it is closed.
        NobodyToHandTo: a partner's own question, or a client without partner.
        AlreadyHandedOver: that one has it.
    """
    check_not_closed(question)
    if question.asker is not Asker.CLIENT or question.enrolment_id is None:
        raise NobodyToHandTo
    if question.holder is to and question.status is QuestionStatus.OPEN:
        raise AlreadyHandedOver(to=to.value)
    return replace(
        question,
        status=QuestionStatus.OPEN,
        holder=to,
        partner_reads=question.partner_reads or to is Holder.PARTNER,
        waits_since=at,
    )


def check_not_closed(question: Question) -> None:
    """Test that a question is not closed.

    Raises:
        QuestionClosed: it is.
    """
    if question.status is QuestionStatus.CLOSED:
        raise QuestionClosed(number=question.number)
