"""Questions to the vendor: one queue, hand-overs, limits, and who reads what (R46)."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from domain.entities.partner import EnrolmentStatus
from domain.entities.question import (
    Attachment,
    Author,
    FileKind,
    LineKind,
    Question,
    QuestionState,
    QuestionView,
    Words,
)
from domain.errors import NotAllowed, NotFound
from domain.rights import MemberRole, StaffRole
from domain.rules.questions import (
    MESSAGES_PER_HOUR,
    OPEN_MAX,
    TEXT_LENGTH_MAX,
    AlreadyHandedOver,
    NobodyToHandTo,
    QuestionClosed,
    QuestionEmpty,
    QuestionTooLong,
    TooManyOpenQuestions,
    WritesTooOften,
)
from domain.usecases.questions.move import QuestionMove
from storage.tables import question_lines
from tests.domain.builders import written
from tests.usecases.app import App

PARTNER_FIRST = written(
    """
    [program]
    key = "first"
    currency = "USD"
    [support]
    client_first_to_partner = true
    [payout]
    minimum = "50.00"
    """
)


async def ask(
    app: App,
    name: str,
    text: str = "How?",
    *,
    attachment: Attachment | None = None,
    source: str | None = None,
) -> Question:
    words = Words(text=text, attachment=attachment, source=source)
    return await app.use.ask_vendor(await app.private(name), words)


async def write(app: App, name: str, question: Question, text: str = "More") -> Question:
    return await app.use.write_to_question(await app.private(name), question.id, Words(text=text))


async def reply(app: App, name: str, question: Question, text: str = "So.") -> QuestionView:
    return await app.use.answer_question(await app.in_chat(name), question.id, Words(text=text))


async def move(app: App, name: str, question: Question, what: QuestionMove) -> Question:
    return await app.use.move_question(await app.private(name), question.id, what)


async def by_staff(app: App, name: str, question: Question, what: QuestionMove) -> QuestionView:
    return await app.use.move_question.as_staff(await app.in_chat(name), question.id, what)


async def stands(app: App, question: Question) -> QuestionView:
    async with app.around.open_work.read() as work:
        view = await work.questions.view(question.id)
    assert view
    return view


async def state(app: App, question: Question) -> QuestionState:
    return (await stands(app, question)).question.state


async def queue(app: App) -> list[int]:
    views = await app.use.list_questions(await app.owner(), QuestionState.OPEN)
    return [view.question.number for view in views]


async def kinds(app: App, name: str) -> list[str]:
    return [kind for kind, _ in await app.told(name) if kind.startswith("question")]


async def client_of(app: App, partner: str, name: str, program: str = "saas-tiers") -> None:
    await app.opens(name, await app.code_of(partner, program))
    await app.consents(name)


async def partner_first(app: App) -> None:
    app.offers(PARTNER_FIRST)
    await app.joins("leo", "first")
    await client_of(app, "leo", "ann", "first")


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


async def test_limits_say_what_is_allowed(app: App) -> None:
    await app.joins("leo")
    with pytest.raises(QuestionEmpty):
        await ask(app, "leo", "  ")
    with pytest.raises(QuestionTooLong) as long:
        await ask(app, "leo", "x" * (TEXT_LENGTH_MAX + 1))
    assert long.value.facts["most"] == TEXT_LENGTH_MAX
    asked = [await ask(app, "leo", f"{number}") for number in range(OPEN_MAX)]
    with pytest.raises(TooManyOpenQuestions):
        await ask(app, "leo")
    await move(app, "leo", asked[0], QuestionMove.CLOSE)
    await ask(app, "leo", "one more")
    with pytest.raises(TooManyOpenQuestions):
        await write(app, "leo", asked[0])
    _ = await ask(app, "zed")
    with pytest.raises(TooManyOpenQuestions):
        await ask(app, "zed")
    for _ in range(MESSAGES_PER_HOUR - OPEN_MAX - 1):
        await write(app, "leo", asked[1])
    with pytest.raises(WritesTooOften) as often:
        await write(app, "leo", asked[1])
    app.now = often.value.facts["possible_at"]  # type: ignore[assignment]
    await write(app, "leo", asked[1])


async def test_the_same_message_is_kept_once(app: App) -> None:
    await app.joins("leo")
    asked = await asyncio.gather(*(ask(app, "leo", source="7:1") for _ in range(3)))
    assert {question.number for question in asked} == {1}
    words = Words(text="More", source="7:2")
    leo, boss = await app.private("leo"), await app.owner()
    for _ in range(2):
        await app.use.write_to_question(leo, asked[0].id, words)
    for _ in range(2):
        await app.use.answer_question(boss, asked[0].id, Words(text="So.", source="-1:3"))
    assert len((await stands(app, asked[0])).lines) == 3
    assert (await kinds(app, "leo")).count("question_answered") == 1


async def test_many_at_once_get_numbers_of_their_own(app: App) -> None:
    names = [f"p{number}" for number in range(6)]
    asked = await asyncio.gather(*(ask(app, name) for name in names))
    assert sorted(question.number for question in asked) == [1, 2, 3, 4, 5, 6]
    assert await app.use.list_questions.waiting(await app.owner()) == 6


async def test_files_are_kept_by_their_name_and_words_are_sealed(app: App) -> None:
    await app.joins("leo")
    photo = Attachment(FileKind.PHOTO, "file-abc")
    question = await ask(app, "leo", "", attachment=photo)
    (line,) = (await stands(app, question)).lines
    assert (line.file_kind, line.file_id) == (FileKind.PHOTO, "file-abc")
    leo, mia = await app.private("leo"), await app.private("mia")
    assert (await app.use.show_question.file(leo, line.id)).file_id == "file-abc"
    with pytest.raises(NotFound):
        await app.use.show_question.file(mia, line.id)
    assert (await app.use.list_questions.file(await app.owner(), line.id)).id == line.id
    secret = await ask(app, "leo", "my secret words")
    async with app.engines.reads.connect() as connection:
        rows = (await connection.execute(select(question_lines))).all()
    assert not any(b"secret" in row.text or b"file-abc" in row.file_id for row in rows)
    assert (await stands(app, secret)).lines[0].text == "my secret words"


async def test_masks_hold_for_partners(app: App) -> None:
    await partner_first(app)
    app.configures(mask_clients=True)
    question = await ask(app, "ann")
    leo = await app.private("leo")
    assert (await app.use.show_question(leo, question.id)).view.client_name == "A***"
    (view,) = await app.use.list_own_questions.of_clients(leo, waiting=True)
    assert view.client_name == "A***"


async def test_an_erased_client_takes_its_words_along(app: App) -> None:
    await app.joins("leo")
    await client_of(app, "leo", "ann")
    question = await ask(app, "ann", "I am Ann")
    await app.use.erase_own_data(await app.private("ann"))
    assert [line.text for line in (await stands(app, question)).lines] == [""]


async def test_lists_by_state_page_through_everything(app: App) -> None:
    owner, asked = await app.owner(), []
    for number in range(10):
        app.later(minutes=1)
        asked.append(await ask(app, f"p{number}", f"Question {number}"))
    first = await app.use.list_questions(owner, QuestionState.OPEN)
    assert [view.question.number for view in first[:8]] == [1, 2, 3, 4, 5, 6, 7, 8]
    last = first[7].question
    rest = await app.use.list_questions(owner, QuestionState.OPEN, (last.waits_since, last.id))
    assert [view.question.number for view in rest] == [9, 10]
    await by_staff(app, "boss", asked[3], QuestionMove.CLOSE)
    (closed,) = await app.use.list_questions(owner, QuestionState.CLOSED)
    assert closed.lines[0].text == "Question 3"
    newest = await app.use.list_questions(owner, None)
    assert newest[0].question.number == 10
    last = newest[7].question
    older = await app.use.list_questions(owner, None, (last.opened_at, last.id))
    assert [view.question.number for view in older] == [2, 1]


async def _tickets(app: App) -> list[Any]:
    rows = await app.rows("outbound_events")
    return [row for row in rows if row["type"].startswith("ticket.")]


async def test_the_vendors_systems_are_told(app: App) -> None:
    await app.joins("leo")
    await client_of(app, "leo", "ann")
    question = await ask(app, "ann", "How do I pay?\nPlease tell me.")
    await reply(app, "boss", question, "By card.")
    sent = await _tickets(app)
    assert [row["type"] for row in sent] == ["ticket.opened", "ticket.replied"]
    opened, replied = (row["data"] for row in sent)
    assert opened["ticket_id"] == replied["ticket_id"]
    assert opened["subject"] == replied["subject"] == "How do I pay? Please tell me."
    assert (opened["author"], replied["author"]) == ("client", "vendor")
    assert opened["partner_code"] == await app.code_of("leo")
    await app.use.erase_own_data(await app.private("ann"))
    assert {row["data"]["text"] for row in await _tickets(app)} == {""}
