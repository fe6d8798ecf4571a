"""The home of the picture that a set of events is decided on."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from domain.entities.adjustment import Adjustment
from domain.entities.client import Click, Client, ClientAccount, Referral, ReferralMove
from domain.entities.conversion import BonusPart, Credit
from domain.entities.event import EventConflict, EventRecord, EventStatus
from domain.entities.fraud import Signal, SignalKind
from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.order import ClientOrder
from domain.entities.outbound import OutboundEvent
from domain.entities.partner import Enrolment, EnrolmentStatus, LegalForm, PartnerIdentity
from domain.entities.payment import Commission, Payment, Refund
from domain.entities.pin import Pin
from domain.entities.service import Service
from domain.entities.stats import StatsDelta, StatsKey
from domain.intake.invoice_shelf import InvoiceShelf
from domain.intake.shelf import Shelf
from domain.ledger.accounts import Account, AccountKind
from domain.ledger.book import Fact
from domain.ledger.journal import JournalEntry, Posting, post
from domain.programs.model import Program, Programs
from domain.records import changed


def _client_trait(client: Client) -> str | None:
    if client.made_in_bot:
        return MADE_IN_BOT
    return client.pending_click_id and f"click:{client.pending_click_id}"


MADE_IN_BOT = "made in bot"


class Facts:
    """Everything that the events at hand may touch, and what they changed.

    Attributes:
        now: When the set is applied; ``recorded_at`` of all that it makes.
        programs: The active programs.
        clients_by_id: Our client id by each id that the client is known by.
        links: Enrolment id by code.
        identities: What self-referral is judged by, per enrolment.
        admins: Telegram user ids of each enrolment's admins, for notices.
        legal_forms: What each enrolment's partner is before the law, where a program asks (R21).
        categories: What mapped categories count as, by program and category.
        parked: Parked events by what they wait for.
        capped: Enrolments whose program has a cap for clients or months.
        earned: What clients and months have brought these so far, by ``domain.intake.capping``.
        tells_vendor: The vendor has an address for webhooks.
        bonus_parts: Conversions of each commission that has some, oldest first.
        credits: Changes of service credit that the vendor's billing is told of.
    """

    def __init__(  # noqa: PLR0915 - a shelf a line
        self,
        *,
        now: datetime,
        programs: Programs,
        zone: tzinfo,
        new_id: Callable[[], int],
        tells_vendor: bool = False,
    ) -> None:
        """Start with an empty picture."""
        self.tells_vendor = tells_vendor
        self.now = now
        self.programs = programs
        self.new_id = new_id
        self._zone = zone
        self.events: Shelf[str, EventRecord] = Shelf()
        self.events_by_fact: dict[str, str] = {}
        self.parked: dict[str, list[str]] = defaultdict(list)
        self.conflicts: list[EventConflict] = []
        self.clients: Shelf[int, Client] = Shelf(_client_trait)
        self.clients_by_id: dict[str, int] = {}
        self.new_client_ids: dict[str, int] = {}
        self.moved_client_ids: dict[str, int] = {}
        self.client_accounts: Shelf[str, ClientAccount] = Shelf()
        self.services: Shelf[str, Service] = Shelf()
        self.orders: Shelf[str, ClientOrder] = Shelf()
        self.referrals: Shelf[tuple[int, str], Referral] = Shelf(lambda row: row.client_id)
        self.pins: Shelf[int, Pin] = Shelf(lambda row: row.client_id)
        self.clicks: Shelf[int, Click] = Shelf()
        self._clicks_by_trait: dict[tuple[str, str | int | None], list[Click]] = defaultdict(list)
        self.links: dict[str, int] = {}
        self.enrolments: Shelf[int, Enrolment] = Shelf()
        self.identities: dict[int, PartnerIdentity] = {}
        self.admins: dict[int, tuple[int, ...]] = {}
        self.legal_forms: dict[int, LegalForm] = {}
        self.categories: dict[tuple[str, str], str] = {}
        self.payments: Shelf[str, Payment] = Shelf(lambda row: row.client_id)
        self.refunds: list[Refund] = []
        self.commissions: Shelf[tuple[int, int], Commission] = Shelf()
        self.invoices = InvoiceShelf()
        self.adjustments: Shelf[int, Adjustment] = Shelf()
        self.bonus_parts: dict[int, Sequence[BonusPart]] = {}
        self.credits: list[Credit] = []
        self.capped: set[int] = set()
        self.earned: dict[tuple[int, str], int] = {}
        self.accounts: Shelf[tuple[int, AccountKind], Account] = Shelf()
        self.entries: list[JournalEntry] = []
        self.postings: list[Posting] = []
        self.stats: dict[StatsKey, StatsDelta] = defaultdict(StatsDelta)
        self.notices: list[Notice] = []
        self.outbound: list[OutboundEvent] = []
        self.signals: list[Signal] = []
        self.moves: list[ReferralMove] = []

    def client(self, external_id: str) -> Client | None:
        """Return the client known by this id of billing or of ours."""
        our_id = self.clients_by_id.get(external_id)
        return None if our_id is None else self.clients[our_id]

    def name_client(self, external_id: str, client_id: int) -> None:
        """Let the client be known by one more id."""
        if self.clients_by_id.get(external_id) != client_id:
            self.clients_by_id[external_id] = client_id
            self.new_client_ids[external_id] = client_id

    def move_client_id(self, external_id: str, client_id: int) -> None:
        """Let an id of one client be another one's from now on."""
        self.clients_by_id[external_id] = client_id
        if external_id in self.new_client_ids:
            self.new_client_ids[external_id] = client_id
        else:
            self.moved_client_ids[external_id] = client_id

    def keep_click(self, click: Click, *, is_new: bool) -> None:
        """Put a click into the picture, found again by any id of its visitor."""
        if is_new:
            self.clicks.add(click.id, click)
        else:
            self.clicks.load(click.id, click)
        for trait in (
            ("click", click.click_id),
            ("visitor", click.visitor_id),
            ("person", click.person_id),
        ):
            if trait[1] is not None:
                self._clicks_by_trait[trait].append(click)

    def clicks_with(self, trait: str, value: str | int | None) -> list[Click]:
        """Return the clicks with this ``click``, ``visitor`` or ``person`` id."""
        return self._clicks_by_trait.get((trait, value), [])

    def referrals_of(self, client_id: int) -> list[Referral]:
        """Return the client's referrals, oldest first."""
        rows = self.referrals.of(client_id)
        return sorted(rows, key=lambda row: row.id) if len(rows) > 1 else rows

    def payments_of(self, client_id: int) -> list[Payment]:
        """Return the loaded payments of the client in the order in which they were paid."""
        return sorted(self.payments.of(client_id), key=lambda row: (row.paid_at, row.id))

    def program_of(self, enrolment_id: int) -> Program:
        """Return the terms of an enrolment's program."""
        return self.programs[self.enrolments[enrolment_id].program]

    def category_for(self, program: str, category: str | None) -> str | None:
        """Return the category by which rates are looked up: what staff mapped it to (R7)."""
        return self.categories.get((program, category or ""), category)

    def is_active(self, enrolment_id: int) -> bool:
        """Test if the enrolment takes part and its program is still offered."""
        enrolment = self.enrolments[enrolment_id]
        return enrolment.status is EnrolmentStatus.ACTIVE and enrolment.program in self.programs

    def post(
        self,
        enrolment_id: int,
        fact: Fact,
        *,
        occurred_at: datetime,
        actor: int | None = None,
        **about: int,
    ) -> None:
        """Write a business fact into the books.

        Args:
            enrolment_id: Whose accounts it moves.
            fact: Its name and legs.
            occurred_at: When it happened in the world.
            actor: Who did it; ``None`` for billing and jobs.
            about: The id of its subject, under the name of the entry's field.
        """
        name, legs = fact
        entry = JournalEntry(
            id=self.new_id(),
            kind=name,
            enrolment_id=enrolment_id,
            legs=legs,
            occurred_at=occurred_at,
            recorded_at=self.now,
            actor=actor,
            **about,
        )
        postings, after = post(entry, self.accounts, [self.new_id() for _ in legs])
        self.entries.append(entry)
        self.postings.extend(postings)
        for account in after:
            self.accounts.put((enrolment_id, account.kind), account)

    def payable(self, enrolment_id: int) -> int:
        """Return what the partner can ask for now, minor units; may be negative."""
        return self.accounts[enrolment_id, AccountKind.PAYABLE].figure

    def count(self, enrolment_id: int, code: str | None, at: datetime) -> StatsDelta:
        """Return the day's figures of a link, to be added to."""
        day = at.astimezone(self._zone).date()
        return self.stats[StatsKey(enrolment_id, code or "", day)]

    def tell_admins(
        self, enrolment_id: int, kind: str, params: dict[str, object], *, but: int | None = None
    ) -> None:
        """Owe a notice to each admin of the partner, ``but`` for the one who did it."""
        program = self.enrolments[enrolment_id].program
        for person_id in self.admins.get(enrolment_id, ()):
            if person_id != but:
                self._tell(person_id, kind, {"program": program, **params})

    def tell_person(self, person_id: int, kind: str, params: dict[str, object]) -> None:
        """Owe a notice to one person."""
        self._tell(person_id, kind, params)

    def tell_staff(self, kind: str, params: dict[str, object]) -> None:
        """Owe a notice to the admin chat."""
        self._tell(STAFF_CHAT, kind, params)

    def tell_vendor(
        self,
        kind: str,
        data: dict[str, object],
        *,
        subject: str | None = None,
        client_id: int | None = None,
    ) -> None:
        """Owe a webhook to the vendor.

        Args:
            kind: Its type, such as ``payout.done``.
            data: JSON values only: amounts and instants as text.
            subject: What it is about; webhooks about one subject keep their order.
            client_id: Our id of the client whose personal data is among ``data``.
        """
        self.outbound.append(
            OutboundEvent(
                id=self.new_id(),
                type=kind,
                data=data,
                created_at=self.now,
                subject=subject,
                client_id=client_id,
            )
        )

    def _tell(self, recipient: int, kind: str, params: dict[str, object]) -> None:
        self.notices.append(
            Notice(
                id=self.new_id(),
                recipient=recipient,
                kind=kind,
                params=params,
                created_at=self.now,
            )
        )

    def suspect(self, kind: SignalKind, enrolment_id: int, subject: str, **more: object) -> None:
        """Keep that something looks wrong; ``more`` are further fields of the signal."""
        signal = Signal(
            id=self.new_id(),
            kind=kind,
            enrolment_id=enrolment_id,
            subject=subject,
            found_at=self.now,
            **more,  # type: ignore[arg-type]
        )
        self.signals.append(signal)

    def set_event(self, record: EventRecord, **changes: object) -> EventRecord:
        """Give an event its next state and return it."""
        after = changed(record, **changes)
        self.events.put(record.id, after)
        return after

    def load_facts_of(self, records: Sequence[EventRecord]) -> None:
        """Let stored events that stand be found by what they are about."""
        for record in records:
            if record.status not in (EventStatus.REJECTED, EventStatus.DUPLICATE):
                self.events_by_fact[record.fact] = record.id

    def load_events(self, records: Sequence[EventRecord]) -> None:
        """Put stored events into the picture."""
        for record in records:
            self.events.load(record.id, record)
