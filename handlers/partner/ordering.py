"""The home of the form by which a partner asks for an invoice on a client's order."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.invoice import QUANTITY_MAX, PayBy
from domain.entities.people import Caller
from domain.money import Money
from domain.usecases.invoices.request import (
    InvoiceRequest,
    OfferInvoice,
    Order,
    OrderClient,
    RequestInvoice,
)
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.ordering import (
    asked_screen,
    bad_quantity,
    cart_screen,
    choose_item_first,
    clients_screen,
    confirm_screen,
    form_gone,
    form_left,
    pay_by_question,
)
from handlers.partner.states import InvoiceOrderForm
from handlers.ui.callbacks import OpenPage, place_of
from handlers.ui.callbacks_invoices import InvoiceForm
from handlers.ui.language import Language
from handlers.ui.screen import Screen, answer, turn_to

router = Router(name="partner.ordering")
anyone = allow(Allowed.ANYONE)
DIGITS_MAX = 6


@router.callback_query(InvoiceForm.filter(F.step == "start"), flags=anyone)
@router.callback_query(OpenPage.filter(F.screen == "order"), flags=anyone)
async def choose_client(
    query: CallbackQuery,
    callback_data: InvoiceForm | OpenPage,
    caller: Caller,
    language: Language,
    offer_invoice: OfferInvoice,
    state: FSMContext,
) -> None:
    """Ask for which client the invoice is."""
    before = place_of(callback_data) if isinstance(callback_data, OpenPage) else None
    page = await offer_invoice(caller, before)
    await state.set_state(InvoiceOrderForm.client)
    await state.set_data({})
    await turn_to(query, clients_screen(language, page, is_first=before is None))


@router.callback_query(InvoiceForm.filter(F.step == "client"), flags=anyone)
async def press_client(
    query: CallbackQuery,
    callback_data: InvoiceForm,
    caller: Caller,
    language: Language,
    offer_invoice: OfferInvoice,
    state: FSMContext,
) -> None:
    """Take the client of a button: in the form, or on a client's card."""
    client = await offer_invoice.client(caller, int(callback_data.key))
    await turn_to(query, await _begin(language, client, state))


@router.message(InvoiceOrderForm.client, F.text, flags=anyone)
async def type_client(
    message: Message,
    caller: Caller,
    language: Language,
    offer_invoice: OfferInvoice,
    state: FSMContext,
) -> None:
    """Take the client's ID or account ID; an unknown one is asked again."""
    client = await offer_invoice.find(caller, message.text or "")
    await answer(message, await _begin(language, client, state))


async def _begin(language: Language, client: OrderClient, state: FSMContext) -> Screen:
    await state.set_state(InvoiceOrderForm.cart)
    await state.set_data({"client_id": client.client_id, "quantities": {}})
    return cart_screen(language, client, {}, None, None)


@router.callback_query(InvoiceForm.filter(F.step.in_({"more", "less", "back"})), flags=anyone)
async def press_item(
    query: CallbackQuery,
    callback_data: InvoiceForm,
    caller: Caller,
    language: Language,
    offer_invoice: OfferInvoice,
    state: FSMContext,
) -> None:
    """Put one more of an item into the order, or take one out."""
    data = await state.get_data()
    if "client_id" not in data:
        await turn_to(query, form_gone(language))
        return
    quantities = dict(data["quantities"])
    if callback_data.step != "back":
        by = 1 if callback_data.step == "more" else -1
        quantity = int(quantities.get(callback_data.key, 0)) + by
        quantities[callback_data.key] = min(max(quantity, 0), QUANTITY_MAX)
        data = data | {"quantities": quantities, "item": callback_data.key}
    await turn_to(query, await _cart(caller, language, offer_invoice, state, data))


