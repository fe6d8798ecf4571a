"""The home of the unit of work: one transaction with every repository on it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Engines
from storage.idle import Reading
from storage.repositories.adjustments import AdjustmentRepository
from storage.repositories.applications import ApplicationRepository
from storage.repositories.broadcasts import BroadcastRepository
from storage.repositories.categories import CategoryRepository
from storage.repositories.certificates import CertificateRepository
from storage.repositories.claims import ClaimRepository
from storage.repositories.client_invitations import ClientInvitationRepository
from storage.repositories.clients import ClickRepository, ClientRepository
from storage.repositories.conversations import ConversationRepository
from storage.repositories.conversions import ConversionRepository
from storage.repositories.enrolments import EnrolmentRepository
from storage.repositories.events import EventRepository
from storage.repositories.fraud import FraudRepository
from storage.repositories.inbox import InboxRepository
from storage.repositories.invoices import InvoiceRepository
from storage.repositories.lanes import LaneRepository
from storage.repositories.ledger import LedgerRepository
from storage.repositories.mails import MailRepository
from storage.repositories.notices import NoticeRepository
from storage.repositories.orders import OrderRepository
from storage.repositories.outbound import OutboundRepository
from storage.repositories.papers import PaperRepository
from storage.repositories.partners import PartnerRepository
from storage.repositories.payments import PaymentRepository
from storage.repositories.payout_documents import (
    PayoutDocumentRepository,
    RequisitesRepository,
)
from storage.repositories.payouts import PayoutRepository
from storage.repositories.people import PeopleRepository, StaffRepository
from storage.repositories.pins import PinRepository
from storage.repositories.preferences import PreferenceRepository
from storage.repositories.privacy import PrivacyRepository
from storage.repositories.program_reports import ProgramReportRepository
from storage.repositories.promos import PromoRepository
from storage.repositories.questions import QuestionRepository
from storage.repositories.reminders import ReminderRepository
from storage.repositories.renewals import RenewalRepository
from storage.repositories.reports import ReportRepository
from storage.repositories.services import ServiceRepository
from storage.repositories.settings import AuditRepository, JobRepository, SettingRepository
from storage.repositories.standings import StandingRepository
from storage.repositories.statements import StatementRepository
from storage.repositories.stats import StatsRepository
from storage.repositories.team import TeamRepository
from storage.repositories.terms import TermsRepository
from storage.repositories.trail import TrailRepository
from storage.vault import Vault

BOOKS_LOCK = 7_243_910_551
"""PostgreSQL advisory lock that whoever writes the books holds to the end of its transaction."""


_PLAIN: dict[str, Callable[[AsyncConnection], object]] = {
    "events": EventRepository,
    "clients": ClientRepository,
    "services": ServiceRepository,
    "orders": OrderRepository,
    "clicks": ClickRepository,
    "payments": PaymentRepository,
    "ledger": LedgerRepository,
    "stats": StatsRepository,
    "categories": CategoryRepository,
    "certificates": CertificateRepository,
    "adjustments": AdjustmentRepository,
    "conversions": ConversionRepository,
    "people": PeopleRepository,
    "preferences": PreferenceRepository,
    "reminders": ReminderRepository,
    "renewals": RenewalRepository,
    "statements": StatementRepository,
    "partners": PartnerRepository,
    "standings": StandingRepository,
    "team": TeamRepository,
    "staff": StaffRepository,
    "settings": SettingRepository,
    "jobs": JobRepository,
    "program_reports": ProgramReportRepository,
    "trail": TrailRepository,
    "broadcasts": BroadcastRepository,
    "lanes": LaneRepository,
}
_SEALED: dict[str, Callable[[AsyncConnection, Vault], object]] = {
    "enrolments": EnrolmentRepository,
    "notices": NoticeRepository,
    "papers": PaperRepository,
    "payouts": PayoutRepository,
    "payout_documents": PayoutDocumentRepository,
    "requisites": RequisitesRepository,
    "applications": ApplicationRepository,
    "fraud": FraudRepository,
    "claims": ClaimRepository,
    "pins": PinRepository,
    "invoices": InvoiceRepository,
    "questions": QuestionRepository,
    "privacy": PrivacyRepository,
    "client_invitations": ClientInvitationRepository,
    "promos": PromoRepository,
    "reports": ReportRepository,
    "terms": TermsRepository,
    "inbox": InboxRepository,
    "conversations": ConversationRepository,
}
"""Repositories that keep something encrypted."""


class SqlWork:
    """One transaction; leaving it without ``commit`` rolls everything back.

    Attributes:
        is_committed: It is durable.
        owes_nothing: Set by whoever knows that nobody gets a message because of it; the senders
            are then not woken.
    """

    is_committed: bool
    owes_nothing: bool
    events: EventRepository
    clients: ClientRepository
    services: ServiceRepository
    orders: OrderRepository
    clicks: ClickRepository
    enrolments: EnrolmentRepository
    payments: PaymentRepository
    ledger: LedgerRepository
    stats: StatsRepository
    notices: NoticeRepository
    categories: CategoryRepository
    outbound: OutboundRepository
    mails: MailRepository
    papers: PaperRepository
    payouts: PayoutRepository
    payout_documents: PayoutDocumentRepository
    requisites: RequisitesRepository
    certificates: CertificateRepository
    adjustments: AdjustmentRepository
    applications: ApplicationRepository
    conversions: ConversionRepository
    fraud: FraudRepository
    claims: ClaimRepository
    pins: PinRepository
    invoices: InvoiceRepository
    questions: QuestionRepository
    people: PeopleRepository
    preferences: PreferenceRepository
    privacy: PrivacyRepository
    reminders: ReminderRepository
    renewals: RenewalRepository
    statements: StatementRepository
    partners: PartnerRepository
    client_invitations: ClientInvitationRepository
    promos: PromoRepository
    standings: StandingRepository
    team: TeamRepository
    staff: StaffRepository
    reports: ReportRepository
    settings: SettingRepository
    audit: AuditRepository
    jobs: JobRepository
    program_reports: ProgramReportRepository
    trail: TrailRepository
    broadcasts: BroadcastRepository
    terms: TermsRepository
    inbox: InboxRepository
    lanes: LaneRepository
    conversations: ConversationRepository

    def __init__(
        self,
        connection: AsyncConnection,
        vault: Vault,
        new_id: Callable[[], int],
        *,
        tells_vendor: bool = False,
        sends_mail: bool = False,
    ) -> None:
        """Let every repository work on the connection."""
        self._connection = connection
        self._vault = vault
        self.is_committed = False
        self.owes_nothing = False
        self.audit = AuditRepository(connection, new_id)
        self.outbound = OutboundRepository(connection, is_wanted=tells_vendor)
        self.mails = MailRepository(connection, vault, is_wanted=sends_mail)

    def __getattr__(self, name: str) -> object:
        """Make a repository when it is asked for: a unit needs a few of some fifty."""
        made: object
        if name in _PLAIN:
            made = _PLAIN[name](self._connection)
        elif name in _SEALED:
            made = _SEALED[name](self._connection, self._vault)
        else:
            raise AttributeError(name)
        setattr(self, name, made)
        return made

    async def commit(self) -> None:
        """Make all of it durable."""
        await self._connection.commit()
        self.is_committed = True


class SqlOpenWork:
    """Opens units of work on the database.

    The books have one writer at a time, on both databases: SQLite by BEGIN IMMEDIATE, PostgreSQL
    by an advisory lock, both behind a queue in this process. Sets of events share one turn, so
    the turn is short, and no pair of writers can ever decide on the same balance.
    """

    def __init__(
        self,
        engines: Engines,
        vault: Vault,
        new_id: Callable[[], int],
        *,
        on_commit: Callable[[], None] = lambda: None,
        tells_vendor: bool = False,
        sends_mail: bool = False,
    ) -> None:
        """Open work on these engines.

        Args:
            engines: Of the database.
            vault: Encrypts what is secret.
            new_id: Makes ids.
            on_commit: Called after each durable write that may owe somebody a message.
            tells_vendor: The vendor has an address for webhooks, so they are written.
            sends_mail: A mail server is configured, so e-mails are owed.
        """
        self._engines = engines
        self._vault = vault
        self._new_id = new_id
        self._on_commit = on_commit
        self.tells_vendor = tells_vendor
        self.sends_mail = sends_mail
        self._turn = asyncio.Lock()

    def __call__(self, *, books: bool = True) -> AbstractAsyncContextManager[SqlWork]:
        """Open work that writes; ``books=False`` for what touches no money and no client."""
        return self._write(books=books)

    @asynccontextmanager
    async def _write(self, *, books: bool) -> AsyncIterator[SqlWork]:
        needs_turn = books or not self._engines.is_postgresql
        await self._engines.idle.let_go()
        if needs_turn:
            await self._turn.acquire()
        work: SqlWork | None = None
        try:
            async with self._engines.writes.connect() as connection:
                _ = await connection.begin()
                if books and self._engines.is_postgresql:
                    await connection.execute(
                        text("SELECT pg_advisory_xact_lock(:key)"), {"key": BOOKS_LOCK}
                    )
                work = self._work_on(connection)
                yield work
        finally:
            if needs_turn:
                self._turn.release()
            if work is not None and work.is_committed and not work.owes_nothing:
                self._on_commit()

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[SqlWork]:
        # All that is read is of one moment, and goes the straight way.
        async with Reading(self._engines.idle) as connection:
            yield self._work_on(connection)

    def _work_on(self, connection: AsyncConnection) -> SqlWork:
        return SqlWork(
            connection,
            self._vault,
            self._new_id,
            tells_vendor=self.tells_vendor,
            sends_mail=self.sends_mail,
        )

    def read(self) -> AbstractAsyncContextManager[SqlWork]:
        """Open work that only reads; it waits for no writer."""
        return self._read()
