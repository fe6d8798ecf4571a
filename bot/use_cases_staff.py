"""The home of the use cases of staff: members, queue, search, payments by hand."""

from dataclasses import dataclass

from bot.use_cases_questions import QuestionUseCases
from domain.usecases.audit.read import ReadAudit
from domain.usecases.payments.enter import EnterPayment, EnterRefund, UndoEntry
from domain.usecases.payments.find import FindPayer, FindPayment
from domain.usecases.payments.list_page import ListPayments
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffUseCases(QuestionUseCases):
    """The staff's own work; a part of ``UseCases``."""

    admin_chat: AdminChat
    change_staff_role: ChangeStaffRole
    enter_payment: EnterPayment
    enter_refund: EnterRefund
    find_payer: FindPayer
    find_payment: FindPayment
    invite_staff: InviteStaff
    join_staff: JoinStaff
    list_payments: ListPayments
    list_staff: ListStaff
    read_audit: ReadAudit
    record_denial: RecordDenial
    remove_staff: RemoveStaff
    search_clients: SearchClients
    search_partners: SearchPartners
    show_queue: ShowQueue
    show_report: ShowReport
    staff_topics: StaffTopics
    undo_entry: UndoEntry
