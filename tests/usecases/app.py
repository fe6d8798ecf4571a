"""The product without its surfaces: every use case on a real database, and a clock that moves.

What a test asserts is read through a new unit of work, or straight from the tables.
"""

import itertools
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Table, insert, select, update

from bot.click_tokens import SignedClickTokens
from bot.config_model import Config, StaffConfig, TelegramConfig
from bot.use_cases import UseCases, make_use_cases
from domain.entities.adjustment import Adjustment
from domain.entities.conversion import Conversion
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.payout import Payout
from domain.entities.people import Caller
from domain.ledger.accounts import sheet_of
from domain.money import Money
from domain.period import text_of
from domain.ports.work import OpenWork, Work
from domain.programs.model import Program
from domain.rights import MemberRole, StaffRole
from domain.surroundings import Surroundings
from domain.usecases.clients.consent import Registered
from domain.usecases.clients.open_link import OpenedLink
from domain.usecases.conversions.convert import ConversionRequest
from domain.usecases.conversions.offer import read_amount
from domain.usecases.events.record import Answer, ReportedEvent, Result
from domain.usecases.payouts.decide import PayoutDecision, PayoutMove
from domain.usecases.payouts.request import PayoutRequest
from domain.usecases.people.identify import SeenPerson
from storage.books import audit
from storage.engine import Engines
from storage.tables import enrolments, members, metadata
from storage.vault import Vault
from storage.work import SqlOpenWork
from tests.conftest import VAULT_KEY
from tests.domain.builders import saas_tiers, written

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
ADMIN_CHAT = -1001
IBAN = "DE02 1203 0000 0000 2020 51"
WAITING = written(
    """
    [program]
    key = "waiting"
    currency = "EUR"
    version = 2
    [commission]
    hold_days = 14
    rates = [
        { rate = "10%" },
        { settlement = "via_partner", rate = "50%" },
    ]
    [payout]
    minimum = "5.00"
    """
)
"""Commissions wait a fortnight, in a second currency."""


class Altered:
    """Opens the same units of work, but making them durable does something else."""

    def __init__(self, whole: OpenWork, commit: Callable[[], Awaitable[None]]) -> None:
        self._whole = whole
        self._commit = commit
        self.read = whole.read
        self.tells_vendor = whole.tells_vendor
        self.sends_mail = whole.sends_mail

    @asynccontextmanager
    async def __call__(self, *, books: bool = True) -> AsyncIterator[Work]:
        """Open one that writes."""
        async with self._whole(books=books) as work:
            work.commit = self._commit  # type: ignore[method-assign]
            yield work


def usd(amount: str) -> Money:
    """Return an amount of the preset's currency."""
    return Money(round(float(amount) * 100), "USD")


