"""The home of masking personal data: enough is left to recognise whom one knows already."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from domain.entities.client import ERASED_NAME, Client
from domain.entities.partner import Partner
from domain.entities.statement import Movement
from domain.entities.team import Member
from domain.entities.views import (
    ClientView,
    CommissionView,
    PartnerOverview,
    PaymentRow,
    PayoutView,
    ReferralRow,
)

HIDDEN: Final = "***"
SHOWN_DIGITS = 2
SHORT_PREFIXES: Final = frozenset({"1", "7"})
"""Countries whose number begins with one digit."""
TWO_DIGIT_PREFIXES: Final = frozenset(
    map(
        str,
        [
            *(20, 27, *range(30, 35), 36, 39, 40, 41, *range(43, 50), *range(51, 59)),
            *(*range(60, 67), 81, 82, 84, 86, *range(90, 96), 98),
        ],
    )
)
"""Countries whose number begins with two digits; all the others have three."""


def mask_name(name: str) -> str:
    """Return the first letter of a name: ``I***``; an erased client stays one."""
    if name == ERASED_NAME:
        return name
    first = next((sign for sign in name if sign.isalnum()), "")
    return f"{first}{HIDDEN}"


def mask_email(email: str) -> str:
    """Return an address as ``i***@e***.com``."""
    local, at, domain = email.strip().rpartition("@")
    if not at:
        return mask_name(email)
    _, dot, top = domain.rpartition(".")
    return f"{mask_name(local)}@{mask_name(domain)}{dot}{top if dot else ''}"


def mask_phone(phone: str) -> str:
    """Return a number as ``+7 *** ** 67``: its country and its last two digits."""
    digits = "".join(sign for sign in phone if sign.isdecimal())
    if len(digits) <= 2 * SHOWN_DIGITS + 1:
        return HIDDEN
    end = f"{HIDDEN} ** {digits[-SHOWN_DIGITS:]}"
    if not phone.strip().startswith("+"):
        return end
    if digits[:1] in SHORT_PREFIXES:
        return f"+{digits[:1]} {end}"
    country = digits[:2] if digits[:2] in TWO_DIGIT_PREFIXES else digits[:3]
    return f"+{country} {end}"


def _maybe(mask: str | None) -> str | None:
    """Return that something is there without a sign of it."""
    return HIDDEN if mask else mask


def mask_member(member: Member) -> Member:
    """Return a member of a team with its name masked."""
    return replace(member, name=mask_name(member.name))


def mask_client(client: Client) -> Client:
    """Return a client whose person cannot be told; its ids stay."""
    return replace(
        client,
        name=mask_name(client.name),
        email=mask_email(client.email) if client.email else client.email,
        phone=mask_phone(client.phone) if client.phone else client.phone,
        tax_id=_maybe(client.tax_id),
    )


def mask_client_view(view: ClientView) -> ClientView:
    """Return the view with its client masked."""
    return replace(view, client=mask_client(view.client))


def mask_referral(row: ReferralRow) -> ReferralRow:
    """Return a row of the registrations with its client masked."""
    return replace(
        row,
        client_name=mask_name(row.client_name),
        email=mask_email(row.email) if row.email else row.email,
        phone=mask_phone(row.phone) if row.phone else row.phone,
    )


def mask_payment(row: PaymentRow) -> PaymentRow:
    """Return a row of the payments with its client masked; an account is named after people."""
    account = row.account_name
    return replace(
        row,
        client_name=mask_name(row.client_name),
        account_name=mask_name(account) if account else account,
    )


def mask_commission(row: CommissionView) -> CommissionView:
    """Return a row of the commissions with its client masked."""
    return replace(row, client_name=mask_name(row.client_name))


def mask_partner(partner: Partner) -> Partner:
    """Return a partner whose people cannot be told; codes and figures stay."""
    return replace(partner, name=mask_name(partner.name))


def mask_overview(view: PartnerOverview) -> PartnerOverview:
    """Return an overview with the partner and its members masked."""
    return replace(
        view,
        partner=mask_partner(view.partner),
        members=tuple(mask_name(name) for name in view.members),
    )


def mask_payout(view: PayoutView) -> PayoutView:
    """Return a pay-out with the partner masked."""
    return replace(view, partner_name=mask_name(view.partner_name))


def mask_params(params: Mapping[str, object]) -> dict[str, object]:
    """Return what a notice says with the client's name masked."""
    masked: dict[str, object] = {}
    if "client" in params:
        masked["client"] = mask_name(str(params["client"]))
    several = params.get("clients")
    if isinstance(several, list):
        masked["clients"] = [
            {**client, "client": mask_name(str(client["client"]))} for client in several
        ]
    return {**params, **masked}


def mask_movement(row: Movement) -> Movement:
    """Return a change of the balance with its client masked."""
    return replace(row, client=mask_name(row.client)) if row.client else row
