"""The home of making every use case, under the name that handlers ask for it by."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields

from bot.config_model import Config
from bot.use_cases_invoices import InvoiceUseCases
from domain.surroundings import Surroundings
from domain.usecases.adjustments.enter import AdjustBalance
from domain.usecases.audit.read import ReadAudit
from domain.usecases.balance.show import ShowBalance
from domain.usecases.books.audit import AuditBooks, Finding
from domain.usecases.broadcasts.compose import ComposeBroadcast
from domain.usecases.broadcasts.feed import DeliverNews, FeedBroadcasts
from domain.usecases.broadcasts.send import SendBroadcast, StopBroadcast
from domain.usecases.broadcasts.show import ShowBroadcast
from domain.usecases.calculator.forecast import ForecastEarnings
from domain.usecases.claims.ask import AskAboutClient
from domain.usecases.claims.decide import DecideClaim
from domain.usecases.claims.list_page import ListClaims, RevealClaim, ShowClaimCard
from domain.usecases.claims.object import ObjectToInviter
from domain.usecases.claims.open import ListOwnClaims, OpenClaim
from domain.usecases.claims.remind import RemindOfClaims
from domain.usecases.clicks.follow import RecordVisits, ResolveCode
from domain.usecases.clients.consent import RegisterByConsent
from domain.usecases.clients.erase_own import EraseOwnData
from domain.usecases.clients.find import FindClient
from domain.usecases.clients.open_link import OpenLink
from domain.usecases.clients.show_own import ShowOwnData
from domain.usecases.conversions.convert import ConvertBalance
from domain.usecases.conversions.list_page import ListConversions
from domain.usecases.conversions.offer import OfferConversion
from domain.usecases.events.listing import CountEvents, ListEvents, ShowEvent
from domain.usecases.events.look_up import LookUpEvent
from domain.usecases.events.mapping import DropEvent, MapCategory
from domain.usecases.events.parked import RerunEvent
from domain.usecases.events.record import RecordEvents
from domain.usecases.explanations.explain import ExplainSum
from domain.usecases.exports.read import ReadOwnExport
from domain.usecases.fraud.decide import DecideFraudHold
from domain.usecases.fraud.list_page import ListFraudHolds, ShowFraudCard
from domain.usecases.fraud.place import PlaceFraudHold
from domain.usecases.fraud.scan import ScanForFraud
from domain.usecases.holds.release import ReleaseHolds
from domain.usecases.inviting.invite import InviteClient
from domain.usecases.joining.accept_rules import AcceptRules
from domain.usecases.joining.leave import LeaveProgram
from domain.usecases.joining.name_account import NameVendorAccount
from domain.usecases.links.add import AddLink
from domain.usecases.links.change import ArchiveLink, RenameLink
from domain.usecases.links.list_cards import ListLinkCards
from domain.usecases.links.list_own import ListLinks
from domain.usecases.news.openings import KeepOpenings
from domain.usecases.notices.deliver import ClaimNotices, ReadRecipient, SettleNotice
from domain.usecases.notices.lost import ListLostNotices, SettleLostNotices
from domain.usecases.outbound.deliver import ClaimOutbound, ForgetOutbound, SettleOutbound
from domain.usecases.outbound.undelivered import RetryOutbound, ShowOutbound
from domain.usecases.partners.find import FindPartner
from domain.usecases.partners.report import ReportClient, ReportPartner
from domain.usecases.partners.show_enrolment import ShowEnrolment
from domain.usecases.payments.enter import EnterPayment, EnterRefund, UndoEntry
from domain.usecases.payments.find import FindPayer, FindPayment
from domain.usecases.payments.list_page import ListPayments
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
from domain.usecases.people.choose_language import ChooseLanguage
from domain.usecases.people.enrolments import ChooseEnrolment, ListOwnEnrolments
from domain.usecases.people.identify import IdentifyCaller
from domain.usecases.people.mark_blocked import MarkBlocked
from domain.usecases.people.preferences import ChoosePreferences
from domain.usecases.pins.answer import AnswerPinRequest, OpenPinRequest, TakeSilence
from domain.usecases.pins.end import EndProtection, ReleasePin
from domain.usecases.pins.name import PinClient
from domain.usecases.pins.show import ListPins, ShowPin
from domain.usecases.privacy.export import ExportOwnData
from domain.usecases.privacy.leave import LeavePartner
from domain.usecases.profile.rename import RenamePartner
from domain.usecases.profile.show import ShowProfile
from domain.usecases.questions.ask import AskVendor
from domain.usecases.questions.move import MoveQuestion
from domain.usecases.questions.show import (
    ListOwnQuestions,
    ListQuestions,
    ShowQuestion,
    ShowQuestionCard,
)
from domain.usecases.questions.write import AnswerQuestion, WriteToQuestion
from domain.usecases.referrals.list_page import ListReferrals
from domain.usecases.referrals.show_card import ShowReferral
from domain.usecases.reminders.owe import OweReminders, ReminderTerms
from domain.usecases.renewals.owe import OweRenewals
from domain.usecases.renewals.show import ShowRenewals
from domain.usecases.reports.show import ShowReport
from domain.usecases.search.clients import SearchClients
from domain.usecases.search.partners import SearchPartners
from domain.usecases.staff.admin_chat import AdminChat
from domain.usecases.staff.change_role import ChangeStaffRole
from domain.usecases.staff.invite import InviteStaff, JoinStaff
from domain.usecases.staff.members import ListStaff, RemoveStaff
from domain.usecases.staff.queue import ShowQueue
from domain.usecases.staff.record_denial import RecordDenial
from domain.usecases.staff.topics import StaffTopics
from domain.usecases.statements.owe import OweStatements
from domain.usecases.statements.show import ShowStatement
from domain.usecases.stats.compare_links import CompareLinks
from domain.usecases.stats.show import ShowStats
from domain.usecases.terms.accept import AcceptTerms, ShowTerms
from domain.usecases.terms.announce import AnnounceTerms

Audit = Callable[[], Awaitable[Sequence[Finding]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases(InvoiceUseCases):
    """Every use case; a handler's parameter has the name and type of a field."""

    accept_rules: AcceptRules
    add_link: AddLink
    adjust_balance: AdjustBalance
    admin_chat: AdminChat
    archive_link: ArchiveLink
    audit_books: AuditBooks
    cancel_payout: CancelPayout
    choose: ChooseLanguage
    choose_enrolment: ChooseEnrolment
    choose_preferences: ChoosePreferences
    claim_notices: ClaimNotices
    claim_outbound: ClaimOutbound
    compare_links: CompareLinks
    count_events: CountEvents
    convert_balance: ConvertBalance
    decide_payout: DecidePayout
    drop_event: DropEvent
    enter_payment: EnterPayment
    enter_refund: EnterRefund
    erase_own_data: EraseOwnData
    export_own_data: ExportOwnData
    explain_sum: ExplainSum
    find_client: FindClient
    find_partner: FindPartner
    find_payer: FindPayer
    find_payment: FindPayment
    find_payout: FindPayout
    find_requested_payout: FindRequestedPayout
    forget_outbound: ForgetOutbound
    forecast_earnings: ForecastEarnings
    identify_caller: IdentifyCaller
    invite_staff: InviteStaff
    join_staff: JoinStaff
    list_events: ListEvents
    list_lost_notices: ListLostNotices
    list_link_cards: ListLinkCards
    list_links: ListLinks
    keep_openings: KeepOpenings
    leave_partner: LeavePartner
    list_conversions: ListConversions
    list_payments: ListPayments
    list_payout_queue: ListPayoutQueue
    list_own_enrolments: ListOwnEnrolments
    list_payouts: ListPayouts
    list_referrals: ListReferrals
    list_staff: ListStaff
    look_up_event: LookUpEvent
    map_category: MapCategory
    make_payout_list: MakePayoutList
    mark_blocked: MarkBlocked
    name_vendor_account: NameVendorAccount
    offer_conversion: OfferConversion
    offer_paid_days: OfferPaidDays
    offer_payout: OfferPayout
    offer_payout_list: OfferPayoutList
    open_link: OpenLink
    read_own_export: ReadOwnExport
    owe_reminders: OweReminders
    owe_statements: OweStatements
    prepare_payout_decision: PreparePayoutDecision
    read_bank_list: ReadBankList
    read_recipient: ReadRecipient
    record_denial: RecordDenial
    record_events: RecordEvents
    record_visits: RecordVisits
    register_by_consent: RegisterByConsent
    release_holds: ReleaseHolds
    remove_staff: RemoveStaff
    rename_link: RenameLink
    report_client: ReportClient
    report_partner: ReportPartner
    request_payout: RequestPayout
    rerun_event: RerunEvent
    resolve_code: ResolveCode
    retry_outbound: RetryOutbound
    reveal_payout_account: RevealPayoutAccount
    settle_lost_notices: SettleLostNotices
    search_clients: SearchClients
    search_partners: SearchPartners
    settle_notice: SettleNotice
    settle_outbound: SettleOutbound
    show_balance: ShowBalance
    show_enrolment: ShowEnrolment
    show_event: ShowEvent
    show_outbound: ShowOutbound
    show_own_data: ShowOwnData
    show_payout_card: ShowPayoutCard
    show_referral: ShowReferral
    show_stats: ShowStats
    show_statement: ShowStatement
    show_payout_list: ShowPayoutList
    show_queue: ShowQueue
    staff_topics: StaffTopics
    undo_entry: UndoEntry
    # claims and fraud
    ask_about_client: AskAboutClient
    decide_claim: DecideClaim
    decide_fraud_hold: DecideFraudHold
    list_claims: ListClaims
    list_fraud_holds: ListFraudHolds
    list_own_claims: ListOwnClaims
    object_to_inviter: ObjectToInviter
    open_claim: OpenClaim
    place_fraud_hold: PlaceFraudHold
    remind_of_claims: RemindOfClaims
    reveal_claim: RevealClaim
    scan_for_fraud: ScanForFraud
    show_claim_card: ShowClaimCard
    show_fraud_card: ShowFraudCard

    answer_pin_request: AnswerPinRequest
    end_protection: EndProtection
    list_pins: ListPins
    open_pin_request: OpenPinRequest
    pin_client: PinClient
    release_pin: ReleasePin
    show_pin: ShowPin
    take_silence: TakeSilence
    compose_broadcast: ComposeBroadcast
    show_broadcast: ShowBroadcast
    send_broadcast: SendBroadcast
    stop_broadcast: StopBroadcast
    feed_broadcasts: FeedBroadcasts
    deliver_news: DeliverNews
    read_audit: ReadAudit
    show_report: ShowReport
    change_staff_role: ChangeStaffRole
    # questions, renewals, the profile
    answer_question: AnswerQuestion
    ask_vendor: AskVendor
    leave_program: LeaveProgram
    list_own_questions: ListOwnQuestions
    list_questions: ListQuestions
    move_question: MoveQuestion
    owe_renewals: OweRenewals
    rename_partner: RenamePartner
    show_profile: ShowProfile
    show_question: ShowQuestion
    show_question_card: ShowQuestionCard
    show_renewals: ShowRenewals
    write_to_question: WriteToQuestion
    # versions of terms, scheduled pay-outs
    accept_terms: AcceptTerms
    announce_terms: AnnounceTerms
    make_scheduled_payouts: MakeScheduledPayouts
    name_payout_account: NamePayoutAccount
    show_terms: ShowTerms

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
        "claim_outbound": ClaimOutbound(around, config.billing.outbound_url),
        "invite_client": InviteClient(around, config.web.public_url),
        "identify_caller": IdentifyCaller(around, config.locale.default),
        "settle_outbound": SettleOutbound(around, config.billing.outbound_url),
        "show_outbound": ShowOutbound(around, config.billing.outbound_url),
        "owe_reminders": OweReminders(
            around,
            ReminderTerms(
                referral_ends_days=config.reminders.referral_ends_days,
                form_hours=config.reminders.form_hours,
            ),
        ),
    }
    plain = {
        field.name: field.type(around)
        for field in fields(UseCases)
        if field.name not in special and callable(field.type)
    }
    return UseCases(**special, **plain)  # type: ignore[arg-type]
