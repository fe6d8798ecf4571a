"""Whatever order things happen in, the second path finds nothing."""

import random
from collections.abc import Callable

import pytest

from domain.entities.payout import Payout
from domain.entities.people import Caller
from domain.errors import DomainError
from domain.usecases.payouts.decide import PayoutMove
from storage.books import audit
from storage.engine import Engines
from storage.work import SqlOpenWork
from tests.storage.world import World, new_world


class Life:
    """A business in which anything may happen next."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self.partners: list[Caller] = []
        self.codes: list[str] = []
        self.clients = 0
        self.payments = 0
        self.payouts: list[tuple[Caller, Payout]] = []

    async def begin(self) -> None:
        for person_id in (101, 102):
            caller = await self.world.joins(person_id, "tiered", "flat")
            self.partners.append(caller)
            for program in ("tiered", "flat"):
                self.codes.append(await self.world.code_of(caller, program))

    async def step(self) -> None:
        happening = self.chance.choice(
            [self.register, self.pay, self.pay, self.refund, self.refund, self.ask, self.decide]
        )
        await happening()
        self.world.later(days=self.chance.choice((0, 0, 0, 1, 9)))
        if self.chance.random() < 0.2:
            await self.world.releases()

    async def register(self) -> None:
        self.clients += 1
        code = self.chance.choice([*self.codes, *self.codes, None])
        await self.world.registers(f"client-{self.clients}", code)

    async def pay(self) -> None:
        """Pay, in a fifth of the cases before the client is known."""
        client = self.chance.randint(
            1, self.clients + (self.chance.random() < 0.2 or not self.clients)
        )
        self.payments += 1
        cents = self.chance.choice((1, 4, 5, 33, 999, 10_000, 123_457))
        more: dict[str, object] = {}
        currency = self.chance.choice(("USD", "USD", "USD", "JPY"))
        amount = f"{cents / 100:.2f}" if currency == "USD" else str(cents)
        if self.chance.random() < 0.5:
            more["exchange_rate"] = {"USD": "151.987654321", "JPY": "0.006543"}[currency]
        if self.chance.random() < 0.2:
            more["settlement"] = "via_partner"
        if currency == "USD" and cents > 4 and self.chance.random() < 0.4:
            part = self.chance.randint(1, cents - 1)
            amounts = [part, cents - part]
            more["lines"] = [
                {"category": name, "amount": f"{line / 100:.2f}"}
                for name, line in zip("ab", amounts, strict=True)
            ]
        await self.world.pays(
            f"client-{client}", f"payment-{self.payments}", amount, currency, **more
        )

    async def refund(self) -> None:
        """Refund, in a fifth of the cases before the payment is known, often too much."""
        number = self.chance.randint(
            1, self.payments + (self.chance.random() < 0.2 or not self.payments)
        )
        amount = self.chance.choice(("0.01", "0.03", "3", "50", "100", "1234.57"))
        kind = self.chance.choice(("refund", "refund", "chargeback", "chargeback_won"))
        await self.world.refunds(f"payment-{number}", amount, kind=kind)

    async def ask(self) -> None:
        caller = self.chance.choice(self.partners)
        program = self.chance.choice(("tiered", "flat"))
        amount = self.chance.choice(("1.00", "7.50", "20.00", "11", "100"))
        try:
            payout = await self.world.asks(caller, amount, program)
        except DomainError:
            return
        self.payouts.append((caller, payout))

    async def decide(self) -> None:
        if not self.payouts:
            return
        caller, payout = self.chance.choice(self.payouts)
        try:
            if self.chance.random() < 0.2:
                await self.world.cancels(caller, payout)
            else:
                await self.world.decides(payout, self.chance.choice(list(PayoutMove)))
        except DomainError:
            return


@pytest.mark.parametrize("seed", range(3))
async def test_the_books_are_right_after_any_life(
    engines: Engines, open_work: SqlOpenWork, new_id: Callable[[], int], seed: int
) -> None:
    life = Life(new_world(open_work, new_id), seed)
    await life.begin()
    for _ in range(60):
        await life.step()
    assert await audit(engines) == []
