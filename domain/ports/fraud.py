"""The home of the ports of signals of fraud, holds, and marks of pay-out accounts."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.entities.fraud import (
    AccountUse,
    FraudHold,
    FraudHoldView,
    HoldScope,
    RefundShare,
    Signal,
    SignalKind,
    Traffic,
)


class Fraud(Protocol):
    """Signals of fraud with their holds."""

    async def known(self, signals: Sequence[Signal]) -> set[tuple[int, SignalKind, str]]:
        """Return which of these were found before: enrolment, kind and subject."""
        ...

    async def add_signals(self, signals: Sequence[Signal]) -> None:
        """Keep new signals."""
        ...

    async def signals_of(
        self, enrolment_ids: Iterable[int], *, since: datetime
    ) -> Sequence[Signal]:
        """Return the signals of these enrolments since then, oldest first."""
        ...

    async def tie(self, signal_ids: Iterable[int], hold_id: int) -> None:
        """Let signals be reasons of a hold."""
        ...

    async def waiting(self, enrolment_ids: Iterable[int]) -> Sequence[FraudHold]:
        """Return the holds of these enrolments that wait for staff."""
        ...

    async def hold_of(
        self, enrolment_id: int, scope: HoldScope, subject_id: int
    ) -> FraudHold | None:
        """Return the hold of an object that waits for staff."""
        ...

    async def bar(self, enrolment_id: int) -> FraudHold | None:
        """Return the hold that stops an enrolment's pay-outs: open, or confirmed."""
        ...

    async def get(self, hold_id: int) -> FraudHold | None:
        """Return a hold."""
        ...

    async def add_hold(self, hold: FraudHold) -> None:
        """Keep a new hold."""
        ...

    async def update_hold(self, hold: FraudHold) -> None:
        """Keep the next state of a hold."""
        ...

    async def views(self, *, after: int, limit: int) -> Sequence[FraudHoldView]:
        """Return a page of the holds that wait for staff, oldest first, after an id."""
        ...

    async def view(self, hold_id: int) -> FraudHoldView | None:
        """Return a hold with its reasons."""
        ...

    async def use_account(self, partner_id: int, account: str, *, at: datetime) -> AccountUse:
        """Remember where a partner wants to be paid, by a keyed digest; return how it was used."""
        ...

    async def joined(self, partner_id: int) -> Sequence[datetime]:
        """Return when each member of a partner joined, oldest first."""
        ...

    async def first_payouts(self, program: str, *, but: int) -> tuple[Sequence[int], bool]:
        """Return other partners' first pay-outs, and whether this enrolment never had one."""
        ...

    async def traffic(self, day: date, *, clicks_min: int) -> Sequence[Traffic]:
        """Return what came through each partner's links on a day with so many visits."""
        ...

    async def refund_shares(self, since: date) -> Sequence[RefundShare]:
        """Return what each partner earned and lost by refunds since a day."""
        ...
