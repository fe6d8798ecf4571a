"""Questions as they are kept: limits, repeats, files, masks, erasure, lists (R46)."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from domain.entities.question import Attachment, FileKind, QuestionState, Words
from domain.errors import NotFound
from domain.rules.questions import (
    MESSAGES_PER_HOUR,
    OPEN_MAX,
    TEXT_LENGTH_MAX,
    QuestionEmpty,
    QuestionTooLong,
    TooManyOpenQuestions,
    WritesTooOften,
)
from domain.usecases.questions.move import QuestionMove
from storage.tables import question_lines
from tests.usecases.app import App
from tests.usecases.asking import (
    ask,
    by_staff,
    client_of,
    kinds,
    move,
    partner_first,
    reply,
    stands,
    write,
)


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
