"""The home of the unit of work: one transaction with every repository on it."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from domain.ports.broadcasts import Broadcasts
from domain.ports.mail import Mails
from domain.ports.notices import Notices
from domain.ports.outbound import Outbound
from domain.ports.people import StaffList
from domain.ports.program_reports import ProgramReports
from domain.ports.questions import Questions
from domain.ports.reports import Reports
from domain.ports.settings import Audit, Jobs, Settings
from domain.ports.trail import Trail
from domain.ports.work_clients import ClientWork
from domain.ports.work_money import MoneyWork
from domain.ports.work_partners import PartnerWork


class Work(ClientWork, MoneyWork, PartnerWork, Protocol):
    """One transaction; leaving it without ``commit`` rolls everything back."""

    @property
    def notices(self) -> Notices:
        """The outbox."""
        ...

    @property
    def mails(self) -> Mails:
        """E-mails owed."""
        ...

    @property
    def outbound(self) -> Outbound:
        """Webhooks owed to the vendor."""
        ...

    @property
    def questions(self) -> Questions:
        """Questions to the vendor."""
        ...

    @property
    def staff(self) -> StaffList:
        """Staff."""
        ...

    @property
    def reports(self) -> Reports:
        """Read models."""
        ...

    @property
    def settings(self) -> Settings:
        """Small kept facts."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...

    @property
    def program_reports(self) -> ProgramReports:
        """Figures of a program."""
        ...

    @property
    def trail(self) -> Trail:
        """The audit trail as people read it."""
        ...

    @property
    def broadcasts(self) -> Broadcasts:
        """Broadcasts."""
        ...

    @property
    def jobs(self) -> Jobs:
        """Periods of jobs."""
        ...

    async def commit(self) -> None:
        """Make all of it durable."""
        ...


class OpenWork(Protocol):
    """Opens units of work."""

    @property
    def tells_vendor(self) -> bool:
        """Whether the vendor has an address for webhooks; without one none is written."""
        ...

    @property
    def sends_mail(self) -> bool:
        """Whether a mail server is configured; without one no e-mail is owed."""
        ...

    def __call__(self, *, books: bool = True) -> AbstractAsyncContextManager[Work]:
        """Open one that writes: one at a time, as the books have one writer.

        ``books=False`` is for what touches no money and no client: it waits less.
        """
        ...

    def read(self) -> AbstractAsyncContextManager[Work]:
        """Open one that only reads; it waits for no writer."""
        ...
