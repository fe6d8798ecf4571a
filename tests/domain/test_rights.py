"""The authorization matrix of staff, cell by cell (A07-A59), and deny by default."""

import pytest

from domain.rights import STAFF_RIGHTS, MemberRole, StaffRole, may, may_appoint

O, M, F, S = (  # noqa: E741 - the letters of the matrix
    StaffRole.OWNER,
    StaffRole.MANAGER,
    StaffRole.FINANCE,
    StaffRole.SUPPORT,
)
MATRIX = {
    "queue.read": {O, M, F, S},
    "partner.read": {O, M, F, S},
    "partner.read_unmasked": {O, M, F},
    "partner.suspend": {O, M},
    "partner.end": {O, M},
    "partner.reinstate": {O, M},
    "client.read": {O, M, F, S},
    "client.read_unmasked": {O, M},
    "payout.list": {O, M, F, S},
    "payout.see_account": {O, F},
    "payout.approve": {O, M, F},
    "payout.reject": {O, M, F},
    "payout.settle": {O, F},
    "payout.check_copy": {O, M, F},
    "payment.enter": {O, F},
    "invoice.read": {O, M, F, S},
    "invoice.issue": {O, M, F},
    "invoice.confirm": {O, F},
    "payment.refund": {O, F},
    "fraud.read": {O, M, F, S},
    "fraud.hold": {O, M, F, S},
    "fraud.release": {O, M, F},
    "fraud.confirm": {O, M, F},
    "application.read": {O, M, F, S},
    "application.reveal": {O, M, F},
    "application.judge": {O, M, F},
    "application.decide": {O, M},
    "claim.read": {O, M, F, S},
    "claim.decide": {O, M},
    "pin.end": {O, M},
    "balance.adjust": {O, F},
    "promo.give": {O, M},
    "ticket.read": {O, M, F, S},
    "ticket.answer": {O, M, F, S},
    "event.rerun": {O, M, F},
    "notice.resend": {O, M, F},
    "outbound.retry": {O, M, F},
    "books.audit": {O, M, F},
    "audit.read": {O, M, F},
    "audit.read_all": {O, M},
    "report.read": {O, M, F, S},
    "broadcast.compose": {O, M},
    "broadcast.send_alone": {O},
    "paper.list": {O, M, F, S},
    "paper.open": {O, M, F},
    "mail.retry": {O, M, F},
    "staff.list": {O, M},
    "staff.invite": {O, M},
    "staff.change_role": {O},
    "staff.remove": {O, M},
}


@pytest.mark.parametrize("role", StaffRole)
@pytest.mark.parametrize("right", MATRIX)
def test_a_role_has_the_rights_of_its_column(right: str, role: StaffRole) -> None:
    assert may(role, right) is (role in MATRIX[right])


def test_every_right_stands_in_the_matrix() -> None:
    assert STAFF_RIGHTS.keys() == MATRIX.keys()


@pytest.mark.parametrize("right", MATRIX)
def test_who_is_not_staff_has_no_right(right: str) -> None:
    assert not may(None, right)


@pytest.mark.parametrize("right", ["payout.aprove", "", "PAYOUT.APPROVE", "payout"])
def test_a_right_that_nobody_declared_is_a_bug_not_a_permission(right: str) -> None:
    for role in StaffRole:
        with pytest.raises(KeyError):
            may(role, right)


def test_a_member_of_a_partner_is_no_staff() -> None:
    for role in MemberRole:
        assert not any(may(role, right) for right in MATRIX)  # type: ignore[arg-type]


@pytest.mark.parametrize("other", StaffRole)
@pytest.mark.parametrize("role", [*StaffRole, None])
def test_an_owner_appoints_anybody_and_a_manager_support_only(
    role: StaffRole | None, other: StaffRole
) -> None:
    expected = role is O or (role is M and other is S)

    assert may_appoint(role, other) is expected
