"""The home of rights: which role may do what. Deny by default."""

from enum import StrEnum
from typing import Final


class StaffRole(StrEnum):
    """What a member of staff may do, highest first."""

    OWNER = "owner"
    MANAGER = "manager"
    FINANCE = "finance"
    SUPPORT = "support"


class MemberRole(StrEnum):
    """What a member of a partner may do (R35)."""

    ADMIN = "admin"
    USER = "user"


_O, _M, _F, _S = StaffRole.OWNER, StaffRole.MANAGER, StaffRole.FINANCE, StaffRole.SUPPORT

# Rows of the authorization matrix that the product has, by its numbers (A..).
STAFF_RIGHTS: Final[dict[str, frozenset[StaffRole]]] = {
    "queue.read": frozenset({_O, _M, _F, _S}),  # A25, A29
    "partner.read": frozenset({_O, _M, _F, _S}),  # A07, A25
    "partner.read_unmasked": frozenset({_O, _M, _F}),  # A07: support sees it masked
    "partner.suspend": frozenset({_O, _M}),  # A47
    "partner.end": frozenset({_O, _M}),  # A47: for good, unless reinstated
    "partner.reinstate": frozenset({_O, _M}),  # A48
    "client.read": frozenset({_O, _M, _F, _S}),  # A19
    "client.read_unmasked": frozenset({_O, _M}),  # A19: the others see it masked
    "payout.list": frozenset({_O, _M, _F, _S}),  # A29
    "payout.see_account": frozenset({_O, _F}),  # A11
    "payout.approve": frozenset({_O, _M, _F}),  # A30
    "payout.reject": frozenset({_O, _M, _F}),  # A33
    "payout.settle": frozenset({_O, _F}),  # A34
    "payout.check_copy": frozenset({_O, _M, _F}),  # A15: the signed copy of its documents
    "invoice.read": frozenset({_O, _M, _F, _S}),  # A29
    "invoice.issue": frozenset({_O, _M, _F}),  # A30: issue, refuse, cancel
    "invoice.confirm": frozenset({_O, _F}),  # A40: a payment by hand
    "fraud.read": frozenset({_O, _M, _F, _S}),  # A25
    "fraud.hold": frozenset({_O, _M, _F, _S}),  # A47: freeze only
    "fraud.release": frozenset({_O, _M, _F}),  # A10
    "fraud.confirm": frozenset({_O, _M, _F}),  # A37, A47
    "application.read": frozenset({_O, _M, _F, _S}),  # A13
    "application.reveal": frozenset({_O, _M, _F}),  # A14
    "application.judge": frozenset({_O, _M, _F}),  # A15
    "application.decide": frozenset({_O, _M}),  # A46
    "claim.read": frozenset({_O, _M, _F, _S}),  # A19
    "claim.decide": frozenset({_O, _M}),  # A21
    "pin.end": frozenset({_O, _M}),  # A21: the client's own wish, told to staff
    "promo.give": frozenset({_O, _M}),  # A21: R36
    "ticket.read": frozenset({_O, _M, _F, _S}),  # A54
    "ticket.answer": frozenset({_O, _M, _F, _S}),  # A54
    "payment.enter": frozenset({_O, _F}),  # A40, as /pay in the interfaces
    "payment.refund": frozenset({_O, _F}),  # A40
    "balance.adjust": frozenset({_O, _F}),  # A37, A38: a second person above the sum
    "event.rerun": frozenset({_O, _M, _F}),  # A41
    "notice.resend": frozenset({_O, _M, _F}),  # A41
    "outbound.retry": frozenset({_O, _M, _F}),  # A41: the other direction
    "books.audit": frozenset({_O, _M, _F}),  # A57
    "audit.read": frozenset({_O, _M, _F}),  # A60: finance sees what concerns money
    "audit.read_all": frozenset({_O, _M}),  # A60
    "report.read": frozenset({_O, _M, _F, _S}),  # A57
    "broadcast.compose": frozenset({_O, _M}),  # A55
    "broadcast.send_alone": frozenset({_O}),  # A55: a manager needs a second person
    "paper.list": frozenset({_O, _M, _F, _S}),  # A13
    "paper.open": frozenset({_O, _M, _F}),  # A14: each view is audited
    "mail.retry": frozenset({_O, _M, _F}),  # A41: by e-mail
    "staff.list": frozenset({_O, _M}),  # A58
    "staff.invite": frozenset({_O, _M}),  # A58: a manager invites support only
    "staff.change_role": frozenset({_O}),  # A58, A59: a manager appoints support only
    "staff.remove": frozenset({_O, _M}),  # A58
}


def may(role: StaffRole | None, right: str) -> bool:
    """Test if a member of staff with this role has the right; unknown rights are a bug."""
    return role is not None and role in STAFF_RIGHTS[right]


def may_appoint(role: StaffRole | None, other: StaffRole) -> bool:
    """Test if this role may invite or remove the other one (A58, A59)."""
    if role is StaffRole.MANAGER:
        return other is StaffRole.SUPPORT
    return role is StaffRole.OWNER
