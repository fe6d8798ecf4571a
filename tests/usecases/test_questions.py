"""Questions to the vendor: one queue, hand-overs, and who may read and answer (R46)."""

import pytest

from domain.entities.partner import EnrolmentStatus
from domain.entities.question import Author, LineKind, QuestionState, Words
from domain.errors import NotAllowed, NotFound
from domain.rights import MemberRole, StaffRole
from domain.rules.questions import AlreadyHandedOver, NobodyToHandTo, QuestionClosed
from domain.usecases.questions.move import QuestionMove
from tests.usecases.app import App
from tests.usecases.asking import (
    ask,
    by_staff,
    client_of,
    kinds,
    move,
    partner_first,
    queue,
    reply,
    stands,
    state,
    write,
)


async def test_questions_form_one_queue_answered_in_order(app: App) -> None:
    await app.joins("leo")
    await client_of(app, "leo", "ann")
    first = await ask(app, "leo", "Where is my money?")
    app.later(minutes=1)
    second = await ask(app, "ann", "How do I pay?")
    assert [first.number, second.number] == [1, 2]
    assert await queue(app) == [1, 2]
    # Whoever adds something keeps its place.
    app.later(minutes=1)
    await write(app, "leo", first, "And when?")
    assert await queue(app) == [1, 2]
    owner = await app.owner()
    following = await app.use.list_questions.next(owner, first.id)
    assert following
    assert following.question.number == 2
    view = await reply(app, "boss", first, "Tomorrow.")
    assert [(line.author, line.text) for line in view.lines] == [
        (Author.ASKER, "Where is my money?"),
        (Author.ASKER, "And when?"),
        (Author.VENDOR, "Tomorrow."),
    ]
    assert await queue(app) == [2]
    assert await state(app, first) is QuestionState.ANSWERED
    assert (await app.told("leo"))[-1][1]["text"] == "Tomorrow."
    # An answered question that is asked again stands at the end.
    app.later(minutes=1)
    await write(app, "leo", first)
    assert await queue(app) == [2, 1]
    assert len(await app.audited("ticket_answered")) == 1


async def test_the_asker_closes_and_opens_again(app: App) -> None:
    await app.joins("leo")
    question = await ask(app, "leo")
    assert (await move(app, "leo", question, QuestionMove.CLOSE)).state is QuestionState.CLOSED
    with pytest.raises(QuestionClosed):
        await move(app, "leo", question, QuestionMove.CLOSE)
    with pytest.raises(QuestionClosed):
        await reply(app, "boss", question)
    with pytest.raises(NobodyToHandTo):
        await move(app, "leo", await ask(app, "leo"), QuestionMove.HAND_OVER)
    await write(app, "leo", question, "Still broken")
    view = await stands(app, question)
    assert view.question.state is QuestionState.OPEN
    assert view.question.closed_at is None
    assert [line.kind for line in view.lines] == [
        LineKind.WORDS,
        LineKind.CLOSED,
        LineKind.WORDS,
    ]


async def test_a_clients_question_goes_first_to_its_partner(app: App) -> None:
    await partner_first(app)
    question = await ask(app, "ann", "Which plan?")
    assert question.state is QuestionState.WITH_PARTNER
    assert await queue(app) == []
    kind, params = (await app.told("leo"))[-1]
    assert (kind, params["what"], params["client"]) == ("question_for_partner", "new", "Ann")
    leo = await app.private("leo")
    (waiting,) = await app.use.list_own_questions.of_clients(leo, waiting=True)
    assert waiting.lines[0].text == "Which plan?"
    await write(app, "leo", question, "The small one.")
    assert await state(app, question) is QuestionState.ANSWERED
    kind, params = (await app.told("ann"))[-1]
    assert (kind, params["by"], params["text"]) == (
        "question_answered",
        "partner",
        "The small one.",
    )
    await write(app, "ann", question, "And the price?")
    assert await state(app, question) is QuestionState.WITH_PARTNER
    await move(app, "leo", question, QuestionMove.HAND_OVER)
    assert await queue(app) == [question.number]
    assert (await kinds(app, "ann"))[-1] == "question_passed"
    with pytest.raises(AlreadyHandedOver):
        await move(app, "leo", question, QuestionMove.HAND_OVER)
    view = await by_staff(app, "boss", question, QuestionMove.HAND_OVER)
    assert view.question.state is QuestionState.WITH_PARTNER
    assert [line.kind for line in view.lines][-2:] == [LineKind.TO_VENDOR, LineKind.TO_PARTNER]
    assert len(await app.audited("ticket_handed_over")) == 1


async def test_staff_help_once_and_hand_the_rest_over(app: App) -> None:
    await app.joins("leo")
    await client_of(app, "leo", "ann")
    question = await ask(app, "ann")
    leo = await app.private("leo")
    with pytest.raises(NotFound):
        await app.use.show_question(leo, question.id)
    await reply(app, "boss", question, "Press Save.")
    await by_staff(app, "boss", question, QuestionMove.HAND_OVER)
    own = await app.use.show_question(leo, question.id)
    assert own.author is Author.PARTNER
    assert [line.text for line in own.view.lines][:2] == ["How?", "Press Save."]
    await move(app, "leo", question, QuestionMove.CLOSE)
    assert (await kinds(app, "ann"))[-1] == "question_closed"


async def test_nobody_is_handed_what_it_cannot_answer(app: App) -> None:
    await app.joins("leo")
    await client_of(app, "leo", "ann")
    own, hers = await ask(app, "leo"), await ask(app, "ann")
    with pytest.raises(NobodyToHandTo):
        await by_staff(app, "boss", own, QuestionMove.HAND_OVER)
    await app.sets_status("leo", EnrolmentStatus.SUSPENDED)
    assert not (await stands(app, hers)).may_pass
    with pytest.raises(NobodyToHandTo):
        await by_staff(app, "boss", hers, QuestionMove.HAND_OVER)
    assert await state(app, hers) is QuestionState.OPEN


async def test_a_suspended_partner_is_passed_over(app: App) -> None:
    await partner_first(app)
    await app.sets_status("leo", EnrolmentStatus.SUSPENDED)
    assert (await ask(app, "ann")).state is QuestionState.OPEN


async def test_others_learn_nothing_of_a_question(app: App) -> None:
    await partner_first(app)
    await app.joins("mia", "first")
    await app.becomes_member("ida", "leo", MemberRole.USER)
    question = await ask(app, "ann")
    for name in ("mia", "ida", "zed"):
        caller = await app.private(name)
        with pytest.raises(NotFound):
            await app.use.show_question(caller, question.id)
        with pytest.raises(NotFound):
            await write(app, name, question)
        with pytest.raises(NotFound):
            await move(app, name, question, QuestionMove.CLOSE)
        assert list(await app.use.list_own_questions.of_clients(caller, waiting=True)) == []
    assert await state(app, question) is QuestionState.WITH_PARTNER


async def test_only_staff_in_the_admin_chat_answer(app: App) -> None:
    await app.joins("leo")
    question = await ask(app, "leo")
    await app.staff("sam", StaffRole.SUPPORT)
    for caller in (await app.private("sam"), await app.in_chat("zed"), await app.in_chat("leo")):
        with pytest.raises(NotAllowed):
            await app.use.answer_question(caller, question.id, Words(text="x"))
        with pytest.raises(NotAllowed):
            await app.use.list_questions(caller, None)
        with pytest.raises(NotAllowed):
            await app.use.move_question.as_staff(caller, question.id, QuestionMove.CLOSE)
    await reply(app, "sam", question)
    assert await state(app, question) is QuestionState.ANSWERED
