"""The home of the unit of work: one transaction with every repository on it."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from domain.ports.adjustments import Adjustments
from domain.ports.applications import Applications
from domain.ports.broadcasts import Broadcasts
from domain.ports.categories import Categories
from domain.ports.certificates import Certificates
from domain.ports.claims import Claims
from domain.ports.client_invitations import ClientInvitations
from domain.ports.conversions import Conversions
from domain.ports.fraud import Fraud
from domain.ports.intake import (
    Clicks,
    Clients,
    Enrolments,
    Events,
    Ledger,
    Payments,
    Services,
    Stats,
)
from domain.ports.invoices import Invoices
from domain.ports.mail import Mails
from domain.ports.notices import Notices
from domain.ports.outbound import Outbound
from domain.ports.papers import Papers
from domain.ports.payout_documents import PayoutDocuments, RequisitesList
from domain.ports.payouts import Payouts
from domain.ports.people import Partners, People, StaffList
from domain.ports.pins import Pins
from domain.ports.preferences import PreferenceList
from domain.ports.privacy import Privacy
from domain.ports.program_reports import ProgramReports
from domain.ports.promos import Promos
from domain.ports.questions import Questions
from domain.ports.reminders import Reminders
from domain.ports.renewals import Renewals
from domain.ports.reports import Reports
from domain.ports.settings import Audit, Jobs, Settings
from domain.ports.standings import Standings
from domain.ports.statements import Statements
from domain.ports.team import Team
from domain.ports.terms import Terms
from domain.ports.trail import Trail


class Work(Protocol):
    """One transaction; leaving it without ``commit`` rolls everything back."""

    @property
    def events(self) -> Events:
        """Stored events."""
        ...

    @property
    def clients(self) -> Clients:
        """Clients."""
        ...

    @property
    def services(self) -> Services:
        """Clients' services."""
        ...

    @property
    def clicks(self) -> Clicks:
        """Clicks."""
        ...

    @property
    def enrolments(self) -> Enrolments:
        """Enrolments in sets."""
        ...

    @property
    def payments(self) -> Payments:
        """Payments."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The books."""
        ...

    @property
    def stats(self) -> Stats:
        """Daily roll-ups."""
        ...

    @property
    def notices(self) -> Notices:
        """The outbox."""
        ...

    @property
    def mails(self) -> Mails:
        """E-mails owed."""
        ...

    @property
    def papers(self) -> Papers:
        """Dossiers and papers."""
        ...

    @property
    def categories(self) -> Categories:
        """Mapped categories."""
        ...

    @property
    def outbound(self) -> Outbound:
        """Webhooks owed to the vendor."""
        ...

    @property
    def payouts(self) -> Payouts:
        """Pay-outs."""
        ...

    @property
    def payout_documents(self) -> PayoutDocuments:
        """Documents of pay-outs."""
        ...

    @property
    def requisites(self) -> RequisitesList:
        """Requisites of partners."""
        ...

    @property
    def certificates(self) -> Certificates:
        """Certificates."""
        ...

    @property
    def adjustments(self) -> Adjustments:
        """Adjustments by staff."""
        ...

    @property
    def conversions(self) -> Conversions:
        """Conversions into service credit."""
        ...

    @property
    def fraud(self) -> Fraud:
        """Signals of fraud and holds."""
        ...

    @property
    def applications(self) -> Applications:
        """Applications of people who want to be partners."""
        ...

    @property
    def claims(self) -> Claims:
        """Claims."""
        ...

    @property
    def pins(self) -> Pins:
        """Accounts that partners named in advance."""

    @property
    def invoices(self) -> Invoices:
        """Invoices."""
        ...

    @property
    def questions(self) -> Questions:
        """Questions to the vendor."""
        ...

    @property
    def people(self) -> People:
        """Persons."""
        ...

    @property
    def privacy(self) -> Privacy:
        """Everything about one person."""
        ...

    @property
    def reminders(self) -> Reminders:
        """What people are reminded of."""
        ...

    @property
    def renewals(self) -> Renewals:
        """Services that end soon."""
        ...

    @property
    def statements(self) -> Statements:
        """Months of enrolments."""
        ...

    @property
    def preferences(self) -> PreferenceList:
        """What people chose and opened."""
        ...

    @property
    def partners(self) -> Partners:
        """Partners one by one."""
        ...

    @property
    def client_invitations(self) -> ClientInvitations:
        """Invitations to clients by e-mail."""
        ...

    @property
    def promos(self) -> Promos:
        """Promo codes for clients."""
        ...

    @property
    def standings(self) -> Standings:
        """How partners stand."""
        ...

    @property
    def team(self) -> Team:
        """Members of partners and invitations to become one."""
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
    def terms(self) -> Terms:
        """Published terms and who accepted them."""
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
