"""The home of paying many: the list for the bank, and Done for all of it."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta

from aiogram import F, Router
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from domain.entities.payout import PayoutMove, PayoutStatus
from domain.entities.people import Caller
from domain.entities.views import PayoutView
from domain.errors import DomainError
from domain.usecases.payouts.decide import DecidePayout, PayoutDecision
from domain.usecases.payouts.lists import (
    LIST_LENGTH_MAX,
    MakePayoutList,
    OfferPayoutList,
    PayoutList,
    ReadBankList,
    ShowPayoutList,
)
from domain.usecases.payouts.show_card import ShowPayoutCard
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.payout_lists import (
    FIRST,
    bank_table,
    choice_screen,
    digest_of,
    list_screen,
    progress_screen,
    result_screen,
    settle_question,
    stale_words,
    sums_of,
)
from handlers.ui.callbacks import PayoutBatch
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.payout_card import number_of
from handlers.ui.refusals import refusal_screen
from handlers.ui.screen import Screen, acknowledge, turn_to
from handlers.ui.sheets import csv_file, xlsx_file

Clock = Callable[[], datetime]
router = Router(name="staff.payout_lists")
staff = allow(Allowed.STAFF)
WIDTHS = (12, 10, 28, 40, 14, 10, 50)
PROGRESS_SECONDS = 3.0
"""A group takes twenty messages a minute, edits among them."""


@router.callback_query(PayoutBatch.filter(F.action == "choose"), flags=staff)
async def choose(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    offer_payout_list: OfferPayoutList,
) -> None:
    """Show which approved pay-outs can be taken together."""
    await turn_to(query, choice_screen(language, await offer_payout_list(caller)))


@router.callback_query(PayoutBatch.filter(F.action.in_({"make", "first"})), flags=staff)
async def make(
    query: CallbackQuery,
    callback_data: PayoutBatch,
    caller: Caller,
    language: Language,
    offer_payout_list: OfferPayoutList,
    make_payout_list: MakePayoutList,
) -> None:
    """Fix which pay-outs are paid together."""
    group = None
    if callback_data.group:
        groups = await offer_payout_list(caller)
        group = next((g for g in groups if digest_of(g) == callback_data.group), None)
        if group is None:
            await turn_to(query, choice_screen(language, groups))
            return
    chosen = await make_payout_list(
        caller,
        program=group.program if group else None,
        currency=group.currency if group else None,
        limit=FIRST if callback_data.action == "first" else LIST_LENGTH_MAX,
    )
    await turn_to(query, list_screen(language, chosen))


@router.callback_query(PayoutBatch.filter(F.action == "show"), flags=staff)
async def show_list(
    query: CallbackQuery,
    callback_data: PayoutBatch,
    caller: Caller,
    language: Language,
    show_payout_list: ShowPayoutList,
) -> None:
    """Show a list as it stands now."""
    await turn_to(query, list_screen(language, await show_payout_list(caller, callback_data.id)))


@router.callback_query(PayoutBatch.filter(F.action.in_({"csv", "xlsx"})), flags=staff)
async def send_file(
    query: CallbackQuery,
    callback_data: PayoutBatch,
    caller: Caller,
    language: Language,
    read_bank_list: ReadBankList,
    clock: Clock,
) -> None:
    """Send the list with accounts to the one who asked, in private: the group has more readers."""
    chosen = await read_bank_list(caller, callback_data.id)
    table = bank_table(language, chosen, clock().astimezone(language.zone).date())
    kind = callback_data.action
    content = (
        csv_file(table)
        if kind == "csv"
        else await asyncio.to_thread(xlsx_file, table, widths=WIDTHS)
    )
    file = BufferedInputFile(content, f"payouts-{number_of(chosen.id)}.{kind}")
    sums = " + ".join(language.money(amount) for amount in sums_of(chosen.views))
    caption = language.say_many(
        "{count} pay-out: {sums}", "{count} pay-outs: {sums}", len(chosen.views), sums=sums
    )
    if query.bot is None:
        return
    try:
        await query.bot.send_document(caller.person.id, file, caption=caption)
    except (TelegramForbiddenError, TelegramBadRequest):
        text = language.say(
            "I cannot write to you in private: open a chat with me, press Start, try again."
        )
    else:
        text = language.say("📄 The file is in your private chat with me. This is audited.")
    await acknowledge(query, text, alert=True)


@router.callback_query(PayoutBatch.filter(F.action == "ask"), flags=staff)
async def ask(
    query: CallbackQuery,
    callback_data: PayoutBatch,
    caller: Caller,
    language: Language,
    show_payout_list: ShowPayoutList,
    clock: Clock,
) -> None:
    """Ask once before all of it is marked as done."""
    chosen = await show_payout_list(caller, callback_data.id)
    today = clock().astimezone(language.zone).date()
    await turn_to(query, settle_question(language, chosen, today))


@router.callback_query(PayoutBatch.filter(F.action.in_({"settle", "settle_1"})), flags=staff)
async def settle(
    query: CallbackQuery,
    callback_data: PayoutBatch,
    caller: Caller,
    language: Language,
    show_payout_list: ShowPayoutList,
    decide_payout: DecidePayout,
    show_payout_card: ShowPayoutCard,
    clock: Clock,
) -> None:
    """Mark each of the list as done, in a transaction of its own; say what was skipped and why.

    It can be repeated at any time: what is done stays done and is told apart.
    """
    chosen = await show_payout_list(caller, callback_data.id)
    back = timedelta(days=1 if callback_data.action == "settle_1" else 0)
    day = clock().astimezone(language.zone).date() - back
    run = _Run(caller, language, decide_payout, show_payout_card, day)
    await turn_to(query, progress_screen(language, 0, len(chosen.views)))
    await run.go(query, chosen)
    await _put(query, result_screen(language, chosen.id, run.done, run.before, run.skipped))


class _Run:
    """One pass over a list."""

    def __init__(
        self,
        caller: Caller,
        language: Language,
        decide_payout: DecidePayout,
        show_payout_card: ShowPayoutCard,
        day: date,
    ) -> None:
        self._caller = caller
        self._language = language
        self._decide = decide_payout
        self._show = show_payout_card
        self._day = day
        self.done: list[PayoutView] = []
        self.before: list[PayoutView] = []
        self.skipped: list[tuple[PayoutView, Html]] = []

    async def go(self, query: CallbackQuery, chosen: PayoutList) -> None:
        """Settle one after another, and show how far it is from time to time."""
        loop = asyncio.get_running_loop()
        shown_at = loop.time()
        for number, view in enumerate(chosen.views):
            if loop.time() >= shown_at + PROGRESS_SECONDS:
                shown_at = loop.time()
                await _put(query, progress_screen(self._language, number, len(chosen.views)))
            await self._settle(view)

    async def _settle(self, view: PayoutView) -> None:
        decision = PayoutDecision(
            payout_id=view.payout.id, move=PayoutMove.SETTLE, paid_on=self._day
        )
        try:
            self.done.append(await self._decide(self._caller, decision))
        except DomainError as refusal:
            await self._skip(view, refusal)

    async def _skip(self, view: PayoutView, refusal: DomainError) -> None:
        if refusal.code == "not_allowed":
            raise refusal
        today = await self._show(view.payout.id) or view
        if refusal.code != "payout_already_decided":
            words = refusal_screen(self._language, refusal).text
            self.skipped.append((today, words))
        elif (
            today.payout.status is PayoutStatus.DONE
            and today.payout.settled_by == self._caller.person.id
        ):
            self.before.append(today)
        else:
            self.skipped.append((today, stale_words(self._language, today)))


async def _put(query: CallbackQuery, screen: Screen) -> None:
    """Turn the message into the screen; a message that is gone is no reason to stop paying."""
    if not isinstance(query.message, Message):
        return
    try:
        await query.message.edit_text(screen.text, reply_markup=screen.inline())
    except TelegramAPIError:
        return
