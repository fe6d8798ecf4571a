"""One's own data to read: every title, heading and kind is in words, in every language."""

from datetime import UTC, datetime

import pytest

from domain.entities.application import ApplicationStatus
from domain.entities.claim import ClaimStatus
from domain.entities.partner import EnrolmentStatus, LegalForm
from domain.entities.payout import PayoutStatus
from domain.entities.pin import PinStatus
from domain.entities.questionnaire import FieldKind
from domain.entities.requisites import FIELDS, Country
from domain.ledger.accounts import AccountKind
from domain.rights import MemberRole, StaffRole
from handlers.person.screens.export_words import cell, column_title, section_titles
from handlers.ui.audit_words import WORDED_ACTIONS
from handlers.ui.language import Languages
from handlers.ui.notices import WORDED_KINDS
from storage.repositories.privacy.plain import plain_statements

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SEALED = {
    "payouts": ("id", "amount", "status", "account", "comment", "requested_at", "settled_at"),
    "payout_accounts": ("named_at", "account"),
    "questions": ("number", "at", "text"),
    "requisites": (
        "country",
        "form",
        "saved_at",
        *{name for row in FIELDS.values() for name in row},
    ),
    "claims": ("program", "status", "created_at", "named", "text", "decided_at", "answer"),
    "applications": ("number", "program", "status", "created_at", "kind", "text"),
    "papers": ("kind", "number", "name", "media_type", "size_bytes", "sent_at"),
    "address": ("email", "confirmed_at"),
}
"""What is read through the vault or beside the statements."""
PLAIN = {
    name: tuple(
        "amount" if column.name == "minor" else column.name
        for column in statement.selected_columns
        if column.name not in ("currency", "subject")
    )
    for name, statement in plain_statements(1).items()
}
KINDS = [
    *(("balance", "kind", kind) for kind in AccountKind),
    *(("notices", "kind", kind) for kind in WORDED_KINDS),
    *(("actions", "action", action) for action in WORDED_ACTIONS),
    *(("applications", "kind", kind) for kind in FieldKind),
    *(("applications", "status", status) for status in ApplicationStatus),
    *(("payouts", "status", status) for status in PayoutStatus),
    *(("enrolments", "status", status) for status in EnrolmentStatus),
    *(("pins", "status", status) for status in PinStatus),
    *(("claims", "status", status) for status in ClaimStatus),
    *(("staff", "role", role) for role in StaffRole),
    *(("membership", "role", role) for role in MemberRole),
    *(("team_invitations", "role", role) for role in MemberRole),
    *(("client", "legal_form", form) for form in LegalForm),
    *(("requisites", "form", form) for form in LegalForm),
    *(("requisites", "country", country) for country in Country),
]


@pytest.mark.parametrize("code", ["en", "ru", "uk", "bg"])
def test_no_name_of_a_table_or_a_kind_is_shown_as_it_is_kept(code: str) -> None:
    language = Languages("en", UTC).of(code)
    for section, columns in (PLAIN | SEALED).items():
        assert section_titles(language)[section] != section
        for name in columns:
            assert column_title(language, section, name) != name, (section, name)
    for section, name, value in KINDS:
        shown = cell(language, section, name, {name: str(value), "at": NOW, "subject": "x:1"})
        assert shown
        assert code == "en" or shown != str(value), (section, value)
        assert "_" not in shown, (section, value)
