"""The home of what is stored in plain about one person: a statement for each kind."""

from sqlalchemy import ColumnElement, Select, select

from domain.rights import MemberRole
from storage.tables import (
    audit,
    certificates,
    client_accounts,
    client_ids,
    client_invitations,
    clients,
    enrolments,
    ledger_accounts,
    members,
    notices,
    partners,
    payments,
    people,
    pins,
    preferences,
    promos,
    referrals,
    staff,
    team_invitations,
)

NOTICES_MAX = 1_000


def plain_statements(person_id: int) -> dict[str, Select[*tuple[object, ...]]]:
    """Return what reads each kind of data that nothing seals."""
    return {
        "person": select(people).where(people.c.id == person_id),
        "settings": select(preferences).where(preferences.c.person_id == person_id),
        **_of_client(clients.c.telegram_id == person_id),
        **_of_member((members.c.person_id == person_id) & members.c.left_at.is_(None)),
        "team_invitations": select(
            team_invitations.c.role, team_invitations.c.created_at, team_invitations.c.expires_at
        ).where(team_invitations.c.created_by == person_id),
        "invited_clients": select(
            client_invitations.c.created_at,
            client_invitations.c.accepted_at,
            client_invitations.c.revoked_at,
        ).where(client_invitations.c.invited_by == person_id),
        "staff": select(staff.c.role, staff.c.joined_at, staff.c.removed_at).where(
            staff.c.person_id == person_id
        ),
        "notices": select(notices.c.kind, notices.c.created_at, notices.c.sent_at)
        .where(notices.c.recipient == person_id)
        .order_by(notices.c.id.desc())
        .limit(NOTICES_MAX),
        "actions": select(audit.c.at, audit.c.action, audit.c.subject)
        .where(audit.c.actor == person_id)
        .order_by(audit.c.id.desc())
        .limit(NOTICES_MAX),
    }


def _of_client(own: ColumnElement[bool]) -> dict[str, Select[*tuple[object, ...]]]:
    return {
        "client": select(
            clients.c.shown_id,
            clients.c.name,
            clients.c.email,
            clients.c.phone,
            clients.c.tax_id,
            clients.c.legal_form,
            clients.c.registered_at,
        ).where(own),
        "client_ids": select(client_ids.c.external_id).join(clients).where(own),
        "client_accounts": select(
            client_accounts.c.account_id, client_accounts.c.name, client_accounts.c.created_at
        )
        .join(clients)
        .where(own),
        "pins": select(pins.c.program, pins.c.account_id, pins.c.status, pins.c.created_at)
        .join(clients, clients.c.id == pins.c.client_id)
        .where(own),
        "referrals": select(
            referrals.c.program,
            partners.c.name.label("invited_by"),
            referrals.c.registered_at,
            referrals.c.earns_until,
        )
        .join(clients, clients.c.id == referrals.c.client_id)
        .outerjoin(enrolments, enrolments.c.id == referrals.c.enrolment_id)
        .outerjoin(partners, partners.c.id == enrolments.c.partner_id)
        .where(own),
        "promo_codes": select(
            promos.c.program, promos.c.given_at, promos.c.activated_at, promos.c.expires_at
        )
        .join(clients, clients.c.id == promos.c.client_id)
        .where(own),
        "payments": select(
            payments.c.payment_id, payments.c.minor, payments.c.currency, payments.c.paid_at
        )
        .join(clients, clients.c.id == payments.c.client_id)
        .where(own)
        .order_by(payments.c.paid_at),
    }


def _of_member(own: ColumnElement[bool]) -> dict[str, Select[*tuple[object, ...]]]:
    own_admin = own & (members.c.role == MemberRole.ADMIN)
    return {
        "membership": select(partners.c.name.label("partner"), members.c.role, members.c.joined_at)
        .join(partners, partners.c.id == members.c.partner_id)
        .where(own),
        "vendor_account": select(partners.c.vendor_account_id)
        .join(members, members.c.partner_id == partners.c.id)
        .where(own_admin),
        "enrolments": select(
            enrolments.c.program,
            enrolments.c.code,
            enrolments.c.status,
            enrolments.c.terms_version,
            enrolments.c.joined_at,
            enrolments.c.tier,
        )
        .join(members, members.c.partner_id == enrolments.c.partner_id)
        .where(own),
        "certificates": select(
            certificates.c.number,
            certificates.c.name,
            certificates.c.issued_at,
            certificates.c.replaced_at,
        )
        .join(enrolments, enrolments.c.id == certificates.c.enrolment_id)
        .join(members, members.c.partner_id == enrolments.c.partner_id)
        .where(own_admin),
        "balance": select(
            enrolments.c.program,
            ledger_accounts.c.kind,
            ledger_accounts.c.balance.label("minor"),
            ledger_accounts.c.currency,
        )
        .join(enrolments, enrolments.c.id == ledger_accounts.c.enrolment_id)
        .join(members, members.c.partner_id == enrolments.c.partner_id)
        .where(own_admin, ledger_accounts.c.balance != 0),
    }