@router.message(InvoiceOrderForm.cart, F.text, flags=anyone)
async def type_quantity(
    message: Message,
    caller: Caller,
    language: Language,
    offer_invoice: OfferInvoice,
    state: FSMContext,
) -> None:
    """Take a typed number for the item that was pressed last."""
    data = await state.get_data()
    text = "".join((message.text or "").split())
    if "item" not in data:
        client = await offer_invoice.client(caller, int(data["client_id"]))
        await answer(message, choose_item_first(language, client.program))
        return
    is_number = text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX
    if not is_number or int(text) > QUANTITY_MAX:
        await answer(message, bad_quantity(language, QUANTITY_MAX))
        return
    data = data | {"quantities": dict(data["quantities"]) | {data["item"]: int(text)}}
    await answer(message, await _cart(caller, language, offer_invoice, state, data))


async def _cart(
    caller: Caller,
    language: Language,
    offer_invoice: OfferInvoice,
    state: FSMContext,
    data: dict[str, object],
) -> Screen:
    """Keep the order and show it with what it comes to."""
    order = _order(data)
    client = await offer_invoice.client(caller, order.client_id)
    chosen = {key: count for key, count in order.quantities.items() if client.program.item(key)}
    has_any = any(chosen.values())
    reckoned = await offer_invoice.reckon(caller, order) if has_any else None
    await state.set_state(InvoiceOrderForm.cart)
    await state.set_data(data)
    touched = client.program.item(str(data.get("item", "")))
    return cart_screen(language, client, chosen, reckoned, touched)


def _order(data: dict[str, object], pay_by: PayBy = PayBy.TRANSFER) -> Order:
    quantities = data["quantities"]
    counts = quantities if isinstance(quantities, dict) else {}
    return Order(
        client_id=int(str(data["client_id"])),
        quantities={str(key): int(count) for key, count in counts.items()},
        pay_by=pay_by,
    )


@router.callback_query(InvoiceForm.filter(F.step == "next"), flags=anyone)
async def ask_pay_by(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    offer_invoice: OfferInvoice,
    state: FSMContext,
) -> None:
    """Ask how the partner pays."""
    data = await state.get_data()
    if "client_id" not in data:
        await turn_to(query, form_gone(language))
        return
    reckoned = await offer_invoice.reckon(caller, _order(data))
    await turn_to(query, pay_by_question(language, reckoned))


@router.callback_query(InvoiceForm.filter(F.step.in_({*PayBy})), flags=anyone)
async def ask_confirmation(
    query: CallbackQuery,
    callback_data: InvoiceForm,
    caller: Caller,
    language: Language,
    offer_invoice: OfferInvoice,
    state: FSMContext,
) -> None:
    """Show everything once more; what is shown is remembered, so that nothing else is asked."""
    data = await state.get_data()
    if "client_id" not in data:
        await turn_to(query, form_gone(language))
        return
    reckoned = await offer_invoice.reckon(caller, _order(data, PayBy(callback_data.step)))
    net = reckoned.invoice.net
    data = data | {"pay_by": callback_data.step, "key": query.id}
    await state.set_state(InvoiceOrderForm.confirm)
    await state.set_data(data | {"net": net.minor, "currency": net.currency})
    await turn_to(query, confirm_screen(language, reckoned, query.id))


@router.callback_query(InvoiceForm.filter(F.step == "confirm"), flags=anyone)
async def confirm(
    query: CallbackQuery,
    callback_data: InvoiceForm,
    caller: Caller,
    language: Language,
    request_invoice: RequestInvoice,
    state: FSMContext,
) -> None:
    """Ask the vendor; a second press finds the same request."""
    data = await state.get_data()
    if data.get("key") != callback_data.key:
        known = await request_invoice.find(caller, callback_data.key)
        await turn_to(query, asked_screen(language, known) if known else form_gone(language))
        return
    order = _order(data, PayBy(str(data["pay_by"])))
    shown = Money(int(data["net"]), str(data["currency"]))
    request = InvoiceRequest(order=order, request_key=callback_data.key, net=shown)
    invoice = await request_invoice(caller, request)
    await state.clear()
    await turn_to(query, asked_screen(language, invoice))


@router.callback_query(InvoiceForm.filter(F.step == "cancel"), flags=anyone)
async def leave_form(query: CallbackQuery, language: Language, state: FSMContext) -> None:
    """Leave the form."""
    await state.clear()
    await turn_to(query, form_left(language))
