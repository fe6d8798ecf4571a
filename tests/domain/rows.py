"""The rows that are kept between requests, and how a test reads them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count

from domain.entities.client import Click, Client, ClientAccount, Referral
from domain.entities.event import EventConflict, EventRecord, EventStatus
from domain.entities.partner import Enrolment, PartnerIdentity
from domain.entities.payment import Commission, Payment, Refund
from domain.entities.service import Service
from domain.entities.stats import StatsDelta, StatsKey
from domain.ledger.accounts import Account, AccountKind, BalanceSheet, sheet_of
from domain.ledger.journal import JournalEntry, Posting
from domain.money import Money
from domain.programs.model import Program
from tests.domain.builders import instant, saas_tiers


class Rows:
    """What a database would hold.

    Attributes:
        offered: The active programs; the first one is meant where none is named.
        now: The clock.
    """

    def __init__(self, *offered: Program) -> None:
        self.offered: Sequence[Program] = offered or (saas_tiers(),)
        self.programs = {program.key: program for program in self.offered}
        self.now: datetime = instant("2026-11-21 12:00")
        self.new_id: Callable[[], int] = count(1).__next__
        self.events: dict[str, EventRecord] = {}
        self.conflicts: list[EventConflict] = []
        self.clients: dict[int, Client] = {}
        self.client_ids: dict[str, int] = {}
        self.client_accounts: dict[str, ClientAccount] = {}
        self.services: dict[str, Service] = {}
        self.referrals: dict[tuple[int, str], Referral] = {}
        self.clicks: dict[int, Click] = {}
        self.links: dict[str, int] = {}
        self.enrolments: dict[int, Enrolment] = {}
        self.identities: dict[int, PartnerIdentity] = {}
        self.payments: dict[str, Payment] = {}
        self.refunds: list[Refund] = []
        self.commissions: dict[tuple[int, int], Commission] = {}
        self.accounts: dict[tuple[int, AccountKind], Account] = {}
        self.entries: list[JournalEntry] = []
        self.postings: list[Posting] = []
        self.stats: dict[StatsKey, StatsDelta] = defaultdict(StatsDelta)
        self.told: list[tuple[int, str, dict[str, object]]] = []

    def sheet(self, code: str) -> BalanceSheet:
        """Return the partner's balance."""
        number = self.links[code]
        own = [account for key, account in self.accounts.items() if key[0] == number]
        return sheet_of(own[0].currency, own)

    def figures(self, code: str) -> dict[str, str]:
        """Return the figures of the partner's balance that are not zero, as people read them."""
        sheet = self.sheet(code)
        names = [name for name in BalanceSheet.__slots__ if name != "currency"]
        return {
            name: str(Money(getattr(sheet, name), sheet.currency))
            for name in names
            if getattr(sheet, name)
        }

    def standing(self, code: str) -> tuple[int, str | None]:
        """Return the partner's paying clients and its tier."""
        enrolment = self.enrolments[self.links[code]]
        return enrolment.paying_clients, enrolment.tier

    def active(self, code: str) -> tuple[int, str | None]:
        """Return the partner's active clients and its tier."""
        enrolment = self.enrolments[self.links[code]]
        return enrolment.active_clients, enrolment.tier

    def client(self, client_id: str) -> Client:
        """Return the client with this id."""
        return self.clients[self.client_ids[client_id]]

    def referral(self, client_id: str, program: str | None = None) -> Referral:
        """Return what was decided about the client."""
        return self.referrals[self.client_ids[client_id], program or self.offered[0].key]

    def partner_of(self, client_id: str, program: str | None = None) -> str | None:
        """Return the code that brought the client, or why nobody did."""
        key = self.client_ids[client_id], program or self.offered[0].key
        if key not in self.referrals:
            return self.client(client_id).reason
        referral = self.referrals[key]
        assert (referral.enrolment_id is None) == (referral.code is None)
        return referral.code or referral.reason

    def commissions_of(self, payment_id: str) -> list[Commission]:
        """Return the commissions of a payment in the order of its lines."""
        ours = self.payments[payment_id].id
        return [row for key, row in sorted(self.commissions.items()) if key[0] == ours]

    def earned(self, payment_id: str) -> str:
        """Return what the payment earned before refunds, with the rate, or why nothing."""
        own = self.commissions_of(payment_id)
        if not own:
            return str(self.payments[payment_id].reason)
        assert self.payments[payment_id].reason is None
        return ", ".join(f"{Money(c.minor, c.currency)} at {c.rate}" for c in own)

    def states(self, payment_id: str) -> list[str]:
        """Return where the commissions of a payment stand."""
        return [commission.state.value for commission in self.commissions_of(payment_id)]

    def notices(self, kind: str) -> list[dict[str, object]]:
        """Return the facts of the notices of this kind, each as often as it was owed."""
        return [params for _, told, params in self.told if told == kind]

    def outcome(self) -> dict[str, object]:
        """Return everything that must not depend on the way in which events came."""
        return {
            "balances": {code: self.figures(code) for code in self.links},
            "standing": {code: self.standing(code) for code in self.links},
            "active": {code: self.active(code) for code in self.links},
            "services": dict(self.services),
            "payments": {
                row.payment_id: (row.refunded, row.chargebacks, row.enrolment_id, row.reason)
                for row in self.payments.values()
            },
            "commissions": {
                (row.payment_id, c.line): (c.minor, c.clawed_back, c.rate, c.tier, c.state)
                for row in self.payments.values()
                for c in self.commissions_of(row.payment_id)
            },
            "events": {
                row.fact: (row.status, row.reason)
                for row in self.events.values()
                if row.status is not EventStatus.DUPLICATE
            },
            "stats": dict(self.stats),
        }
