"""The home of the report port: read models for screens and the HTTP API."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.entities.conversion import Conversion
from domain.entities.event import EventCounts, EventCursor, EventRecord, EventShelf
from domain.entities.filters import EVERYTHING, Wanted
from domain.entities.payout import PayoutStatus, Spending
from domain.entities.queue import QueueKind, QueueLine
from domain.entities.search import ClientHit, PartnerHit, SearchText
from domain.entities.stats import DayTotal, StatsTotal
from domain.entities.stories import CommissionStory, ConversionStory, SpentRow
from domain.entities.views import (
    ClientView,
    CommissionView,
    Cursor,
    PartnerOverview,
    PaymentRow,
    PayoutView,
    ReferralCard,
    ReferralRow,
)


class Reports(Protocol):
    """Lists by key, newest first, and totals from the roll-ups."""

    async def referrals(
        self,
        enrolment_id: int,
        *,
        before: Cursor | None,
        limit: int,
        wanted: Wanted = EVERYTHING,
    ) -> Sequence[ReferralRow]:
        """Return a page of the partner's registrations."""
        ...

    async def referral(self, enrolment_id: int, referral_id: int) -> ReferralCard | None:
        """Return one referral of the partner."""
        ...

    async def payments(
        self,
        enrolment_id: int,
        *,
        before: Cursor | None,
        limit: int,
        wanted: Wanted = EVERYTHING,
    ) -> Sequence[PaymentRow]:
        """Return a page of the payments that count for the partner."""
        ...

    async def payouts(
        self,
        *,
        enrolment_id: int | None,
        in_progress_only: bool,
        before: Cursor | None,
        limit: int,
        wanted: Wanted = EVERYTHING,
    ) -> Sequence[PayoutView]:
        """Return a page of pay-outs, of one enrolment or of all."""
        ...

    async def payout_queue(
        self,
        statuses: Sequence[PayoutStatus],
        *,
        program: str | None = None,
        currency: str | None = None,
        after: Cursor | None,
        limit: int,
        but_suspended: bool = False,
    ) -> Sequence[PayoutView]:
        """Return a page of the pay-outs with these statuses, the oldest first.

        ``but_suspended`` leaves out those of suspended partners, which are not paid.
        """
        ...

    async def payouts_of_list(self, list_id: int) -> Sequence[PayoutView]:
        """Return the pay-outs of a list in its order."""
        ...

    async def approved_payouts(self) -> Sequence[tuple[str, str, int, int]]:
        """Return program, currency, count and sum of what is approved, each pair once."""
        ...

    async def payouts_numbered(self, rest: int, modulus: int) -> Sequence[PayoutView]:
        """Return the newest pay-outs whose id leaves this rest: a number tells its end only."""
        ...

    async def queues(self, kinds: Sequence[QueueKind], *, now: datetime) -> Sequence[QueueLine]:
        """Return of which of these kinds something waits for staff, in the order of the kinds."""
        ...

    async def payout(self, payout_id: int) -> PayoutView | None:
        """Return one pay-out."""
        ...

    async def commissions(
        self,
        enrolment_id: int,
        *,
        before: Cursor | None,
        limit: int,
        wanted: Wanted = EVERYTHING,
    ) -> Sequence[CommissionView]:
        """Return a page of the partner's commissions."""
        ...

    async def daily(
        self, enrolment_id: int, first: date, last: date, *, code: str | None = None
    ) -> Sequence[DayTotal]:
        """Return the days that have figures, in order, of one link or of all together."""
        ...

    async def total_between(
        self, enrolment_id: int, first: date, last: date, *, code: str | None = None
    ) -> StatsTotal:
        """Return the figures of these days together, of one link or of all."""
        ...

    async def by_link(
        self, enrolment_id: int, first: date, last: date
    ) -> Mapping[str, StatsTotal]:
        """Return the figures of these days of each link that has any."""
        ...

    async def first_day(self, enrolment_id: int) -> date | None:
        """Return the first day that has figures."""
        ...

    async def totals(self, enrolment_id: int) -> StatsTotal:
        """Return the partner's figures since it joined."""
        ...

    async def overview(self, code: str) -> PartnerOverview | None:
        """Return a partner by the code of any of its links."""
        ...

    async def overview_of(self, enrolment_id: int) -> PartnerOverview | None:
        """Return a partner by its enrolment."""
        ...

    async def clients(
        self, enrolment_id: int, *, before: Cursor | None, limit: int
    ) -> Sequence[ClientView]:
        """Return a page of the partner's clients."""
        ...

    async def client(self, external_id: str) -> ClientView | None:
        """Return a client by any id it is known by."""
        ...

    async def client_by_our_id(self, client_id: int) -> ClientView | None:
        """Return a client by our own id."""
        ...

    async def partners_like(
        self, wanted: SearchText, *, before: int | None, limit: int
    ) -> Sequence[PartnerHit]:
        """Return partners by program, the newest first, after the one with id ``before``."""
        ...

    async def clients_like(
        self, wanted: SearchText, *, before: int | None, limit: int
    ) -> Sequence[ClientHit]:
        """Return clients, the newest first, after the one with id ``before``."""
        ...

    async def payments_of_client(self, client_id: int, *, limit: int) -> Sequence[PaymentRow]:
        """Return the newest payments of a client."""
        ...

    async def payment(self, payment_id: str | int) -> PaymentRow | None:
        """Return a payment by the id that billing or an entry of staff gave it, or by ours."""
        ...

    async def client_of_person(self, person_id: int) -> ClientView | None:
        """Return the client that a person is."""
        ...

    async def spent(self, spending: Spending) -> Sequence[SpentRow]:
        """Return what was consumed with where it came from, oldest first."""
        ...

    async def commission_story(
        self, commission_id: int, *, enrolment_ids: Sequence[int] | None
    ) -> CommissionStory | None:
        """Return the story of a commission; with ``enrolment_ids`` only one of theirs."""
        ...

    async def conversion_story(
        self, conversion_id: int, *, enrolment_ids: Sequence[int] | None
    ) -> ConversionStory | None:
        """Return the story of a conversion; with ``enrolment_ids`` only one of theirs."""
        ...

    async def conversions(
        self, enrolment_id: int, *, before: Cursor | None, limit: int
    ) -> Sequence[Conversion]:
        """Return a page of conversions."""
        ...

    async def event(self, event_id: str) -> EventRecord | None:
        """Return a stored event."""
        ...

    async def events(
        self, shelf: EventShelf, *, before: EventCursor | None, limit: int
    ) -> Sequence[EventRecord]:
        """Return a page of events that took no effect, newest first."""
        ...

    async def events_received(self, at: datetime) -> Sequence[EventRecord]:
        """Return the events that took no effect and came at this instant."""
        ...

    async def event_counts(self, *, rejected_since: datetime) -> EventCounts:
        """Return how many events took no effect."""
        ...
