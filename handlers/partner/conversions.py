"""The home of turning earnings into service credit, and of the partner's own conversions."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.money import Money
from domain.usecases.conversions.convert import ConversionRequest, ConvertBalance
from domain.usecases.conversions.list_page import ListConversions
from domain.usecases.conversions.offer import OfferConversion, read_amount
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.conversions import (
    amount_question,
    conversions_screen,
    converted_screen,
    form_cancelled,
    form_gone,
    preview_screen,
)
from handlers.partner.states import ConversionForm
from handlers.ui.callbacks import ConvertForm, Open, OpenPage, place_of
from handlers.ui.language import Language
from handlers.ui.request_key import key_of
from handlers.ui.screen import Event, Screen, answer, show, turn_to

router = Router(name="partner.conversions")
anyone = allow(Allowed.ANYONE)


@router.message(Command("convert"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "convert"), flags=anyone)
@router.callback_query(ConvertForm.filter(F.step == "start"), flags=anyone)
async def start_form(
    event: Event,
    caller: Caller,
    language: Language,
    offer_conversion: OfferConversion,
    state: FSMContext,
    command: CommandObject | None = None,
) -> None:
    """Begin the form; an amount may follow the command."""
    if command is not None and command.args and isinstance(event, Message):
        key = key_of(event)
        screen = await _take(language, caller, offer_conversion, state, (command.args, key))
        await show(event, screen)
        return
    offer = await offer_conversion(caller)
    await state.set_state(ConversionForm.amount)
    await show(event, amount_question(language, offer))


@router.callback_query(ConvertForm.filter(F.step == "amount"), flags=anyone)
async def press_amount(
    query: CallbackQuery,
    callback_data: ConvertForm,
    caller: Caller,
    language: Language,
    offer_conversion: OfferConversion,
    state: FSMContext,
) -> None:
    """Take an amount from a button; it is checked against today's balance."""
    asked = (callback_data.key, query.id)
    await turn_to(query, await _take(language, caller, offer_conversion, state, asked))


@router.message(ConversionForm.amount, F.text, flags=anyone)
async def type_amount(
    message: Message,
    caller: Caller,
    language: Language,
    offer_conversion: OfferConversion,
    state: FSMContext,
) -> None:
    """Take a typed amount; a wrong one is asked again."""
    asked = (message.text or "", key_of(message))
    await answer(message, await _take(language, caller, offer_conversion, state, asked))


async def _take(
    language: Language,
    caller: Caller,
    offer_conversion: OfferConversion,
    state: FSMContext,
    asked: tuple[str, str],
) -> Screen:
    """Show what an amount would give; ``asked`` is its text and the confirmation's key."""
    text, key = asked
    amount = read_amount(await offer_conversion(caller), text)
    return await _preview(language, caller, offer_conversion, state, (amount, key, 0))


async def _preview(
    language: Language,
    caller: Caller,
    offer_conversion: OfferConversion,
    state: FSMContext,
    shown: tuple[Money, str, int],
) -> Screen:
    """Show the calculator; what it shows is remembered, so that nothing else is confirmed."""
    amount, key, page = shown
    preview = await offer_conversion.preview(caller, amount)
    await state.set_state(ConversionForm.confirm)
    await state.set_data(
        {
            "minor": amount.minor,
            "currency": amount.currency,
            "credit": preview.credit.minor,
            "key": key,
        }
    )
    return preview_screen(language, preview, key, page)


@router.callback_query(ConvertForm.filter(F.step == "page"), flags=anyone)
async def turn_page(
    query: CallbackQuery,
    callback_data: ConvertForm,
    caller: Caller,
    language: Language,
    offer_conversion: OfferConversion,
    state: FSMContext,
) -> None:
    """Show another page of what would be converted."""
    data = await state.get_data()
    if data.get("key") != callback_data.key:
        await turn_to(query, form_gone(language))
        return
    amount = Money(int(data["minor"]), str(data["currency"]))
    shown = (amount, callback_data.key, callback_data.page)
    await turn_to(query, await _preview(language, caller, offer_conversion, state, shown))


@router.callback_query(ConvertForm.filter(F.step == "confirm"), flags=anyone)
async def confirm(
    query: CallbackQuery,
    callback_data: ConvertForm,
    caller: Caller,
    language: Language,
    convert_balance: ConvertBalance,
    state: FSMContext,
) -> None:
    """Convert; a second press finds the same conversion."""
    conversion = await convert_balance.find(caller, callback_data.key)
    data = await state.get_data()
    is_open = data.get("key") == callback_data.key
    if conversion is None and not is_open:
        await turn_to(query, form_gone(language))
        return
    if conversion is None:
        currency = str(data["currency"])
        request = ConversionRequest(
            amount=Money(int(data["minor"]), currency),
            credit=Money(int(data["credit"]), currency),
            request_key=callback_data.key,
        )
        conversion = await convert_balance(caller, request)
    if is_open:
        await state.clear()
    await turn_to(query, converted_screen(language, conversion))


@router.callback_query(ConvertForm.filter(F.step == "cancel"), flags=anyone)
async def leave_form(query: CallbackQuery, language: Language, state: FSMContext) -> None:
    """Leave the form."""
    await state.clear()
    await turn_to(query, form_cancelled(language))


@router.callback_query(Open.filter(F.screen == "conversions"), flags=anyone)
@router.callback_query(OpenPage.filter(F.screen == "conversions"), flags=anyone)
async def show_conversions(
    event: Event,
    caller: Caller,
    language: Language,
    list_conversions: ListConversions,
    callback_data: Open | OpenPage | None = None,
) -> None:
    """Show a page of the partner's conversions."""
    before = place_of(callback_data)
    page = await list_conversions(caller, before)
    await show(event, conversions_screen(language, page, is_first=before is None))
