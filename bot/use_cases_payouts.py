"""The home of the use cases of a partner's money: balance, pay-outs, conversion."""

from dataclasses import dataclass

from bot.use_cases_invoices import InvoiceUseCases
from domain.usecases.adjustments.enter import AdjustBalance
from domain.usecases.balance.show import ShowBalance
from domain.usecases.conversions.convert import ConvertBalance
from domain.usecases.conversions.list_page import ListConversions
from domain.usecases.conversions.offer import OfferConversion
from domain.usecases.holds.release import ReleaseHolds
from domain.usecases.payouts.cancel import CancelPayout
from domain.usecases.payouts.decide import DecidePayout
from domain.usecases.payouts.find_requested import FindRequestedPayout
from domain.usecases.payouts.list_page import FindPayout, ListPayoutQueue, ListPayouts
from domain.usecases.payouts.lists import (
    MakePayoutList,
    OfferPayoutList,
    ReadBankList,
    ShowPayoutList,
)
from domain.usecases.payouts.name_account import NamePayoutAccount
from domain.usecases.payouts.offer import OfferPayout
from domain.usecases.payouts.paid_days import OfferPaidDays
from domain.usecases.payouts.prepare import PreparePayoutDecision
from domain.usecases.payouts.request import RequestPayout
from domain.usecases.payouts.reveal_account import RevealPayoutAccount
from domain.usecases.payouts.schedule import MakeScheduledPayouts
from domain.usecases.payouts.show_card import ShowPayoutCard
from domain.usecases.statements.owe import OweStatements
from domain.usecases.statements.show import ShowStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutUseCases(InvoiceUseCases):
    """A partner's money once it is earned; a part of ``UseCases``."""

    adjust_balance: AdjustBalance
    cancel_payout: CancelPayout
    convert_balance: ConvertBalance
    decide_payout: DecidePayout
    find_payout: FindPayout
    find_requested_payout: FindRequestedPayout
    list_conversions: ListConversions
    list_payout_queue: ListPayoutQueue
    list_payouts: ListPayouts
    make_payout_list: MakePayoutList
    make_scheduled_payouts: MakeScheduledPayouts
    name_payout_account: NamePayoutAccount
    offer_conversion: OfferConversion
    offer_paid_days: OfferPaidDays
    offer_payout: OfferPayout
    offer_payout_list: OfferPayoutList
    owe_statements: OweStatements
    prepare_payout_decision: PreparePayoutDecision
    read_bank_list: ReadBankList
    release_holds: ReleaseHolds
    request_payout: RequestPayout
    reveal_payout_account: RevealPayoutAccount
    show_balance: ShowBalance
    show_payout_card: ShowPayoutCard
    show_payout_list: ShowPayoutList
    show_statement: ShowStatement
