"""The home of making every use case, under the name that handlers ask for it by."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields

from bot.config_model import Config
from bot.use_cases_staff import StaffUseCases
from domain.surroundings import Surroundings
from domain.usecases.books.audit import AuditBooks, Finding
from domain.usecases.calculator.forecast import ForecastEarnings
from domain.usecases.clicks.follow import RecordVisits, ResolveCode
from domain.usecases.clients.consent import RegisterByConsent
from domain.usecases.clients.erase_own import EraseOwnData
from domain.usecases.clients.find import FindClient
from domain.usecases.clients.open_link import OpenLink
from domain.usecases.clients.show_own import ShowOwnData
from domain.usecases.events.listing import CountEvents, ListEvents, ShowEvent
from domain.usecases.events.look_up import LookUpEvent
from domain.usecases.events.mapping import DropEvent, MapCategory
from domain.usecases.events.parked import RerunEvent
from domain.usecases.events.record import RecordEvents
from domain.usecases.explanations.explain import ExplainSum
from domain.usecases.exports.read import ReadOwnExport
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
from domain.usecases.papers.link import LinkPaper
from domain.usecases.partners.find import FindPartner
from domain.usecases.partners.report import ReportClient, ReportPartner
from domain.usecases.partners.show_enrolment import ShowEnrolment
from domain.usecases.people.choose_language import ChooseLanguage
from domain.usecases.people.enrolments import ChooseEnrolment, ListOwnEnrolments
from domain.usecases.people.identify import IdentifyCaller
from domain.usecases.people.mark_blocked import MarkBlocked
from domain.usecases.people.preferences import ChoosePreferences
from domain.usecases.privacy.export import ExportOwnData
from domain.usecases.privacy.leave import LeavePartner
from domain.usecases.profile.rename import RenamePartner
from domain.usecases.profile.show import ShowProfile
from domain.usecases.referrals.list_page import ListReferrals
from domain.usecases.referrals.show_card import ShowReferral
from domain.usecases.reminders.owe import OweReminders, ReminderTerms
from domain.usecases.renewals.owe import OweRenewals
from domain.usecases.renewals.show import ShowRenewals
from domain.usecases.staff.admin_chat import AdminChat
from domain.usecases.stats.compare_links import CompareLinks
from domain.usecases.stats.show import ShowStats
from domain.usecases.terms.accept import AcceptTerms, ShowTerms
from domain.usecases.terms.announce import AnnounceTerms

Audit = Callable[[], Awaitable[Sequence[Finding]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases(StaffUseCases):
    """Every use case; a handler's parameter has the name and type of a field."""

    accept_rules: AcceptRules
    accept_terms: AcceptTerms
    add_link: AddLink
    announce_terms: AnnounceTerms
    archive_link: ArchiveLink
    audit_books: AuditBooks
    choose: ChooseLanguage
    choose_enrolment: ChooseEnrolment
    choose_preferences: ChoosePreferences
    claim_notices: ClaimNotices
    claim_outbound: ClaimOutbound
    compare_links: CompareLinks
    count_events: CountEvents
    drop_event: DropEvent
    erase_own_data: EraseOwnData
    explain_sum: ExplainSum
    export_own_data: ExportOwnData
    find_client: FindClient
    find_partner: FindPartner
    forecast_earnings: ForecastEarnings
    forget_outbound: ForgetOutbound
    identify_caller: IdentifyCaller
    keep_openings: KeepOpenings
    leave_partner: LeavePartner
    leave_program: LeaveProgram
    list_events: ListEvents
    list_link_cards: ListLinkCards
    list_links: ListLinks
    list_lost_notices: ListLostNotices
    list_own_enrolments: ListOwnEnrolments
    list_referrals: ListReferrals
    look_up_event: LookUpEvent
    map_category: MapCategory
    mark_blocked: MarkBlocked
    name_vendor_account: NameVendorAccount
    open_link: OpenLink
    owe_reminders: OweReminders
    owe_renewals: OweRenewals
    read_own_export: ReadOwnExport
    read_recipient: ReadRecipient
    record_events: RecordEvents
    record_visits: RecordVisits
    register_by_consent: RegisterByConsent
    rename_link: RenameLink
    rename_partner: RenamePartner
    report_client: ReportClient
    report_partner: ReportPartner
    rerun_event: RerunEvent
    resolve_code: ResolveCode
    retry_outbound: RetryOutbound
    settle_lost_notices: SettleLostNotices
    settle_notice: SettleNotice
    settle_outbound: SettleOutbound
    show_enrolment: ShowEnrolment
    show_event: ShowEvent
    show_outbound: ShowOutbound
    show_own_data: ShowOwnData
    show_profile: ShowProfile
    show_referral: ShowReferral
    show_renewals: ShowRenewals
    show_stats: ShowStats
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
        "link_paper": LinkPaper(around, config.web.public_url),
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
