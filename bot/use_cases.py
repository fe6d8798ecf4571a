"""The home of making every use case, under the name that handlers ask for it by."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields

from bot.config_model import Config
from domain.surroundings import Surroundings
from domain.usecases.balance.show import ShowBalance
from domain.usecases.books.audit import AuditBooks, Finding
from domain.usecases.calculator.forecast import ForecastEarnings
from domain.usecases.clicks.follow import RecordVisits, ResolveCode
from domain.usecases.clients.consent import RegisterByConsent
from domain.usecases.clients.erase_own import EraseOwnData
from domain.usecases.clients.find import FindClient
from domain.usecases.clients.open_link import OpenLink
from domain.usecases.clients.show_own import ShowOwnData
from domain.usecases.events.look_up import LookUpEvent
from domain.usecases.events.parked import ListParked, RerunEvent
from domain.usecases.events.record import RecordEvents
from domain.usecases.holds.release import ReleaseHolds
from domain.usecases.joining.accept_rules import AcceptRules
from domain.usecases.joining.name_account import NameVendorAccount
from domain.usecases.notices.deliver import ClaimNotices, ReadRecipient, SettleNotice
from domain.usecases.partners.find import FindPartner
from domain.usecases.partners.report import ReportClient, ReportPartner
from domain.usecases.partners.show_enrolment import ShowEnrolment
from domain.usecases.payments.enter import EnterPayment, EnterRefund, UndoEntry
from domain.usecases.payments.list_page import ListPayments
from domain.usecases.payouts.cancel import CancelPayout
from domain.usecases.payouts.decide import DecidePayout
from domain.usecases.payouts.find_requested import FindRequestedPayout
from domain.usecases.payouts.list_page import ListPayoutQueue, ListPayouts
from domain.usecases.payouts.offer import OfferPayout
from domain.usecases.payouts.request import RequestPayout
from domain.usecases.payouts.reveal_account import RevealPayoutAccount
from domain.usecases.payouts.show_card import ShowPayoutCard
from domain.usecases.people.choose_language import ChooseLanguage
from domain.usecases.people.identify import IdentifyCaller
from domain.usecases.people.mark_blocked import MarkBlocked
from domain.usecases.referrals.list_page import ListReferrals
from domain.usecases.staff.admin_chat import AdminChat
from domain.usecases.staff.invite import InviteStaff, JoinStaff
from domain.usecases.staff.members import ListStaff, RemoveStaff

Audit = Callable[[], Awaitable[Sequence[Finding]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """Every use case; a handler's parameter has the name and type of a field."""

    accept_rules: AcceptRules
    admin_chat: AdminChat
    audit_books: AuditBooks
    cancel_payout: CancelPayout
    choose: ChooseLanguage
    claim_notices: ClaimNotices
    decide_payout: DecidePayout
    enter_payment: EnterPayment
    enter_refund: EnterRefund
    erase_own_data: EraseOwnData
    find_client: FindClient
    find_partner: FindPartner
    find_requested_payout: FindRequestedPayout
    forecast_earnings: ForecastEarnings
    identify_caller: IdentifyCaller
    invite_staff: InviteStaff
    join_staff: JoinStaff
    list_parked: ListParked
    list_payments: ListPayments
    list_payout_queue: ListPayoutQueue
    list_payouts: ListPayouts
    list_referrals: ListReferrals
    list_staff: ListStaff
    look_up_event: LookUpEvent
    mark_blocked: MarkBlocked
    name_vendor_account: NameVendorAccount
    offer_payout: OfferPayout
    open_link: OpenLink
    read_recipient: ReadRecipient
    record_events: RecordEvents
    record_visits: RecordVisits
    register_by_consent: RegisterByConsent
    release_holds: ReleaseHolds
    remove_staff: RemoveStaff
    report_client: ReportClient
    report_partner: ReportPartner
    request_payout: RequestPayout
    rerun_event: RerunEvent
    resolve_code: ResolveCode
    reveal_payout_account: RevealPayoutAccount
    settle_notice: SettleNotice
    show_balance: ShowBalance
    show_enrolment: ShowEnrolment
    show_own_data: ShowOwnData
    show_payout_card: ShowPayoutCard
    undo_entry: UndoEntry

    def by_name(self) -> dict[str, object]:
        """Return the use cases by the names of handler parameters."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def make_use_cases(around: Surroundings, config: Config, audit: Audit) -> UseCases:
    """Return every use case in these surroundings.

    Most need the surroundings alone; the few that need more are named here.
    """
    special: dict[str, object] = {
        "admin_chat": AdminChat(around, config.staff.chat_id),
        "audit_books": AuditBooks(around, audit),
        "identify_caller": IdentifyCaller(around, config.locale.default),
    }
    plain = {
        field.name: field.type(around)
        for field in fields(UseCases)
        if field.name not in special and callable(field.type)
    }
    return UseCases(**special, **plain)  # type: ignore[arg-type]
