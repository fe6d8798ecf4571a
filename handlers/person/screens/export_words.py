"""The home of the words of one's own data: titles, headings, and kinds as people read them.

A test compares them with what the storage gives: nothing is shown by the name that tables use.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

from domain.entities.application import ApplicationStatus
from domain.entities.audit import AuditRow
from domain.entities.claim import ClaimStatus
from domain.entities.partner import EnrolmentStatus, LegalForm
from domain.entities.payout import PayoutStatus
from domain.entities.pin import PinStatus
from domain.entities.preferences import Topic
from domain.entities.requisites import Country
from domain.usecases.privacy.export import topic_of_notice
from handlers.ui.application_words import item_name, status_words
from handlers.ui.audit_words import audit_sentence
from handlers.ui.claim_marks import claim_status
from handlers.ui.html import plain
from handlers.ui.language import NAMES, Language
from handlers.ui.legal_forms import form_title
from handlers.ui.marks import payout_status, role_name
from handlers.ui.notice_topics import topic_name
from handlers.ui.paper_words import paper_kind
from handlers.ui.pin_marks import pin_status
from handlers.ui.requisite_words import country_name
from handlers.ui.requisite_words import field_name as requisite_name
from handlers.ui.team_words import member_role

Row = Mapping[str, object]


def section_titles(language: Language) -> dict[str, str]:
    """Return the title of each kind of data."""
    say = language.say
    return {
        "person": say("You in Telegram"),
        "settings": say("Your settings"),
        "client": say("As a client"),
        "client_ids": say("Your client IDs"),
        "client_accounts": say("Your accounts with the vendor"),
        "pins": say("Partners that named your account"),
        "referrals": say("Programs you came through"),
        "payments": say("Your payments"),
        "certificates": say("Certificates"),
        "requisites": say("Requisites"),
        "claims": say("What you asked the vendor to look at again"),
        "membership": say("As a partner’s member"),
        "vendor_account": say("Own account with the vendor"),
        "enrolments": say("Programs you take part in"),
        "balance": say("The books"),
        "payouts": say("Pay-outs you asked for"),
        "payout_accounts": say("Where scheduled pay-outs go"),
        "questions": say("What you wrote in questions"),
        "applications": say("What you said in applications"),
        "papers": say("Papers you handed in"),
        "address": say("Your e-mail address"),
        "promo_codes": say("Your promo codes"),
        "team_invitations": say("Colleagues you invited"),
        "invited_clients": say("Clients you invited"),
        "staff": say("As staff"),
        "notices": say("Messages sent to you"),
        "actions": say("What you did, as the audit trail keeps it"),
    }


def _labels(language: Language) -> dict[str, str]:
    """Return the headings of columns; one of requisites is that of its form."""
    say = language.say
    return {
        **_of_person(language),
        **_of_money(language),
        "program": say("Program"),
        "partner": say("Partner"),
        "invited_by": say("Who invited you"),
        "code": say("Code"),
        "tier": say("Tier"),
        "terms_version": say("Version of the rules"),
        "earns_until": say("Earns until"),
        "registered_at": say("Registered"),
        "client_id": say("Client ID"),
        "shown_id": say("Client ID"),
        "external_id": say("Client ID"),
        "account_id": say("Account with the vendor"),
        "vendor_account_id": say("Account with the vendor"),
        "number": say("Number"),
        "text": say("Words"),
        "named": say("Whom you named"),
        "answer": say("Answer"),
        "kind": say("Kind"),
        "status": say("Status"),
        "media_type": say("Kind of file"),
        "size_bytes": say("Bytes"),
        "created_at": say("Created"),
        "given_at": say("Given"),
        "activated_at": say("Activated"),
        "expires_at": say("Valid until"),
        "accepted_at": say("Accepted"),
        "revoked_at": say("Taken back"),
        "decided_at": say("Decided"),
        "issued_at": say("Issued"),
        "replaced_at": say("Replaced"),
        "saved_at": say("Saved"),
        "named_at": say("Named"),
        "sent_at": say("Sent"),
        "at": say("When"),
        "action": say("What"),
    }


def _of_person(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "id": "ID",
        "name": say("Name"),
        "username": say("Username"),
        "language": say("Language"),
        "email": say("E-mail"),
        "phone": say("Phone"),
        "tax_id": say("Tax number"),
        "legal_form": say("Legal form"),
        "form": say("Legal form"),
        "country": say("Country"),
        "blocked_at": say("Bot blocked"),
        "chosen_partner_id": say("Partner you work in"),
        "chosen_program": say("Program you work in"),
        "person_id": "ID",
        "muted": say("Switched off"),
        "quiet_start": say("Quiet from"),
        "quiet_end": say("Quiet until"),
        "zone": say("Time zone"),
        "masks_name": say("Name hidden from others"),
        "updated_at": say("Changed"),
        "role": say("Role"),
        "joined_at": say("Joined"),
        "removed_at": say("Removed"),
    }


def _of_money(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "amount": say("Amount"),
        "payment_id": say("Payment"),
        "paid_at": say("Paid"),
        "account": say("Account"),
        "comment": say("Comment"),
        "confirmed_at": say("Confirmed"),
        "requested_at": say("Asked for"),
        "settled_at": say("Ended"),
    }


def column_title(language: Language, section: str, name: str) -> str:
    """Return the heading of a column.

    Raises:
        KeyError: nobody gave it words yet.
    """
    labels = _labels(language)
    if section == "requisites" and name not in labels:
        return requisite_name(language, name)
    return labels[name]


def cell(language: Language, section: str, name: str, row: Row) -> str:
    """Return a value as people read it."""
    value = str(row[name])
    if isinstance(row[name], bool):
        return language.say("yes") if row[name] else language.say("no")
    words = _CELLS.get((section, name)) or _CELLS.get(("", name))
    return words(language, value, row) if words else value


def _book(language: Language, value: str, _row: Row) -> str:
    say = language.say
    names = {
        "commissions": say("Commissions"),
        "held": say("On hold"),
        "payable": say("Payable"),
        "reserved": say("In pay-outs being processed"),
        "payouts": say("Paid"),
        "credit": say("Converted into credit"),
        "retained": say("Kept by you"),
        "collected": say("What clients paid you"),
        "clawbacks": say("Taken back after refunds"),
        "adjustments": say("Corrections"),
        "bonuses": say("Bonuses"),
        "bonus_credit": say("Bonus on credit"),
    }
    return names[value]


def _standing(language: Language, value: str, _row: Row) -> str:
    say = language.say
    words = {
        EnrolmentStatus.ACTIVE: say("🟢 active"),
        EnrolmentStatus.SUSPENDED: say("🟠 suspended"),
        EnrolmentStatus.ENDED: say("⚪️ ended"),
    }
    return words[EnrolmentStatus(value)]


def _about(language: Language, value: str, _row: Row) -> str:
    """Return what a notice was about: its topic, or that it concerned the person itself."""
    topic = topic_of_notice(value)
    return topic_name(language, topic) if topic else language.say("About you and your questions")


def _topics(language: Language, value: str, _row: Row) -> str:
    known = [Topic(key) for key in json.loads(value) if key in set(Topic)]
    return ", ".join(topic_name(language, topic) for topic in known)


def _clock(_language: Language, value: str, _row: Row) -> str:
    return f"{int(value) // 60:02}:{int(value) % 60:02}"


def _act(language: Language, value: str, row: Row) -> str:
    """Return an act as the audit trail tells it, in the second person."""
    told = AuditRow(
        id=0,
        at=cast(datetime, row["at"]),
        actor=0,
        actor_name=language.say("You"),
        role="",
        action=value,
        subject=str(row["subject"]),
        label=None,
        details={},
    )
    return plain(audit_sentence(language, told))


def _form(language: Language, value: str, _row: Row) -> str:
    return form_title(language, LegalForm(value))


_CELLS: dict[tuple[str, str], Callable[[Language, str, Row], str]] = {
    ("balance", "kind"): _book,
    ("notices", "kind"): _about,
    ("applications", "kind"): lambda language, value, _row: (
        item_name(language, value) if value else ""
    ),
    ("papers", "kind"): lambda language, value, _row: paper_kind(language, value),
    ("payouts", "status"): lambda language, value, _row: payout_status(
        language, PayoutStatus(value)
    ),
    ("enrolments", "status"): _standing,
    ("applications", "status"): lambda language, value, _row: status_words(
        language, ApplicationStatus(value)
    ),
    ("pins", "status"): lambda language, value, _row: pin_status(language, PinStatus(value)),
    ("claims", "status"): lambda language, value, _row: claim_status(language, ClaimStatus(value)),
    ("staff", "role"): lambda language, value, _row: role_name(language, value),
    ("", "role"): lambda language, value, _row: member_role(language, value),
    ("", "legal_form"): _form,
    ("requisites", "form"): _form,
    ("requisites", "country"): lambda language, value, _row: country_name(
        language, Country(value)
    ),
    ("person", "language"): lambda _language, value, _row: NAMES.get(value, value),
    ("settings", "muted"): _topics,
    ("settings", "quiet_start"): _clock,
    ("settings", "quiet_end"): _clock,
    ("actions", "action"): _act,
}
"""What says a kind, a status or a role in words, by section and column."""
