"""The home of entitlements: the vendor's products free while a client is active (R25)."""

from domain.entities.partner import Enrolment, EnrolmentStatus, Partner
from domain.entities.views import Entitlement
from domain.programs.model import Program


def entitlement_of(
    program: Program | None, enrolment: Enrolment, partner: Partner
) -> Entitlement | None:
    """Return what the partner may use free in its own account, ``None`` where it is nothing."""
    is_given = program is not None and program.free_products
    if not is_given or enrolment.active_clients < 1:
        return None
    if enrolment.status is not EnrolmentStatus.ACTIVE:
        return None
    return Entitlement(
        program=enrolment.program,
        account_id=partner.vendor_account_id,
        since=enrolment.entitled_since,
        active_clients=enrolment.active_clients,
    )
