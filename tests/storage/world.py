"""A small business and what happens in it, by the product's own use cases."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from domain.entities.conversion import Conversion
from domain.entities.payout import Payout
from domain.entities.people import Caller, Person
from domain.intake.holds import release_holds
from domain.money import Money, Rate, parse_money
from domain.period import text_of
from domain.programs.model import Program, ProgramTexts
from domain.programs.model_rates import Conversion as Terms
from domain.programs.model_rates import RateRow, TierLevel
from domain.rights import StaffRole
from domain.surroundings import Surroundings
from domain.usecases.adjustments.enter import AdjustBalance
from domain.usecases.conversions.convert import ConversionRequest, ConvertBalance
from domain.usecases.events.record import RecordEvents, ReportedEvent, Result
from domain.usecases.joining.accept_rules import AcceptRules
from domain.usecases.payouts.cancel import CancelPayout
from domain.usecases.payouts.decide import DecidePayout, PayoutDecision, PayoutMove
from domain.usecases.payouts.request import PayoutRequest, RequestPayout
from storage.work import SqlOpenWork

START = datetime(2026, 1, 31, 12, tzinfo=UTC)
BOSS = 900
"""Telegram id of the owner, who decides about pay-outs."""
BOSS_CALLER = Caller(
    person=Person(id=BOSS, language="en", name="Boss"),
    staff_role=StaffRole.OWNER,
    in_admin_chat=True,
)
_TEXTS = {"en": ProgramTexts(title="A program", summary="Bring clients.", rules="Be honest.")}
TIERED = Program(
    key="tiered",
    currency="USD",
    hold_days=14,
    duration_months=12,
    tiers=(
        TierLevel(key="start", from_clients=1),
        TierLevel(key="plus", from_clients=2),
    ),
    rates=(
        RateRow(tier="start", rate=Rate(1000)),
        RateRow(tier="plus", rate=Rate(3333)),
        RateRow(category="gift", rate=Rate(0)),
        RateRow(settlement="via_partner", tier="plus", rate=Rate(5000)),
    ),
    payout_minimum=Money(1_00, "USD"),
    conversion=Terms(bonus=Rate(2000), bonus_base="payment"),
    texts=_TEXTS,
)
FLAT = Program(
    key="flat",
    currency="JPY",
    rates=(RateRow(rate=Rate(1250)),),
    payout_minimum=Money(10, "JPY"),
    texts=_TEXTS,
)


class NoTokens:
    """Nobody comes over the redirect here."""

    def looks_like_one(self, text: str) -> bool:
        return False

    def read(self, text: str) -> None:
        return None

    def write(self, clicks: object) -> str:
        raise NotImplementedError


@dataclass
class World:
    """The business, and a clock that its tests move."""

    around: Surroundings
    now: datetime

    def __post_init__(self) -> None:
        self._numbers = iter(range(1, 10**9))
        self.around = replace(self.around, clock=lambda: self.now)

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)

    async def joins(self, person_id: int, *programs: str) -> Caller:
        """Make a person partner of the programs; its pay-outs lack nothing."""
        person = Person(id=person_id, language="en", name=f"Partner {person_id}")
        async with self.around.open_work() as work:
            await work.people.keep(person, at=self.now)
            await work.commit()
        accept = AcceptRules(self.around)
        for program in programs:
            await accept(Caller(person=person), program)
        async with self.around.open_work() as work:
            caller = await work.people.caller(person_id)
            assert caller
            assert caller.membership
            await work.partners.set_vendor_account(
                caller.membership.partner_id, f"acc-{person_id}"
            )
            await work.commit()
        return caller

    async def code_of(self, caller: Caller, program: str) -> str:
        """Return the partner's code in a program."""
        assert caller.membership
        async with self.around.open_work.read() as work:
            own = await work.partners.enrolments_of(caller.membership.partner_id)
        return next(row.code for row in own if row.program == program)

    async def report(self, type_name: str, /, **data: object) -> Result:
        """Let billing report one event and return the answer."""
        event = ReportedEvent(id=f"event-{next(self._numbers)}", kind=type_name, data=data)
        return (await RecordEvents(self.around)([[event]]))[0][0]

    async def registers(self, client: str, code: str | None = None, **more: object) -> Result:
        """Let a client register, through a link or without."""
        data: dict[str, object] = {
            "client_id": client,
            "name": client.title(),
            "registered_at": text_of(self.now),
        }
        if code is not None:
            data["referral_code"] = code
        return await self.report("client.registered", **data | more)

    async def pays(
        self, client: str, payment: str, amount: str, currency: str = "USD", **more: object
    ) -> Result:
        """Let a client pay."""
        data = {
            "payment_id": payment,
            "client_id": client,
            "amount": amount,
            "currency": currency,
            "paid_at": text_of(self.now),
        }
        return await self.report("payment.succeeded", **data | more)

    async def refunds(
        self, payment: str, amount: str, kind: str = "refund", **more: object
    ) -> Result:
        """Let money go back, or come again."""
        return await self.report(
            "payment.refunded",
            refund_id=f"refund-{next(self._numbers)}",
            payment_id=payment,
            amount=amount,
            kind=kind,
            refunded_at=text_of(self.now),
            **more,
        )

    async def uses(self, service: str, client: str, change: str) -> Result:
        """Let a service of a client change."""
        return await self.report(
            f"service.{change}",
            service_id=service,
            client_id=client,
            account_id=f"site-{client}",
            category="gift",
            name="A service",
            at=text_of(self.now),
        )

    async def releases(self) -> int:
        """Let holds end."""
        return await release_holds(self.around)

    async def asks(self, caller: Caller, amount: str, program: str) -> Payout:
        """Let a partner ask for a pay-out."""
        request = PayoutRequest(
            amount=amount,
            account=f"4000 1234 5678 {caller.person.id:04}",
            comment="",
            request_key=f"request-{next(self._numbers)}",
            program=program,
        )
        return await RequestPayout(self.around)(caller, request)

    async def decides(self, payout: Payout, *moves: PayoutMove) -> None:
        """Let staff press on the card."""
        for move in moves:
            decision = PayoutDecision(payout_id=payout.id, move=move)
            await DecidePayout(self.around)(BOSS_CALLER, decision)

    @property
    def adjustments(self) -> AdjustBalance:
        return AdjustBalance(self.around)

    async def adjusts(self, code: str, amount: str, *, is_confirmed: bool = True) -> int:
        """Let staff correct a balance, or think better of it; return the adjustment's id."""
        asked = await self.adjustments.ask(
            BOSS_CALLER,
            code=code,
            amount=amount,
            reason="a sample reason",
            request=f"adjustment-{next(self._numbers)}",
        )
        decide = self.adjustments.confirm if is_confirmed else self.adjustments.drop
        return (await decide(BOSS_CALLER, asked.adjustment.id)).adjustment.id

    async def converts(self, caller: Caller, amount: str, program: str) -> Conversion:
        """Let a partner convert."""
        request = ConversionRequest(
            amount=parse_money(amount, self.around.programs[program].currency),
            credit=None,
            request_key=f"conversion-{next(self._numbers)}",
            program=program,
        )
        return await ConvertBalance(self.around)(caller, request)

    async def cancels(self, caller: Caller, payout: Payout) -> None:
        """Let the partner take its request back."""
        await CancelPayout(self.around)(caller, payout.id)


def new_world(open_work: SqlOpenWork, new_id: Callable[[], int]) -> World:
    """Return a business with two programs and nobody in it yet."""
    around = Surroundings(
        open_work=open_work,
        clock=lambda: START,
        new_id=new_id,
        programs={"tiered": TIERED, "flat": FLAT},
        zone=UTC,
        tokens=NoTokens(),
        owners=frozenset({BOSS}),
    )
    return World(around, START)
