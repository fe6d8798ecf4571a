"""The home of "Why this sum?" for partners."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from domain.entities.people import Caller
from domain.programs.model import Programs
from domain.usecases.explanations.explain import ExplainSum
from handlers.middlewares.access import Allowed, allow
from handlers.ui.callbacks import Why
from handlers.ui.language import Language
from handlers.ui.screen import turn_to
from handlers.ui.why import conversion_why, payout_why
from handlers.ui.why_commission import commission_why

router = Router(name="partner.explanations")
anyone = allow(Allowed.ANYONE)


@router.callback_query(
    Why.filter((F.side == "p") & F.what.in_({"commission", "payment"})), flags=anyone
)
async def explain_commission(
    query: CallbackQuery,
    callback_data: Why,
    caller: Caller,
    language: Language,
    programs: Programs,
    explain_sum: ExplainSum,
) -> None:
    """Tell how a commission came to be."""
    ask = explain_sum.payment if callback_data.what == "payment" else explain_sum.commission
    story = await ask(caller, callback_data.id)
    program = programs.get(story.program)
    await turn_to(query, commission_why(language, story, program, callback_data))


@router.callback_query(Why.filter((F.side == "p") & (F.what == "payout")), flags=anyone)
async def explain_payout(
    query: CallbackQuery,
    callback_data: Why,
    caller: Caller,
    language: Language,
    explain_sum: ExplainSum,
) -> None:
    """Tell what a pay-out is made of."""
    story = await explain_sum.payout(caller, callback_data.id)
    await turn_to(query, payout_why(language, story, callback_data))


@router.callback_query(Why.filter((F.side == "p") & (F.what == "conversion")), flags=anyone)
async def explain_conversion(
    query: CallbackQuery,
    callback_data: Why,
    caller: Caller,
    language: Language,
    explain_sum: ExplainSum,
) -> None:
    """Tell what a conversion is made of."""
    story = await explain_sum.conversion(caller, callback_data.id)
    await turn_to(query, conversion_why(language, story, callback_data))