@dataclass
class App:
    """The product with everybody around it.

    Attributes:
        engines: On a fresh migrated database.
        around: What use cases work in.
        now: The time; ``later`` moves it.
        commits: How many transactions were made durable.
    """

    engines: Engines
    around: Surroundings
    now: datetime = START
    commits: int = 0
    use: UseCases = field(init=False)
    _people: dict[str, SeenPerson] = field(default_factory=dict)
    _earning: set[str] = field(default_factory=set)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.configures(clock=lambda: self.now)

    def configures(self, *, admin_chat: int | None = ADMIN_CHAT, **changes: object) -> None:
        """Start the product again with another configuration."""
        self.around = replace(self.around, **changes)  # type: ignore[arg-type]
        self.use = self._use_cases(self.around, admin_chat)

    def _use_cases(self, around: Surroundings, admin_chat: int | None) -> UseCases:
        config = Config(
            telegram=TelegramConfig(token="1:token"), staff=StaffConfig(chat_id=admin_chat)
        )
        return make_use_cases(around, config, lambda: audit(self.engines))

    def with_commit(
        self, commit: Callable[[], Awaitable[None]], *, admin_chat: int | None = ADMIN_CHAT
    ) -> UseCases:
        """Return the use cases with something else in the place of making it durable."""
        around = replace(self.around, open_work=Altered(self.around.open_work, commit))
        return self._use_cases(around, admin_chat)

    def offers(self, *programs: Program) -> None:
        """Start the product again with these programs."""
        self.configures(programs={program.key: program for program in programs})

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)

    # People

    def person(self, name: str) -> SeenPerson:
        """Return a person as Telegram shows it; everybody has an id that nothing else has."""
        if name not in self._people:
            number = 7_340_000_000 + 1_000_003 * (len(self._people) + 1)
            self._people[name] = SeenPerson(
                id=number, name=name.title(), username=f"tg_{name}", language_code="en"
            )
        return self._people[name]

    def shows(self, name: str, seen: SeenPerson) -> None:
        """Let Telegram show a person so from now on."""
        self._people[name] = seen

    def id_of(self, name: str) -> int:
        """Return the person's Telegram id."""
        return self.person(name).id

    async def private(self, name: str) -> Caller:
        """Return the person speaking in its private chat."""
        return await self.use.identify_caller(self.person(name), in_admin_chat=False)

    async def in_chat(self, name: str) -> Caller:
        """Return the person speaking in the admin chat."""
        return await self.use.identify_caller(self.person(name), in_admin_chat=True)

    async def owner(self) -> Caller:
        """Return the owner of the config in the admin chat."""
        return await self.in_chat("boss")

    async def staff(self, name: str, role: StaffRole) -> None:
        """Let a person be in the staff; test_staff_people goes the whole way of an invitation."""
        _ = await self.private(name)
        async with self.around.open_work() as work:
            boss = self.id_of("boss")
            await work.staff.put(self.id_of(name), role, invited_by=boss, at=self.now)
            await work.commit()

    async def leaves_staff(self, name: str) -> None:
        """Remove a person from the staff."""
        await self.use.remove_staff(await self.owner(), self.id_of(name))

    # Partners

    async def joins(
        self, name: str, program: str = "saas-tiers", *, account: bool = True
    ) -> Enrolment:
        """Let a person become a partner, and name its own account with the vendor."""
        joined = await self.use.accept_rules(await self.private(name), program)
        if account:
            await self.use.name_vendor_account(await self.private(name), f"acc-{name}")
        return joined.enrolment

    async def enrolment(self, name: str, program: str | None = "saas-tiers") -> Enrolment:
        """Return the partner's enrolment."""
        async with self.around.open_work.read() as work:
            caller = await work.people.caller(self.id_of(name))
            assert caller
            assert caller.membership
            own = await work.partners.enrolments_of(caller.membership.partner_id)
        return next(row for row in own if program in (None, row.program))

    async def code_of(self, name: str, program: str | None = "saas-tiers") -> str:
        """Return the partner's referral code."""
        return (await self.enrolment(name, program)).code

    async def becomes_member(self, name: str, of: str, role: MemberRole = MemberRole.USER) -> None:
        """Let a person belong to somebody's partner; the fast way."""
        _ = await self.private(name)
        partner_id = (await self.enrolment(of, None)).partner_id
        async with self.engines.writes.begin() as connection:
            await connection.execute(
                insert(members).values(
                    partner_id=partner_id,
                    person_id=self.id_of(name),
                    role=role,
                    joined_at=self.now,
                )
            )

    async def leaves_partner(self, name: str) -> None:
        """End a membership."""
        async with self.engines.writes.begin() as connection:
            await connection.execute(
                update(members)
                .where(members.c.person_id == self.id_of(name))
                .values(left_at=self.now)
            )

    async def sets_status(self, name: str, status: EnrolmentStatus) -> None:
        """Suspend, end or reinstate a partner; the product has no screen for it yet."""
        enrolment = await self.enrolment(name, None)
        async with self.engines.writes.begin() as connection:
            await connection.execute(
                update(enrolments)
                .where(enrolments.c.partner_id == enrolment.partner_id)
                .values(status=status)
            )

    # Clients

    async def opens(self, name: str, code: str, request: str | None = None) -> OpenedLink:
        """Let a person open a deep link, by a message of its own."""
        request = request or f"{self.id_of(name)}:{next(self._numbers)}"
        return await self.use.open_link(await self.private(name), code, request=request)

    async def consents(self, name: str, phone: str = "+380671112233") -> Registered:
        """Let a person share its contact."""
        return await self.use.register_by_consent(await self.private(name), phone=phone)

    # What billing reports

    async def reports(
        self, kind: str, /, *, event_id: str | None = None, **data: object
    ) -> Result:
        """Let billing report one event, under a new id unless one is given."""
        event = ReportedEvent(id=event_id or self._event_id(), kind=kind, data=data)
        return (await self.use.record_events([[event]]))[0][0]

    def _event_id(self) -> str:
        return f"event-{next(self._numbers)}"

    async def client(
        self, name: str, /, by: str | None = None, program: str = "saas-tiers", **more: object
    ) -> Answer:
        """Let a client register with the vendor, by a partner's code or by itself."""
        data = await self._registration(name, by, program)
        return _applied(await self.reports("client.registered", **data | more))

    async def _registration(self, name: str, by: str | None, program: str) -> dict[str, object]:
        data = {"client_id": name, "name": name.title(), "registered_at": text_of(self.now)}
        code = {"referral_code": await self.code_of(by, program)} if by else {}
        return data | code

    async def pays(
        self, client: str, amount: str, *, payment: str | None = None, **more: object
    ) -> Answer:
        """Let a client pay, in USD where nothing else is said."""
        data = self._payment(client, amount, payment)
        return _applied(await self.reports("payment.succeeded", **data | more))

    def _payment(self, client: str, amount: str, payment: str | None) -> dict[str, object]:
        return {
            "payment_id": payment or f"pay-{next(self._numbers)}",
            "client_id": client,
            "amount": amount,
            "currency": "USD",
            "paid_at": text_of(self.now),
        }

    async def refunds(self, payment: str, amount: str, **more: object) -> Answer:
        """Let money go back to a client."""
        data = {
            "refund_id": f"refund-{next(self._numbers)}",
            "payment_id": payment,
            "amount": amount,
            "refunded_at": text_of(self.now),
        }
        return _applied(await self.reports("payment.refunded", **data | more))

    async def earns(
        self, name: str, amount: str, program: str = "saas-tiers", payment: str | None = None
    ) -> None:
        """Let a partner earn the amount at 10 %, by one client of its own."""
        client = f"client-of-{name}-{program}"
        events = []
        if client not in self._earning:
            self._earning.add(client)
            data = await self._registration(client, name, program)
            events = [ReportedEvent(id=self._event_id(), kind="client.registered", data=data)]
        currency = self.around.programs[program].currency
        price = str(Money(usd(amount).minor * 10, currency))
        data = self._payment(client, price, payment) | {"currency": currency}
        events += [ReportedEvent(id=self._event_id(), kind="payment.succeeded", data=data)]
        for answer in (await self.use.record_events([events]))[0]:
            _applied(answer)

    # Money

    async def figures(self, name: str, program: str | None = "saas-tiers") -> dict[str, str]:
        """Return the figures of a partner's balance that are not zero, nothing released before."""
        enrolment = await self.enrolment(name, program)
        async with self.around.open_work.read() as work:
            accounts = list(await work.ledger.accounts([enrolment.id]))
        sheet = sheet_of(accounts[0].currency, accounts)
        return {
            name: str(Money(minor, sheet.currency))
            for name in sheet.__slots__
            if name != "currency" and (minor := getattr(sheet, name))
        }

    async def owed_to(self, name: str, program: str | None = "saas-tiers") -> str:
        """Return what the partner can ask for."""
        return (await self.figures(name, program)).get("payable", "0.00")

    async def asks(
        self,
        name: str,
        amount: str,
        *,
        key: str | None = None,
        account: str = IBAN,
        comment: str = "",
        program: str | None = None,
    ) -> Payout:
        """Let a partner ask for a pay-out, by a confirmation of its own."""
        request = PayoutRequest(
            amount=amount,
            account=account,
            comment=comment,
            request_key=key or f"confirmation-{next(self._numbers)}",
            program=program,
        )
        return await self.use.request_payout(await self.private(name), request)

    async def converts(
        self, name: str, amount: str, *, key: str | None = None, program: str | None = None
    ) -> Conversion:
        """Let a partner convert, by a confirmation of what the calculator showed."""
        caller = await self.private(name)
        offer = await self.use.offer_conversion(caller, program)
        money = read_amount(offer, amount)
        shown = await self.use.offer_conversion.preview(caller, money, program)
        request = ConversionRequest(
            amount=money,
            credit=shown.credit,
            request_key=key or f"confirmation-{next(self._numbers)}",
            program=program,
        )
        return await self.use.convert_balance(caller, request)

    async def adjusts(
        self, name: str, amount: str, reason: str = "a correction", by: str = "boss"
    ) -> Adjustment:
        """Let staff adjust a partner's balance, confirmed at once."""
        caller = await self.in_chat(by)
        asked = await self.use.adjust_balance.ask(
            caller,
            code=await self.code_of(name, None),
            amount=amount,
            reason=reason,
            request=f"adjustment-{next(self._numbers)}",
        )
        return (await self.use.adjust_balance.confirm(caller, asked.adjustment.id)).adjustment

    async def presses(
        self, name: str, payout: Payout, move: PayoutMove, reason: str = "other", words: str = ""
    ) -> Payout:
        """Let staff press a button on a pay-out's card; return the pay-out as it is shown then."""
        decision = PayoutDecision(
            payout_id=payout.id, move=move, reason_code=reason, reason_text=words
        )
        view = await self.use.decide_payout(await self.in_chat(name), decision)
        return view.payout

    async def payout(self, payout: Payout) -> Payout:
        """Return a pay-out as it is kept."""
        async with self.around.open_work.read() as work:
            found = await work.payouts.get(payout.id, enrolment_ids=None)
        assert found
        return found

    # What is kept

    async def rows(self, name: str, /, **wanted: object) -> list[Mapping[str, Any]]:
        """Return the rows of a table with these values."""
        columns = metadata.tables[name].c
        statement = select(*columns).where(*(columns[k] == v for k, v in wanted.items()))
        async with self.engines.reads.connect() as connection:
            rows = await connection.execute(statement.order_by(*metadata.tables[name].primary_key))
            return [dict(row._mapping) for row in rows]

    async def contents(self, *, but: tuple[str, ...] = ("people",)) -> dict[str, list[str]]:
        """Return every row of every table as text, as the database has it."""
        statement = _every_row(is_postgresql=self.engines.is_postgresql)
        found: dict[str, list[str]] = {name: [] for name in metadata.tables if name not in but}
        async with self.engines.reads.connect() as connection:
            for name, row in await connection.exec_driver_sql(statement):
                if name in found:
                    found[name].append(row)
        return {name: sorted(rows) for name, rows in found.items()}

    async def told(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        """Return the notices owed to a person."""
        return await self._notices(self.id_of(name))

    async def told_staff(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the notices owed to the admin chat."""
        return await self._notices(0)

    async def _notices(self, recipient: int) -> list[tuple[str, dict[str, Any]]]:
        rows = await self.rows("notices", recipient=recipient)
        return [(row["kind"], self._opened(row)) for row in rows]

    def _opened(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters of a notice with the words that stand sealed in it."""
        params = dict(row["params"])
        if sealed := params.pop("sealed_text", None):
            vault = Vault(VAULT_KEY)
            params["text"] = vault.open(b64decode(sealed), context=f"notice:{row['id']}")
        return params

    async def audited(self, *actions: str) -> list[Mapping[str, Any]]:
        """Return the rows of the audit trail about these actions."""
        rows = await self.rows("audit")
        return [row for row in rows if row["action"] in actions]


@cache
def _every_row(*, is_postgresql: bool) -> str:
    """Return the one statement that reads every table, a row as one text."""

    def row_of(table: Table) -> str:
        quoted = (f'quote("{column.name}")' for column in table.c)
        return "t::text" if is_postgresql else " || ', ' || ".join(quoted)

    return " UNION ALL ".join(
        f"SELECT '{table.name}', {row_of(table)} FROM \"{table.name}\" t"  # noqa: S608 - our names
        for table in metadata.sorted_tables
    )


def _applied(answer: Result) -> Answer:
    assert isinstance(answer, Answer), answer
    assert answer.status == "applied", answer
    return answer


def new_app(engines: Engines, vault_key: bytes, new_id: Callable[[], int]) -> App:
    """Return the product on an empty database, with the preset and with WAITING."""

    def count() -> None:
        app.commits += 1

    open_work = SqlOpenWork(
        engines,
        Vault(vault_key),
        new_id,
        on_commit=count,
        tells_vendor=True,
        sends_mail=True,
    )
    around = Surroundings(
        open_work=open_work,
        clock=lambda: START,
        new_id=new_id,
        programs={"saas-tiers": saas_tiers(), "waiting": WAITING},
        zone=UTC,
        tokens=SignedClickTokens("secret of the tests"),
    )
    app = App(engines, around)
    app.configures(owners=frozenset({app.id_of("boss")}))
    return app
