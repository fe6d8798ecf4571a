"""A second implementation of the money, over plain lists: nothing of the product is imported.

It knows one program: two tiers, a hold, a bonus of payments; USD, and payments in UAH at a rate.
"""

import heapq
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction

from tests.usecases.money_rows import Adjusted, Asked, Client, Earned, Paid, half_up

HOLD = timedelta(days=3)
RATES = {1: Fraction(1, 10), 3: Fraction(3333, 10_000)}
"""Rate from so many paying clients on."""
BONUS = Fraction(1, 5)


@dataclass
class Oracle:
    """What the product should show."""

    now: datetime
    clients: dict[str, Client] = field(default_factory=dict)
    payments: dict[str, Paid] = field(default_factory=dict)
    clicks: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    parked: dict[str, list[tuple[datetime, str, dict]]] = field(default_factory=dict)
    earned: list[Earned] = field(default_factory=list)
    adjusted: list[Adjusted] = field(default_factory=list)
    payouts: list[Asked] = field(default_factory=list)
    places: int = 0

    # Events

    def apply(self, batch: list[tuple[datetime, str, dict]]) -> None:
        """Apply events by their own time, and whatever each of them lets go."""
        queue = [(at, order, kind, data) for order, (at, kind, data) in enumerate(batch)]
        heapq.heapify(queue)
        order = len(batch)
        while queue:
            at, _, kind, data = heapq.heappop(queue)
            for freed in getattr(self, f"on_{kind}")(at, **data):
                order += 1
                heapq.heappush(queue, (freed[0], order, freed[1], freed[2]))

    def on_click(self, at: datetime, click: str, owner: str) -> list:
        self.clicks[click] = (owner, at)
        for name, client in self.clients.items():
            if client.awaits == click:
                client.awaits = None
                if at <= client.registered_at <= at + timedelta(days=7):
                    client.owner = owner
                    self.accrue_late(name)
        return []

    def accrue_late(self, name: str) -> None:
        own = [paid for paid in self.payments.values() if paid.client == name]
        for paid in sorted(own, key=lambda paid: paid.at):
            refunded, paid.refunded = paid.refunded, 0
            self.accrue(paid)
            self.refund_to(paid, refunded)

    def on_register(self, at: datetime, client: str, owner: str | None, click: str | None) -> list:
        known = Client(at, owner)
        if click is not None and click not in self.clicks:
            known.awaits = click
        elif click is not None:
            clicked_by, clicked_at = self.clicks[click]
            if clicked_at <= at <= clicked_at + timedelta(days=7):
                known.owner = clicked_by
        self.clients[client] = known
        return self.parked.pop(f"client {client}", [])

    def on_pay(
        self, at: datetime, payment: str, client: str, minor: int, exchange: str, retained: bool
    ) -> list:
        if client not in self.clients:
            data = {"payment": payment, "client": client, "minor": minor}
            data |= {"exchange": exchange, "retained": retained}
            self.parked.setdefault(f"client {client}", []).append((at, "pay", data))
            return []
        paid = Paid(client, minor, Fraction(exchange), at, retained)
        self.payments[payment] = paid
        self.accrue(paid)
        return self.parked.pop(f"payment {payment}", [])

    def on_refund(self, at: datetime, payment: str, minor: int, kind: str) -> list:
        if payment not in self.payments:
            data = {"payment": payment, "minor": minor, "kind": kind}
            self.parked.setdefault(f"payment {payment}", []).append((at, "refund", data))
            return []
        paid = self.payments[payment]
        sign = -1 if kind == "chargeback_won" else 1
        if kind == "chargeback_won" and minor > (paid.chargebacks or paid.minor):
            return []
        waiting = self.parked.setdefault(f"chargeback {payment}", [])
        if kind == "chargeback_won" and not paid.chargebacks:
            waiting.append((at, "refund", {"payment": payment, "minor": minor, "kind": kind}))
            return []
        if paid.refunded + sign * minor > paid.minor:
            return []
        if kind != "refund":
            paid.chargebacks += sign * minor
        self.refund_to(paid, paid.refunded + sign * minor)
        if kind != "chargeback":
            return []
        self.parked[f"chargeback {payment}"] = [row for row in waiting if row[0] < at]
        return [row for row in waiting if row[0] >= at]

    # Rules

    def paying(self, owner: str) -> int:
        live = [p for p in self.payments.values() if p.owner == owner and p.refunded < p.minor]
        return len({paid.client for paid in live})

    def accrue(self, paid: Paid) -> None:
        client = self.clients[paid.client]
        if client.owner is None:
            return
        paid.owner = client.owner
        if paid.at < client.registered_at:
            return
        clients = self.paying(client.owner)
        rate = RATES[max(from_clients for from_clients in RATES if from_clients <= clients)]
        minor = half_up(paid.minor * paid.exchange * rate)
        if not minor:
            return
        until = paid.at + HOLD
        state = "retained" if paid.retained else "held" if until > self.now else "payable"
        self.places += 1
        paid.commission = Earned(client.owner, rate, minor, self.now, self.places, until, state)
        self.earned.append(paid.commission)

    def refund_to(self, paid: Paid, refunded: int) -> None:
        """Let so much of a payment be refunded in all."""
        self.release()
        paid.refunded = refunded
        earned = paid.commission
        if earned is None:
            return
        clawed = earned.minor - half_up(self.left_of(paid) * earned.rate)
        if earned.state == "voided" and clawed != earned.clawed:
            earned.state = "held" if earned.payable_at > self.now else "payable"
        earned.clawed = clawed
        if earned.state == "held" and earned.clawed == earned.minor:
            earned.state = "voided"
        earned.bonus = min(earned.given, self.due(earned))

    def left_of(self, paid: Paid) -> Fraction:
        return (paid.minor - paid.refunded) * paid.exchange

    def due(self, earned: Earned) -> int:
        """Return round(bonus x payment x share)."""
        stands = earned.minor - earned.clawed
        if not stands or not earned.converted:
            return 0
        paid = next(paid for paid in self.payments.values() if paid.commission is earned)
        share = min(Fraction(1), Fraction(earned.converted, stands))
        return half_up(BONUS * self.left_of(paid) * share)

    def release(self) -> None:
        for earned in self.earned:
            if earned.state == "held" and earned.payable_at <= self.now:
                earned.state = "payable"

    # Money out

    def queue(self, owner: str) -> list[Earned | Adjusted]:
        own = [row for row in self.earned if row.owner == owner and row.state == "payable"]
        others = [row for row in self.adjusted if row.owner == owner]
        return sorted([*own, *others], key=lambda row: (row.made_at, row.place))

    def take(self, owner: str, minor: int) -> list[tuple[Earned | Adjusted, int]]:
        """Return what lies between the debt and the debt with the amount, in the queue."""
        queue = self.queue(owner)
        start = -sum(row.left for row in queue if row.left < 0)
        end, at, parts = start + minor, 0, []
        for row in (row for row in queue if row.left > 0):
            overlap = min(end, at + row.left) - max(start, at)
            at += row.left
            if overlap > 0:
                parts.append((row, overlap))
        return parts

    def withdraw(self, owner: str, minor: int) -> None:
        parts = self.take(owner, minor)
        for row, part in parts:
            row.reserved += part
        self.payouts.append(Asked(owner, parts))

    def move(self, payout: Asked, move: str) -> bool:
        """Carry out a press; return whether it is allowed."""
        moves = {
            "approve": (("requested",), "approved", "", ""),
            "settle": (("requested", "approved"), "done", "reserved", "paid"),
            "reject": (("requested", "approved"), "rejected", "reserved", ""),
            "cancel": (("requested",), "cancelled", "reserved", ""),
            "bring_back": (("done",), "returned", "paid", ""),
        }
        before, after, source, target = moves[move]
        if payout.status not in before:
            return False
        payout.status = after
        for row, part in payout.parts:
            if source:
                setattr(row, source, getattr(row, source) - part)
            if target:
                setattr(row, target, getattr(row, target) + part)
        return True

    def convert(self, owner: str, minor: int) -> int:
        """Return the credit."""
        credit = minor
        for row, part in self.take(owner, minor):
            row.converted += part
            if isinstance(row, Earned):
                new = max(0, self.due(row) - row.bonus)
                row.given, row.bonus = row.given + new, row.bonus + new
                credit += new
        return credit

    def adjust(self, owner: str, minor: int) -> Adjusted:
        self.places += 1
        row = Adjusted(owner, minor, self.now, self.places)
        self.adjusted.append(row)
        return row

    # What is shown

    def figures(self, owner: str) -> dict[str, int]:
        self.release()
        own = [row for row in self.earned if row.owner == owner and row.state != "retained"]
        kept = [row for row in self.earned if row.owner == owner and row.state == "retained"]
        mine = [row for row in self.adjusted if row.owner == owner]
        spent = [*own, *mine]
        return {
            "accrued": sum(row.minor for row in own),
            "held": sum(row.minor - row.clawed for row in own if row.state == "held"),
            "payable": sum(row.left for row in own if row.state == "payable")
            + sum(row.left for row in mine),
            "reserved": sum(row.reserved for row in spent),
            "paid": sum(row.paid for row in spent),
            "converted": sum(row.converted for row in spent),
            "retained": sum(row.minor - row.clawed for row in kept),
            "clawed_back": sum(row.clawed for row in own),
            "adjusted": sum(row.minor for row in mine),
            "bonus": sum(row.bonus for row in own),
        }

    def commissions(self) -> dict[str, tuple]:
        """Return the commission of each payment: its state and every running figure."""
        return {
            name: (e.state, e.minor, e.clawed, e.reserved, e.paid, e.converted, e.bonus)
            for name, paid in self.payments.items()
            if (e := paid.commission)
        }
