"""The home of the invoice desk of staff: the list, and the card of one invoice."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.access import require_staff
from domain.entities.invoice import MOVE_RIGHTS, InvoiceMove, InvoiceView
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.deciding_invoices import due_instant
from domain.period import require_utc
from domain.ports.work import Work
from domain.rights import may
from domain.rules.invoice_days import check_due, read_due_day, read_number
from domain.rules.invoice_refusals import BadDueDay
from domain.rules.invoices import (
    decided,
)
from domain.rules.masking import mask_name
from domain.surroundings import Surroundings

PAGE_SIZE = 8
NUMBER_DIGITS = 4
DAY_SHOWN_MAX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueProposal:
    """What staff are offered when they issue an invoice.

    Attributes:
        view: The request.
        number: The next number of the program's year.
        due_on: The day until which it is to be paid.
    """

    view: InvoiceView
    number: str
    due_on: date


class ListInvoiceQueue:
    """Show staff the invoices that wait for them: to issue, or said to be paid; oldest first."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, after: tuple[datetime, int] | None = None
    ) -> list[InvoiceView]:
        """Return the page after this instant and id; one more row tells that there is more.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "invoice.read", self._around.owners)
            found = await work.invoices.waiting(after=after, limit=PAGE_SIZE + 1)
        if may(role, "client.read_unmasked"):
            return list(found)
        return [replace(view, client_name=mask_name(view.client_name)) for view in found]


class ShowInvoiceCard:
    """Show the card of an invoice in the admin chat, where the client is masked for everybody."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, invoice_id: int) -> InvoiceView | None:
        """Return the invoice, or ``None`` when there is none."""
        async with self._around.open_work.read() as work:
            view = await work.invoices.view(invoice_id)
        return replace(view, client_name=mask_name(view.client_name)) if view else None


class PrepareInvoiceMove:
    """Show the invoice to who is about to decide it; who may not is told before any question."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, invoice_id: int, move: InvoiceMove) -> InvoiceView:
        """Return the invoice as it stands.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such invoice.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, MOVE_RIGHTS[move], self._around.owners)
            view = await work.invoices.view(invoice_id)
        if view is None:
            raise NotFound(invoice=invoice_id)
        return replace(view, client_name=mask_name(view.client_name))


class OfferIssue:
    """Propose number and day for an invoice that is about to be issued."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, invoice_id: int) -> IssueProposal:
        """Return the proposal.

        Raises:
            NotAllowed: the caller may not issue invoices here.
            NotFound: there is no such invoice.
            InvoiceAlreadyDecided: it is no open request any more.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "invoice.issue", self._around.owners)
            view = await work.invoices.view(invoice_id)
            if view is None:
                raise NotFound(invoice=invoice_id)
            if view.invoice.waits_since is None or view.invoice.issued_at is not None:
                raise decided(view.invoice)
            number = await self._next_number(work, view.invoice.program or "")
        program = self._around.programs.get(view.invoice.program or "")
        today = self._around.clock().astimezone(self._around.zone).date()
        due_days = program.invoice_due_days if program else 0
        shown = replace(view, client_name=mask_name(view.client_name))
        return IssueProposal(view=shown, number=number, due_on=today + timedelta(days=due_days))

    async def _next_number(self, work: Work, program: str) -> str:
        """Return the first free number of the year; what billing numbered is passed over."""
        year = self._around.clock().astimezone(self._around.zone).year
        begin = require_utc(datetime(year, 1, 1, tzinfo=self._around.zone))
        count = await work.invoices.count_issued(program, begin) + 1
        while not await work.invoices.number_is_free(program, f"{year}-{count:0{NUMBER_DIGITS}}"):
            count += 1
        return f"{year}-{count:0{NUMBER_DIGITS}}"

    def read(self, proposal: IssueProposal, text: str) -> tuple[str, date]:
        """Return number and day that staff typed: the day may follow the number, or be left out.

        The last of several words has to be a day: a mistyped one would be issued as a part of
        the number, which nobody can take back. A number with a space in it takes its day along.

        Raises:
            BadInvoiceNumber: there is no number in it, or a bad one.
            BadDueDay: the last word is no day, or the day is past, or more than a year ahead.
        """
        *words, last = text.split() or [""]
        if not words:
            return read_number(last), proposal.due_on
        now = self._around.clock()
        today = now.astimezone(self._around.zone).date()
        try:
            day = read_due_day(last, today=today)
            check_due(due_instant(self._around, day), now=now)
        except BadDueDay:
            example = f"{proposal.number} {proposal.due_on.isoformat()}"
            raise BadDueDay(text=last[:DAY_SHOWN_MAX], example=example) from None
        return read_number(" ".join(words)), day
