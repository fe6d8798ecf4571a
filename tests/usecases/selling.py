"""Partners that collect the price: the preset of widget resellers, which asks for a legal form.

Its partners join by application; here they come in as if they had been admitted.
"""

from dataclasses import replace
from functools import cache

from sqlalchemy import update

from domain.entities.invoice import Invoice, InvoiceMove, InvoiceView, PayBy
from domain.entities.partner import LegalForm
from domain.money import Money
from domain.programs.load import load_program
from domain.programs.model import LANGUAGES, JoiningMode, Program
from domain.programs.model_offers import PriceItem, PricePeriod
from domain.usecases.invoices.decide import InvoiceDecision
from domain.usecases.invoices.request import InvoiceRequest, Order
from storage.tables import partners
from tests.domain.builders import PRESETS, written
from tests.usecases.app import App

WIDGETS = "widget-reseller"
TIERED = written(
    """
    [program]
    key = "tiered"
    currency = "EUR"
    [tiers]
    basis = "paying_clients"
    levels = [{ key = "one", from = 1 }, { key = "two", from = 2 }]
    [commission]
    rates = [
        { category = "chat", tier = "one", rate = "12.5%" },
        { category = "chat", tier = "two", rate = "33.33%" },
        { category = "mail", rate = "10%" },
    ]
    [payout]
    minimum = "1.00"
    [price_list]
    due_days = 3
    [[price_list.items]]
    key = "seat"
    category = "chat"
    price = "0.99"
    period = "month"
    names = { en = "Seat", ru = "Место", uk = "Місце", bg = "Място" }
    [[price_list.items]]
    key = "bot"
    category = "chat"
    price = "19.95"
    period = "year"
    names = { en = "Bot", ru = "Бот", uk = "Бот", bg = "Бот" }
    [[price_list.items]]
    key = "box"
    category = "mail"
    price = "0.35"
    period = "once"
    names = { en = "Mailbox", ru = "Ящик", uk = "Скринька", bg = "Кутия" }
    """
)
"""Two tiers, two categories, awkward prices; no legal forms."""


@cache
def widgets() -> Program:
    """Return the preset, but partners come in by pressing Activate."""
    text = (PRESETS / "widget-reseller.toml").read_text("utf-8")
    program = load_program(text, source="widget-reseller.toml")
    return replace(program, joining=JoiningMode.ACCEPT_RULES)


def with_prices(program: Program) -> Program:
    """Return a program that also has something that partners order for their clients."""
    item = PriceItem(
        key="seat",
        names=dict.fromkeys(LANGUAGES, "Seat"),
        price=Money(10_000, program.currency),
        period=PricePeriod.MONTH,
    )
    return replace(program, price_list=(item,))


async def asks_seat(app: App, name: str, client: str, key: str) -> Invoice:
    """Let a partner of such a program confirm an order for a client."""
    (row,) = await app.rows("client_ids", external_id=client)
    order = Order(client_id=int(row["client_id"]), quantities={"seat": 1})
    return await app.use.request_invoice(
        await app.private(name), InvoiceRequest(order=order, request_key=key)
    )


async def sells(
    app: App, name: str, form: LegalForm | None = LegalForm.INDIVIDUAL, program: str = WIDGETS
) -> None:
    """Let a person be a partner of this legal form, with a client named after it."""
    enrolment = await app.joins(name, program)
    async with app.engines.writes.begin() as connection:
        await connection.execute(
            update(partners).where(partners.c.id == enrolment.partner_id).values(legal_form=form)
        )
    await app.client(f"client-of-{name}", by=name, program=program)


async def client_id(app: App, name: str) -> int:
    """Return our id of a partner's client."""
    (row,) = await app.rows("client_ids", external_id=f"client-of-{name}")
    return int(row["client_id"])


async def asks_invoice(
    app: App, name: str, *, key: str = "press-1", pay_by: PayBy = PayBy.TRANSFER, **items: int
) -> Invoice:
    """Let a partner confirm an order for its client; keys of items have _ in the place of -."""
    quantities = {item.replace("_", "-"): count for item, count in items.items()}
    order = Order(client_id=await client_id(app, name), quantities=quantities, pay_by=pay_by)
    return await app.use.request_invoice(
        await app.private(name), InvoiceRequest(order=order, request_key=key)
    )


async def decides(
    app: App,
    invoice: Invoice,
    move: InvoiceMove,
    *,
    by: str = "boss",
    number: str = "2026-0001",
    words: str = "",
) -> InvoiceView:
    """Let staff press on the card of an invoice."""
    day = app.now.date()
    decision = InvoiceDecision(
        invoice_id=invoice.id, move=move, number=number, due_on=day, reason_text=words
    )
    return await app.use.decide_invoice(await app.in_chat(by), decision)


async def stored(app: App, invoice: Invoice) -> Invoice:
    """Return an invoice as it is kept."""
    async with app.around.open_work.read() as work:
        found = await work.invoices.get(invoice.id)
    assert found
    return found


async def kinds_told(app: App, name: str) -> list[str]:
    """Return the kinds of notices that a person got, in their order."""
    return [kind for kind, _ in await app.told(name)]
