"""The home of questions to the vendor in the tables; words and files are encrypted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    literal,
    not_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import EnrolmentStatus
from domain.entities.question import (
    Asker,
    Holder,
    LineKind,
    Question,
    QuestionLine,
    QuestionState,
    QuestionStatus,
    QuestionView,
)
from domain.ports.questions import Place
from storage.rows import AnyRow, insert_all, record_of, records_of, values_of
from storage.tables import clients, enrolments, partners, question_lines, questions
from storage.vault import Vault

_SEALED = ("text", "file_id")
QUESTION_WAITS = text("questions.status = 'open' AND questions.holder = 'vendor'")
"""Written as the partial index has it, so that the index serves; only qualified."""
_WITH_PARTNER = and_(
    questions.c.status == QuestionStatus.OPEN, questions.c.holder == Holder.PARTNER
)
_IN_STATE: dict[QuestionState, ColumnElement[bool]] = {
    QuestionState.OPEN: QUESTION_WAITS,  # type: ignore[dict-item]
    QuestionState.WITH_PARTNER: _WITH_PARTNER,
    QuestionState.ANSWERED: questions.c.status == QuestionStatus.ANSWERED,
    QuestionState.CLOSED: questions.c.status == QuestionStatus.CLOSED,
}
_QUEUES = (QuestionState.OPEN, QuestionState.WITH_PARTNER)
"""States that are worked off in order; the others are looked at newest first."""


def _first_words() -> ColumnElement[int]:
    lines = question_lines.alias("first_lines")
    first = select(func.min(lines.c.id)).where(
        lines.c.question_id == questions.c.id, lines.c.kind == LineKind.WORDS
    )
    return first.correlate(questions).scalar_subquery()


def _views() -> Select[*tuple[object, ...]]:
    """Return what reads questions with the names that belong to them."""
    return (
        select(
            questions,
            partners.c.name.label("partner_name"),
            enrolments.c.code.label("partner_code"),
            enrolments.c.status.label("enrolment_status"),
            clients.c.name.label("client_name"),
            clients.c.shown_id.label("client_shown_id"),
        )
        .outerjoin(enrolments, enrolments.c.id == questions.c.enrolment_id)
        .outerjoin(partners, partners.c.id == enrolments.c.partner_id)
        .outerjoin(clients, clients.c.id == questions.c.client_id)
    )


class QuestionRepository:
    """Questions on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def next_number(self) -> int:
        """Return the number of the next question; the writer of the books has it alone."""
        most = await self._connection.scalar(select(func.max(questions.c.number)))
        return (most or 0) + 1

    async def add(self, question: Question) -> None:
        """Keep a new question."""
        await insert_all(self._connection, questions, [values_of(question)])

    async def update(self, question: Question) -> None:
        """Keep the next state of a question."""
        await self._connection.execute(
            update(questions)
            .where(questions.c.id == question.id)
            .values(values_of(question, but=("id",)))
        )

    async def add_line(self, line: QuestionLine) -> None:
        """Add to the correspondence."""
        sealed = {name: self._seal(line.id, name, getattr(line, name)) for name in _SEALED}
        await insert_all(self._connection, question_lines, [values_of(line) | sealed])

    def _seal(self, line_id: int, name: str, words: str) -> bytes:
        return self._vault.seal(words, context=f"question_line:{line_id}:{name}")

    def _line(self, row: AnyRow) -> QuestionLine:
        values = {column.name: getattr(row, column.name) for column in question_lines.c}
        for name in _SEALED:
            context = f"question_line:{row.id}:{name}"
            values[name] = self._vault.open(values[name], context=context)
        return QuestionLine(**values)

    async def get(self, question_id: int) -> Question | None:
        """Return a question."""
        return await self._one(select(questions).where(questions.c.id == question_id))

    async def _one(self, statement: Select[*tuple[object, ...]]) -> Question | None:
        row = (await self._connection.execute(statement)).first()
        return record_of(Question, row) if row else None

    async def by_source(self, source: str) -> Question | None:
        """Return the question into which this message went already."""
        return await self._one(
            select(questions)
            .join(question_lines, question_lines.c.question_id == questions.c.id)
            .where(question_lines.c.source == source)
        )

    async def line(self, line_id: int) -> QuestionLine | None:
        """Return one line."""
        statement = select(question_lines).where(question_lines.c.id == line_id)
        row = (await self._connection.execute(statement)).first()
        return self._line(row) if row else None

    async def view(self, question_id: int) -> QuestionView | None:
        """Return a question with all its correspondence and names."""
        found = (
            await self._connection.execute(_views().where(questions.c.id == question_id))
        ).first()
        if found is None:
            return None
        rows = await self._connection.execute(
            select(question_lines)
            .where(question_lines.c.question_id == question_id)
            .order_by(question_lines.c.id)
        )
        return _view(found, tuple(self._line(row) for row in rows))

    async def open_of(self, person_id: int) -> int:
        """Return how many questions of a person are not closed."""
        count = await self._connection.scalar(
            select(func.count()).where(
                questions.c.asked_by == person_id, questions.c.status != QuestionStatus.CLOSED
            )
        )
        return count or 0

    async def written_since(self, person_id: int, since: datetime) -> Sequence[datetime]:
        """Return when a person wrote since then, oldest first."""
        rows = await self._connection.scalars(
            select(question_lines.c.at)
            .where(
                question_lines.c.person_id == person_id,
                question_lines.c.at > since,
                question_lines.c.kind == LineKind.WORDS,
            )
            .order_by(question_lines.c.at)
        )
        return rows.all()

    async def own(
        self, person_id: int, *, after: Place | None, limit: int
    ) -> Sequence[QuestionView]:
        """Return a page of a person's own questions, newest first."""
        statement = _views().where(questions.c.asked_by == person_id)
        return await self._page(statement, after, limit, in_order=False)

    async def of_clients(
        self, partner_id: int, *, waiting: bool, after: Place | None, limit: int
    ) -> Sequence[QuestionView]:
        """Return a page of what clients asked their partner: what waits for it, or the rest."""
        statement = _views().where(
            enrolments.c.partner_id == partner_id,
            questions.c.asker == Asker.CLIENT,
            questions.c.partner_reads,
            _WITH_PARTNER if waiting else not_(_WITH_PARTNER),
        )
        return await self._page(statement, after, limit, in_order=waiting)

    async def with_partner(self, enrolment_id: int) -> Sequence[Question]:
        """Return the open questions of clients that wait for this partner, oldest first."""
        rows = await self._connection.execute(
            select(questions)
            .where(questions.c.enrolment_id == enrolment_id, _WITH_PARTNER)
            .order_by(questions.c.waits_since, questions.c.id)
        )
        return records_of(Question, rows)

    async def all(
        self, state: QuestionState | None, *, after: Place | None, limit: int
    ) -> Sequence[QuestionView]:
        """Return a page for staff: open ones in the queue's order, others newest first."""
        statement = _views()
        if state is not None:
            statement = statement.where(_IN_STATE[state])
        return await self._page(statement, after, limit, in_order=state in _QUEUES)

    async def _page(
        self,
        statement: Select[*tuple[object, ...]],
        after: Place | None,
        limit: int,
        *,
        in_order: bool,
    ) -> Sequence[QuestionView]:
        at = questions.c.waits_since if in_order else questions.c.opened_at
        if after is not None:
            last = tuple_(literal(after[0], at.type), literal(after[1]))
            place = tuple_(at, questions.c.id)
            statement = statement.where(place > last if in_order else place < last)
        order = (at, questions.c.id) if in_order else (at.desc(), questions.c.id.desc())
        words = statement.add_columns(_first_words().label("line_id")).order_by(*order)
        rows = (await self._connection.execute(words.limit(limit))).all()
        lines = [await self.line(row.line_id) if row.line_id else None for row in rows]
        return [_view(row, (line,) if line else ()) for row, line in zip(rows, lines, strict=True)]

    async def first_waiting(self, *, after: Place | None) -> Question | None:
        """Return the question that has waited for the vendor longest, or the one after it."""
        statement = select(questions).where(QUESTION_WAITS)
        if after is not None:
            at = questions.c.waits_since
            last = tuple_(literal(after[0], at.type), literal(after[1]))
            statement = statement.where(tuple_(at, questions.c.id) > last)
        return await self._one(
            statement.order_by(questions.c.waits_since, questions.c.id).limit(1)
        )

    async def count_waiting(self) -> int:
        """Return how many questions wait for the vendor."""
        waiting = select(func.count()).select_from(questions).where(QUESTION_WAITS)
        return await self._connection.scalar(waiting) or 0

    async def forget_client(self, client_id: int) -> None:
        """Erase the words of a client's questions."""
        own = select(questions.c.id).where(questions.c.client_id == client_id)
        await self._forget(question_lines.c.question_id.in_(own))

    async def forget_person(self, person_id: int) -> None:
        """Erase the words that a person wrote."""
        await self._forget(question_lines.c.person_id == person_id)

    async def _forget(self, which: ColumnElement[bool]) -> None:
        found = await self._connection.scalars(select(question_lines.c.id).where(which))
        for line_id in found.all():
            nothing = {name: self._seal(line_id, name, "") for name in _SEALED}
            await self._connection.execute(
                update(question_lines)
                .where(question_lines.c.id == line_id)
                .values(**nothing, file_kind=None)
            )


def _view(row: AnyRow, lines: tuple[QuestionLine, ...]) -> QuestionView:
    question = Question(**{column.name: getattr(row, column.name) for column in questions.c})
    is_client = question.asker is Asker.CLIENT
    return QuestionView(
        question=question,
        lines=lines,
        partner_name=row.partner_name,
        partner_code=row.partner_code,
        client_name=row.client_name,
        client_shown_id=row.client_shown_id,
        may_pass=is_client and row.enrolment_status is EnrolmentStatus.ACTIVE,
    )
