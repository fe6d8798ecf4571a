"""Screens fit Telegram: lengths of texts, captions, buttons and their values."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.programs import load_programs
from domain.entities.partner import Enrolment, EnrolmentStatus, Partner
from domain.entities.payout import Payout, PayoutStatus
from domain.entities.views import PayoutView
from domain.money import Money
from domain.rules.tiers import tier_at
from domain.usecases.partners.show_enrolment import EnrolmentView
from handlers.partner.screens.joining import link_screen, rules_screen
from handlers.ui.callbacks import (
    EntryForm,
    FoundCard,
    FoundPage,
    OpenPage,
    PaidDay,
    PayoutBatch,
    PayoutCard,
    PayoutForm,
    QueueCard,
)
from handlers.ui.language import Language
from handlers.ui.links import Links
from handlers.ui.payout_card import masked, payout_card
from handlers.ui.sheets import csv_file, xlsx_file

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PROGRAM = load_programs(["saas-tiers"], base=Path())["saas-tiers"]
BIG = 2**62


def _view() -> EnrolmentView:
    enrolment = Enrolment(
        id=BIG,
        partner_id=BIG,
        program=PROGRAM.key,
        code="k" * 8,
        status=EnrolmentStatus.ACTIVE,
        terms_version=1,
        joined_at=NOW,
    )
    return EnrolmentView(
        partner=Partner(id=BIG, name="x" * 200, vendor_account_id=None, created_at=NOW),
        enrolment=enrolment,
        program=PROGRAM,
        counted=0,
        progress=tier_at(PROGRAM.tiers, 0),
    )


@pytest.mark.parametrize("code", ["en", "ru", "uk", "bg"])
def test_the_link_fits_a_caption_and_its_buttons_fit_telegram(code: str) -> None:
    links = Links("https://partners.a-very-long-vendor-name.example.com", "https://example.com")
    screen = link_screen(Language(code, UTC), _view(), links, "a" * 32, b"png")
    assert len(screen.text) < 1_024
    copied = [button.copy for row in screen.rows for button in row if button.copy]
    assert copied == [f"{links.public_url}/r/kkkkkkkk"]
    assert len(copied[0]) <= 256


@pytest.mark.parametrize("code", ["en", "ru", "uk", "bg"])
def test_the_rules_fit_a_message(code: str) -> None:
    screen = rules_screen(Language(code, UTC), PROGRAM, is_partner=False)
    assert len(screen.text) < 4_096
    assert screen.rows[0][0].data is not None
    assert len(screen.rows[0][0].data.pack().encode()) <= 64


def test_a_vendor_without_landing_page_has_only_the_telegram_link() -> None:
    links = Links("https://partners.example.com", "")
    screen = link_screen(Language("en", UTC), _view(), links, "SamplePartnerBot", b"png")
    assert "/r/" not in screen.text
    assert links.shared(PROGRAM, "abc", "Bot") == "https://t.me/Bot?start=r_abc"


def test_button_values_stay_short_with_the_largest_ids() -> None:
    for value in (
        PayoutCard(action="reject_now", payout_id=BIG, reason="documents"),
        OpenPage(screen="payout_queue", at=BIG, id=BIG),
        PayoutCard(action="return_why", payout_id=BIG, reason="account_closed"),
        PaidDay(payout_id=BIG, day="2026-11-21"),
        PayoutBatch(action="settle_1", id=BIG),
        PayoutBatch(action="make", group="f" * 16),
        FoundPage(what="p", before=BIG),
        FoundCard(what="c", id=BIG),
        EntryForm(action="refund", id=BIG),
        QueueCard(action="list", kind="payouts_approved", skip=9_999),
        OpenPage(screen="payouts_approved", at=BIG, id=BIG),
        PayoutForm(step="comment", key="k" * 16),
    ):
        assert len(value.pack().encode()) <= 64


@pytest.mark.parametrize("status", list(PayoutStatus))
def test_a_card_shows_no_account_and_only_what_its_status_allows(status: PayoutStatus) -> None:
    payout = Payout(
        id=BIG,
        enrolment_id=1,
        amount=Money(5_000, "USD"),
        status=status,
        account="DE89 3704 0044 0532 0130 00, Ann Example",
        comment="",
        request_key="k",
        requested_by=1,
        requested_at=NOW,
    )
    view = PayoutView(payout=payout, parts=(), code="abc", partner_name="Ann", program="p")
    screen = payout_card(Language("en", UTC), view)
    actions = [b.data.action for row in screen.rows for b in row if isinstance(b.data, PayoutCard)]
    assert "3704" not in screen.text
    assert "•••• 3000" in screen.text
    expected = {
        PayoutStatus.REQUESTED: ["approve", "settle", "days", "reject", "account"],
        PayoutStatus.APPROVED: ["settle", "days", "reject", "account"],
        PayoutStatus.DONE: ["returned"],
    }
    assert actions == expected.get(status, [])


def test_a_card_for_two_people_has_no_done_before_somebody_approved() -> None:
    payout = Payout(
        id=BIG,
        enrolment_id=1,
        amount=Money(5_000, "USD"),
        status=PayoutStatus.REQUESTED,
        account="DE89",
        comment="",
        request_key="k",
        requested_by=1,
        requested_at=NOW,
    )
    view = PayoutView(
        payout=payout, parts=(), code="a", partner_name="A", program="p", needs_two=True
    )
    screen = payout_card(Language("en", UTC), view)
    actions = [b.data.action for row in screen.rows for b in row if isinstance(b.data, PayoutCard)]
    assert actions == ["approve", "reject", "account"]
    assert "two people" in screen.text


CELLS = (
    "=1+1",
    "+380",
    "-5",
    "@x",
    "\tx",
    " =1",
    "plain",
    "0012",
    "two\nlines",
    "nul\0byte",
    "ж, «я»",
)


def test_tables_hold_texts_that_no_spreadsheet_calculates() -> None:
    table = [("Head", "Other"), *((cell, "x") for cell in CELLS)]
    rows = list(csv.reader(io.StringIO(csv_file(table).decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:7]] == [f"'{cell}" for cell in CELLS[:6]]
    assert [row[0] for row in rows[7:]] == [
        "plain",
        "0012",
        "two\nlines",
        "nulbyte",
        "ж, «я»",
    ]
    sheet = load_workbook(io.BytesIO(xlsx_file(table, widths=(10, 20)))).active
    assert sheet is not None
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[0].value == "=1+1"


@pytest.mark.parametrize(
    ("account", "shown"),
    [
        ("40702810900000001234, БИК 044525225", "1234"),
        ("40702810900000001234 044525225", "1234"),
        ("4070 2810 9000 0000 1234, tel. +7 916 123-45-67", "1234"),
        ("IBAN: DE89 3704 0044 0532 0130 00, BIC COBADEFFXXX, +49 30 1234567", "3000"),
        ("bg80bnbg96611020345678 Ann, tel. 0888123456789012345", "5678"),
        ("4000 0012 3456 7899", "7899"),
        ("Bank 7, account 12345678", "5678"),
    ],
)
def test_a_masked_account_shows_the_end_of_the_account_itself(account: str, shown: str) -> None:
    assert masked(account) == f"•••• {shown}"


def test_an_account_without_digits_is_masked_too() -> None:
    assert masked("someone@example.com") == "•••• .com"
