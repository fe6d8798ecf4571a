"""Questions to the vendor: who asks, writes, replies and moves them, and how they stand."""

from domain.entities.question import Attachment, Question, QuestionState, QuestionView, Words
from domain.usecases.questions.move import QuestionMove
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
    """Let a person ask."""
    words = Words(text=text, attachment=attachment, source=source)
    return await app.use.ask_vendor(await app.private(name), words)


async def write(app: App, name: str, question: Question, text: str = "More") -> Question:
    """Let a person write more."""
    return await app.use.write_to_question(await app.private(name), question.id, Words(text=text))


async def reply(app: App, name: str, question: Question, text: str = "So.") -> QuestionView:
    """Let staff answer."""
    return await app.use.answer_question(await app.in_chat(name), question.id, Words(text=text))


async def move(app: App, name: str, question: Question, what: QuestionMove) -> Question:
    """Let a person close, open or hand over a question."""
    return await app.use.move_question(await app.private(name), question.id, what)


async def by_staff(app: App, name: str, question: Question, what: QuestionMove) -> QuestionView:
    """Let staff do so."""
    return await app.use.move_question.as_staff(await app.in_chat(name), question.id, what)


async def stands(app: App, question: Question) -> QuestionView:
    """Return a question with its lines, read anew."""
    async with app.around.open_work.read() as work:
        view = await work.questions.view(question.id)
    assert view
    return view


async def state(app: App, question: Question) -> QuestionState:
    """Return where a question stands, read anew."""
    return (await stands(app, question)).question.state


async def queue(app: App) -> list[int]:
    """Return the numbers of the open questions in their order."""
    views = await app.use.list_questions(await app.owner(), QuestionState.OPEN)
    return [view.question.number for view in views]


async def kinds(app: App, name: str) -> list[str]:
    """Return the kinds of notices about questions that a person got."""
    return [kind for kind, _ in await app.told(name) if kind.startswith("question")]


async def client_of(app: App, partner: str, name: str, program: str = "saas-tiers") -> None:
    """Let a person be a client that a partner brought."""
    await app.opens(name, await app.code_of(partner, program))
    await app.consents(name)


async def partner_first(app: App) -> None:
    """Let Ann be a client whose questions go to Leo before the vendor."""
    app.offers(PARTNER_FIRST)
    await app.joins("leo", "first")
    await client_of(app, "leo", "ann", "first")
