"""The home of the calculator in the bot: for anyone, by buttons and by typing."""

import re
from dataclasses import replace
from itertools import islice

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.errors import NotFound
from domain.money import Money
from domain.programs.model import Programs
from domain.usecases.calculator.forecast import Expectation, Forecast, ForecastEarnings
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.calculator import calculator_screen
from handlers.partner.states import Calculator
from handlers.ui.callbacks import Calculate, Open
from handlers.ui.language import Language
from handlers.ui.screen import Event, answer, show, turn_to

router = Router(name="partner.calculator")
anyone = allow(Allowed.ANYONE)

MEMORY = "calculator"
_BETWEEN = re.compile(r"\s*[x×х*;]\s*|\s+", re.IGNORECASE)
"""What people put between the two numbers; one of the crosses is a Cyrillic letter."""
_NUMBERS = re.compile(r"\s*\d")
"""What begins with a digit is two numbers, or tries to be; other words are refused whole."""


@router.message(Command("calc"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "calc"), flags=anyone)
async def show_calculator(
    event: Event,
    caller: Caller,
    language: Language,
    programs: Programs,
    forecast_earnings: ForecastEarnings,
    state: FSMContext,
    command: CommandObject | None = None,
) -> None:
    """Show the last calculation of this person, or a usual one; numbers may follow the command."""
    await state.set_state(Calculator.input)
    last = await _last(state, forecast_earnings, caller)
    if command is not None and command.args:
        last = _typed(forecast_earnings, last, command.args)
        await _remember(state, last)
    screen = calculator_screen(language, last, programs, is_partner=_is_partner(caller))
    await show(event, screen)


@router.callback_query(Calculate.filter(), flags=anyone)
async def press_step(
    query: CallbackQuery,
    callback_data: Calculate,
    caller: Caller,
    language: Language,
    programs: Programs,
    forecast_earnings: ForecastEarnings,
    state: FSMContext,
) -> None:
    """Calculate with what the button says, by today's rates."""
    program = next(islice(programs.values(), max(0, callback_data.place), None), None)
    if program is None:
        raise NotFound(program=callback_data.place)
    expected = Expectation()
    if callback_data.clients and callback_data.minor:
        bill = Money(callback_data.minor, program.currency)
        expected = Expectation(clients=str(callback_data.clients), bill=str(bill))
    forecast = forecast_earnings(program.key, expected)
    await state.set_state(Calculator.input)
    await _remember(state, forecast)
    screen = calculator_screen(language, forecast, programs, is_partner=_is_partner(caller))
    await turn_to(query, screen)


@router.message(Calculator.input, F.text, ~F.text.startswith("/"), flags=anyone)
async def type_numbers(
    message: Message,
    caller: Caller,
    language: Language,
    programs: Programs,
    forecast_earnings: ForecastEarnings,
    state: FSMContext,
) -> None:
    """Calculate with typed numbers; what is none is asked again."""
    last = await _last(state, forecast_earnings, caller)
    forecast = _typed(forecast_earnings, last, message.text or "")
    await _remember(state, forecast)
    screen = calculator_screen(language, forecast, programs, is_partner=_is_partner(caller))
    await answer(message, screen)


def _is_partner(caller: Caller) -> bool:
    return caller.membership is not None


def _typed(forecast_earnings: ForecastEarnings, last: Forecast, text: str) -> Forecast:
    """Return the forecast of typed numbers: clients alone, or clients and bill."""
    clients, *rest = _BETWEEN.split(text.strip(), maxsplit=1) if _NUMBERS.match(text) else [text]
    bill = "".join(rest) or str(last.bill)
    return forecast_earnings(last.program.key, Expectation(clients=clients, bill=bill))


def _memory(state: FSMContext) -> FSMContext:
    """Return a place beside the forms: leaving a form does not forget the last calculation."""
    return FSMContext(storage=state.storage, key=replace(state.key, destiny=MEMORY))


async def _last(
    state: FSMContext, forecast_earnings: ForecastEarnings, caller: Caller
) -> Forecast:
    """Return the last calculation, else a usual one in the program that the person works in."""
    kept = await _memory(state).get_data()
    try:
        return forecast_earnings(
            kept["program"], Expectation(clients=kept["clients"], bill=kept["bill"])
        )
    except (KeyError, NotFound):
        pass
    own = caller.membership.program if caller.membership else None
    try:
        forecast = forecast_earnings(own)
    except NotFound:
        return forecast_earnings()
    return forecast if forecast.program.rates else forecast_earnings()


async def _remember(state: FSMContext, forecast: Forecast) -> None:
    await _memory(state).set_data(
        {
            "program": forecast.program.key,
            "clients": str(forecast.clients),
            "bill": str(forecast.bill),
        }
    )
