"""What billing has to report, and what the books must say when all of it has arrived."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.faults.world import Json

COMMISSION_PART = 10
"""The one rate of the test program, as the part of a payment that is earned."""
ATTRIBUTED_PART = 6
PAYMENTS_EACH = 3
BATCH_SIZE_MAX = 30


@dataclass
class Story:
    """A set of events in which each is reported once.

    Attributes:
        name: Begins the names of clients of its own.
        begin: When it all began.
        events: By id, each with its envelope.
        earned: Minor units that each code earns from all payments.
        taken_back: Minor units of that which refunds take away.
    """

    name: str = "client"
    begin: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(hours=2))
    events: dict[str, Json] = field(default_factory=dict)
    earned: Counter[str] = field(default_factory=Counter)
    taken_back: Counter[str] = field(default_factory=Counter)

    def of_kind(self, kind: str) -> int:
        """Return how many events of a type there are."""
        return sum(event["type"] == kind for event in self.events.values())

    def tell_client(self, client: str, code: str | None, at: datetime) -> None:
        """Have a registration to report."""
        named = {"referral_code": code} if code else {}
        self._add(
            f"reg-{client}",
            "client.registered",
            at,
            client_id=client,
            name=f"Client {client}",
            registered_at=at.isoformat(),
            **named,
        )

    def tell_payment(self, client: str, payment: str, units: int, at: datetime) -> None:
        """Have a payment of so many dollars to report."""
        self._add(
            f"pay-{payment}",
            "payment.succeeded",
            at,
            payment_id=payment,
            client_id=client,
            amount=f"{units}.00",
            currency="USD",
            paid_at=at.isoformat(),
        )

    def tell_refund(self, payment: str, units: int, at: datetime, *, kind: str = "refund") -> None:
        """Have a refund of so many dollars to report, or a chargeback, lost or won."""
        name = f"back-{payment}" if kind == "refund" else f"{kind}-{payment}"
        self._add(
            name,
            "payment.refunded",
            at,
            refund_id=name,
            kind=kind,
            payment_id=payment,
            amount=f"{units}.00",
            refunded_at=at.isoformat(),
        )

    def _add(self, event_id: str, type_: str, at: datetime, **data: object) -> None:
        envelope = {"id": event_id, "type": type_, "timestamp": at.isoformat(), "data": data}
        self.events[event_id] = envelope

    def first_payment(self, code: str, units: int) -> None:
        """Have a new client of a partner to report, with one payment."""
        self.tell_client(self._client_of(code), code, self.begin)
        self.next_payment(code, units)

    def next_payment(self, code: str, units: int) -> None:
        """Have one more payment of that client to report."""
        client = self._client_of(code)
        self.tell_payment(client, f"{client}-{len(self.events)}", units, self.begin)

    def _client_of(self, code: str) -> str:
        return f"{self.name} of {code}"


def tell_story(chance: random.Random, codes: Sequence[str], number: int) -> Story:
    """Return about so many events: a fifth registrations, three fifths payments, the rest refunds.

    Every amount is whole, so that the rate leaves nothing to round and order decides nothing.
    """
    story = Story()
    for client in range(number // 5):
        code = chance.choice(codes) if client % ATTRIBUTED_PART == 0 else None
        _tell_of_client(story, chance, f"client-{client}", code)
    return story


def _tell_of_client(story: Story, chance: random.Random, client: str, code: str | None) -> None:
    story.tell_client(client, code, story.begin)
    for number in range(PAYMENTS_EACH):
        paid = chance.randint(1, 300)
        payment = f"{client}-{number}"
        story.tell_payment(client, payment, paid, story.begin + timedelta(minutes=10 + number))
        story.earned[code or ""] += paid * 100 // COMMISSION_PART
    refunded = chance.randint(1, paid)
    story.tell_refund(payment, refunded, story.begin + timedelta(minutes=30))
    story.taken_back[code or ""] += refunded * 100 // COMMISSION_PART


def in_requests(story: Story, chance: random.Random) -> list[list[Json]]:
    """Return the events roughly in the order of their making, half alone and half in batches."""
    events = list(story.events.values())
    disorder = len(events) / 5
    place = {event["id"]: n + chance.gauss(0, disorder) for n, event in enumerate(events)}
    events.sort(key=lambda event: place[event["id"]])
    requests: list[list[Json]] = []
    while events:
        size = chance.randint(2, BATCH_SIZE_MAX) if chance.random() < 1 / BATCH_SIZE_MAX else 1
        requests.append(events[:size])
        del events[:size]
    return requests
