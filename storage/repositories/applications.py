"""The home of applications in the tables; what the applicant says is encrypted."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, func, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.application import (
    EDITABLE,
    Answered,
    Application,
    ApplicationFile,
    ApplicationLine,
    ApplicationStatus,
    PaperVerdict,
)
from domain.entities.questionnaire import FieldKind, PaperKind
from domain.ports.applications import Place
from storage.rows import AnyRow, insert_all, upsert, values_of
from storage.tables import (
    application_answers,
    application_lines,
    application_verdicts,
    applications,
)
from storage.tables.applications import APPLICATION_OPEN
from storage.vault import Vault

_answers, _verdicts, _lines = application_answers.c, application_verdicts.c, application_lines.c


class ApplicationRepository:
    """Applications on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    # Applications

    async def next_number(self) -> int:
        """Return the number of the next application; the writer of the books has it alone."""
        most = await self._connection.scalar(select(func.max(applications.c.number)))
        return (most or 0) + 1

    async def add(self, application: Application) -> None:
        """Keep a new application."""
        await insert_all(self._connection, applications, [self._row(application)])

    async def update(self, application: Application) -> None:
        """Keep the next state of an application."""
        await self._connection.execute(
            update(applications)
            .where(applications.c.id == application.id)
            .values(self._row(application))
        )

    def _row(self, application: Application) -> dict[str, Any]:
        context = f"application:{application.id}:reason"
        sealed = self._vault.seal(application.reason, context=context)
        return values_of(application) | {"reason": sealed}

    def _application(self, row: AnyRow) -> Application:
        values = {column.name: getattr(row, column.name) for column in applications.c}
        context = f"application:{row.id}:reason"
        return Application(**values | {"reason": self._vault.open(row.reason, context=context)})

    async def get(self, application_id: int) -> Application | None:
        """Return an application."""
        found = await self._all(select(applications).where(applications.c.id == application_id))
        return found[0] if found else None

    async def _all(self, statement: Select[*tuple[object, ...]]) -> list[Application]:
        rows = await self._connection.execute(statement)
        return [self._application(row) for row in rows]

    async def open_of(self, person_id: int, program: str | None = None) -> Sequence[Application]:
        """Return a person's open applications, newest first; of one program or of all."""
        statement = select(applications).where(
            applications.c.person_id == person_id, APPLICATION_OPEN
        )
        if program is not None:
            statement = statement.where(applications.c.program == program)
        return await self._all(statement.order_by(applications.c.number.desc()))

    async def all_of(self, person_id: int) -> Sequence[Application]:
        """Return every application of a person, newest first."""
        return await self._all(
            select(applications)
            .where(applications.c.person_id == person_id)
            .order_by(applications.c.number.desc())
        )

    async def listed(
        self, status: ApplicationStatus | None, *, after: Place | None, limit: int
    ) -> Sequence[ApplicationFile]:
        """Return a page for staff, without talk: what waits oldest first, else newest first."""
        in_order = status is ApplicationStatus.REVIEW
        at = applications.c.submitted_at if in_order else applications.c.started_at
        statement = select(applications)
        if status is not None:
            statement = statement.where(applications.c.status == status)
        else:
            statement = statement.where(applications.c.round > 0)
        if after is not None:
            place = tuple_(at, applications.c.id)
            last = tuple_(literal(after[0], at.type), literal(after[1]))
            statement = statement.where(place > last if in_order else place < last)
        order = (at, applications.c.id)
        turned = order if in_order else tuple(column.desc() for column in order)
        found = await self._all(statement.order_by(*turned).limit(limit))
        return [
            ApplicationFile(application=one, answers=await self._answers_of(one.id))
            for one in found
        ]

    # What belongs to one

    async def file(self, application_id: int) -> ApplicationFile | None:
        """Return an application with all that belongs to it."""
        application = await self.get(application_id)
        if application is None:
            return None
        return ApplicationFile(
            application=application,
            answers=await self._answers_of(application_id),
            verdicts=await self._verdicts_of(application_id),
            lines=await self._lines_of(application_id),
        )

    async def _answers_of(self, application_id: int) -> dict[FieldKind, Answered]:
        rows = await self._connection.execute(
            select(application_answers).where(_answers.application_id == application_id)
        )
        return {
            row.field: Answered(
                value=self._open(application_id, row.field, row.value),
                refusal=row.refusal,
                words=self._open(application_id, f"{row.field}:words", row.words),
            )
            for row in rows
        }

    async def _verdicts_of(self, application_id: int) -> dict[PaperKind, PaperVerdict]:
        rows = await self._connection.execute(
            select(application_verdicts).where(_verdicts.application_id == application_id)
        )
        return {
            row.kind: PaperVerdict(
                kind=row.kind,
                refusal=row.refusal,
                words=self._open(application_id, f"paper:{row.kind}", row.words),
                file_number=row.file_number,
            )
            for row in rows
        }

    async def _lines_of(self, application_id: int) -> tuple[ApplicationLine, ...]:
        rows = await self._connection.execute(
            select(application_lines)
            .where(_lines.application_id == application_id)
            .order_by(_lines.id)
        )
        return tuple(
            ApplicationLine(
                **{column.name: getattr(row, column.name) for column in _lines}
                | {"text": self._open(application_id, f"line:{row.id}", row.text)}
            )
            for row in rows
        )

    def _seal(self, application_id: int, what: str, text: str) -> bytes:
        return self._vault.seal(text, context=f"application:{application_id}:{what}")

    def _open(self, application_id: int, what: str, sealed: bytes) -> str:
        return self._vault.open(sealed, context=f"application:{application_id}:{what}")

    async def put_answer(self, application_id: int, field: FieldKind, answer: Answered) -> None:
        """Keep an answer in the place of the one before."""
        values = {
            "value": self._seal(application_id, field, answer.value),
            "refusal": answer.refusal,
            "words": self._seal(application_id, f"{field}:words", answer.words),
        }
        statement = upsert(self._connection, application_answers).values(
            application_id=application_id, field=field, **values
        )
        keys = ["application_id", "field"]
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=values)
        )

    async def drop_answer(self, application_id: int, field: FieldKind) -> None:
        """Take an answer away."""
        await self._connection.execute(
            delete(application_answers).where(
                _answers.application_id == application_id, _answers.field == field
            )
        )

    async def put_verdict(self, application_id: int, verdict: PaperVerdict) -> None:
        """Keep what staff said of a paper in the place of what they said before."""
        values = {
            "refusal": verdict.refusal,
            "words": self._seal(application_id, f"paper:{verdict.kind}", verdict.words),
            "file_number": verdict.file_number,
        }
        statement = upsert(self._connection, application_verdicts).values(
            application_id=application_id, kind=verdict.kind, **values
        )
        keys = ["application_id", "kind"]
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=values)
        )

    async def drop_verdict(self, application_id: int, kind: PaperKind) -> None:
        """Forget what staff said of a paper."""
        await self._connection.execute(
            delete(application_verdicts).where(
                _verdicts.application_id == application_id, _verdicts.kind == kind
            )
        )

    async def add_line(self, line: ApplicationLine) -> bool:
        """Add to the talk; ``False`` where the same message is there already."""
        text = self._seal(line.application_id, f"line:{line.id}", line.text)
        statement = upsert(self._connection, application_lines).values(
            **values_of(line) | {"text": text}
        )
        result = await self._connection.execute(
            statement.on_conflict_do_nothing(index_elements=["source"])
        )
        return result.rowcount > 0

    # Contracts and the end

    async def contracts_of(self, program: str, prefix_year: int) -> int:
        """Return how many contract numbers of a program are given or reserved in a year."""
        count = await self._connection.scalar(
            select(func.count()).where(
                applications.c.program == program,
                applications.c.contract_number.is_not(None),
                applications.c.contract_date >= date(prefix_year, 1, 1),
                applications.c.contract_date <= date(prefix_year, 12, 31),
            )
        )
        return count or 0

    async def number_is_free(self, program: str, number: str, *, but: int) -> bool:
        """Test if no other application of the program has this contract number."""
        taken = await self._connection.scalar(
            select(applications.c.id).where(
                applications.c.program == program,
                func.lower(applications.c.contract_number) == number.lower(),
                applications.c.id != but,
            )
        )
        return taken is None

    async def untouched(
        self, program: str, *, before: datetime, warned: datetime | None, limit: int
    ) -> Sequence[Application]:
        """Return what the applicant could go on with, did not touch since, and was warned of."""
        at, since = applications.c.warned_at, applications.c.changed_at
        is_due = (at >= since) & (at <= warned) if warned else at.is_(None) | (at < since)
        return await self._all(
            select(applications)
            .where(
                applications.c.status.in_(sorted(EDITABLE)),
                applications.c.program == program,
                applications.c.changed_at < before,
                is_due,
            )
            .order_by(applications.c.changed_at, applications.c.id)
            .limit(limit)
        )

    async def wipe(self, application_id: int) -> None:
        """Erase what the applicant said: answers, the talk, what staff wrote about it."""
        for table in (application_answers, application_verdicts, application_lines):
            await self._connection.execute(
                delete(table).where(table.c.application_id == application_id)
            )
        reason = self._seal(application_id, "reason", "")
        await self._connection.execute(
            update(applications)
            .where(applications.c.id == application_id)
            .values(reason=reason, reason_code=None)
        )
