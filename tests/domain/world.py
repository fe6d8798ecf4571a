"""A world to send events to: the intake with plain dictionaries in the place of the database.

Each request gets a fresh picture of what was kept, and afterwards only the rows named as added or
changed are kept. Then books, counts and events are recomputed from scratch and compared.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from domain.entities.client import Click, ClickSource, Client
from domain.entities.partner import Enrolment, EnrolmentStatus, PartnerIdentity
from domain.entities.payout import Payout, PayoutPart, PayoutStatus
from domain.entities.stats import StatsDelta
from domain.events.read import read_event
from domain.events.types import ClientRegistered
from domain.intake import paying
from domain.intake.apply import Answer, Incoming, apply_batch
from domain.intake.apply_clients import register_in_bot
from domain.intake.earning import release_due
from domain.intake.facts import Facts
from domain.intake.json_text import canonical
from domain.ledger.accounts import Account, AccountKind
from domain.money import Money
from domain.programs.model import Program
from domain.rules.spending import oldest_first
from tests.domain.builders import Sent, Tokens, cents, instant, paid, registered
from tests.domain.invariants import NOT_STANDING, check_books, check_counts, check_events
from tests.domain.rows import Rows

_KEYS: Mapping[str, Callable[[Any], object]] = {
    "events": lambda row: row.id,
    "clicks": lambda row: row.id,
    "clients": lambda row: row.id,
    "client_accounts": lambda row: row.account_id,
    "services": lambda row: row.service_id,
    "referrals": lambda row: (row.client_id, row.program),
    "enrolments": lambda row: row.id,
    "payments": lambda row: row.payment_id,
    "commissions": lambda row: (row.payment_id, row.line),
    "accounts": lambda row: (row.enrolment_id, row.kind),
}


def _keyed(name: str, rows: Iterable[object]) -> dict[object, object]:
    return {_KEYS[name](row): row for row in rows}


class World(Rows):
    """The product between requests."""

    def __init__(self, *offered: Program) -> None:
        super().__init__(*offered)
        self.tokens = Tokens()

    # Who takes part

    def enrols(
        self,
        code: str,
        *,
        program: str | None = None,
        identity: PartnerIdentity | None = None,
        status: EnrolmentStatus = EnrolmentStatus.ACTIVE,
    ) -> int:
        """Let a partner take part; its link has the code."""
        offer = self.programs[program or self.offered[0].key]
        number = self.new_id()
        self.enrolments[number] = Enrolment(
            id=number,
            partner_id=number,
            program=offer.key,
            code=code,
            status=status,
            terms_version=1,
            joined_at=instant("2026-01-01"),
        )
        self.links[code] = number
        self.identities[number] = identity or PartnerIdentity()
        for kind in AccountKind:
            self.accounts[number, kind] = Account(
                id=self.new_id(), enrolment_id=number, kind=kind, currency=offer.currency
            )
        return number

    def suspends(self, code: str) -> None:
        """Suspend the partner."""
        number = self.links[code]
        enrolment = self.enrolments[number]
        self.enrolments[number] = replace(enrolment, status=EnrolmentStatus.SUSPENDED)

    def starts(self, person: int, code: str, at: str) -> None:
        """Let a person open the deep link in Telegram."""
        number = self.new_id()
        self.clicks[number] = Click(
            id=number,
            code=code,
            enrolment_id=self.links[code],
            clicked_at=instant(at),
            source=ClickSource.START,
            person_id=person,
        )

    def consents(
        self, client_id: str, at: str, *, person: int, phone: str | None = None
    ) -> Client:
        """Let a person become a client in the bot."""
        facts = self.picture()
        event = ClientRegistered(
            client_id=client_id,
            name="Made in the bot",
            registered_at=instant(at),
            telegram_id=person,
            phone=phone,
        )
        client = register_in_bot(facts, event)
        self.keep(facts)
        return client

    def brings(self, code: str, clients: int, *, first: int = 1) -> None:
        """Let so many clients register by the code and pay 100.00 each, one by one."""
        names = [f"{code}-{number}" for number in range(first, first + clients)]
        self.send(*(registered(name, "2026-11-01", referral_code=code) for name in names))
        self.send(*(paid(f"p-{name}", name, "100.00", "2026-11-02") for name in names))

    # What happens

    def send(self, *sent: Sent, at: str | None = None, rerun: bool = False) -> list[Answer]:
        """Send one request and return its answers, after everything has been checked."""
        self.now = instant(at) if at else self.now
        batch = [
            Incoming(
                id=one.id,
                kind=one.kind,
                data=canonical(one.data),
                event=read_event(one.kind, one.data, now=None if rerun else self.now),
                rerun=rerun,
            )
            for one in sent
        ]
        facts = self.picture()
        answers = apply_batch(facts, batch, self.tokens)
        self.keep(facts)
        assert [answer.id for answer in answers] == [one.id for one in sent]
        return answers

    def send_one(self, sent: Sent, at: str | None = None) -> Answer:
        """Send one event and return its answer."""
        return self.send(sent, at=at)[0]

    def send_each(self, *sent: Sent) -> list[Answer]:
        """Send the events one request after the other."""
        return [self.send_one(one) for one in sent]

    def reruns(self, event_id: str) -> Answer:
        """Run a parked event again, as staff do."""
        record = self.events[event_id]
        sent = Sent(kind=record.kind, data=json.loads(record.data), id=event_id)
        return self.send(sent, rerun=True)[0]

    def releases(self, at: str) -> None:
        """End the holds whose time has come, as the job does."""
        self.now = instant(at)
        facts = self.picture()
        for commission in facts.commissions.values():
            release_due(facts, commission)
        self.keep(facts)

    def pays_out(self, code: str, amount: str) -> tuple[PayoutPart, ...]:
        """Pay the amount out to the partner; return the commissions that it consumed."""
        facts = self.picture()
        own = [c for c in facts.commissions.values() if c.enrolment_id == self.links[code]]
        spent = oldest_first(own, [], cents(amount))
        payout = Payout(
            id=self.new_id(),
            enrolment_id=self.links[code],
            amount=Money(cents(amount), "USD"),
            status=PayoutStatus.REQUESTED,
            account="UA00",
            comment="",
            request_key="k",
            requested_by=1,
            requested_at=self.now,
        )
        paying.reserve(facts, payout, spent)
        paying.settle(facts, payout, spent, by=payout.requested_by)
        self.keep(facts)
        return spent.commissions

    # The database

    def picture(self, now: datetime | None = None) -> Facts:
        """Return a fresh picture of all that is kept."""
        facts = Facts(now=now or self.now, programs=self.programs, zone=UTC, new_id=self.new_id)
        facts.load_events(list(self.events.values()))
        for record in self.events.values():
            if record.status not in NOT_STANDING:
                facts.events_by_fact[record.fact] = record.id
            if record.waits_for is not None:
                facts.parked[record.waits_for].append(record.id)
        for name in _KEYS.keys() - {"events", "clicks"}:
            for key, row in getattr(self, name).items():
                getattr(facts, name).load(key, row)
        for click in self.clicks.values():
            facts.keep_click(click, is_new=False)
        facts.clients_by_id.update(self.client_ids)
        facts.links.update(self.links)
        facts.identities.update(self.identities)
        facts.admins.update({number: (1000 + number,) for number in self.enrolments})
        return facts

    def keep(self, facts: Facts) -> None:
        """Keep what the picture says was added or changed, and nothing else; then check."""
        for name in _KEYS:
            shelf, rows = getattr(facts, name), getattr(self, name)
            added, changed = _keyed(name, shelf.added), _keyed(name, shelf.changed)
            assert not added.keys() & rows.keys(), f"{name}: added twice"
            assert changed.keys() <= rows.keys(), f"{name}: changed before it was added"
            rows.update(added | changed)
        assert not facts.new_client_ids.keys() & self.client_ids.keys()
        self.client_ids.update(facts.new_client_ids)
        self.conflicts += facts.conflicts
        self.refunds += facts.refunds
        self.entries += facts.entries
        self.postings += facts.postings
        for key, delta in facts.stats.items():
            total = self.stats[key]
            for name in StatsDelta.__slots__:
                setattr(total, name, getattr(total, name) + getattr(delta, name))
        self.told += [(row.recipient, row.kind, row.params) for row in facts.notices]
        check_books(self)
        check_counts(self)
        check_events(self)
